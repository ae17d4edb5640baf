import type { Project } from '@collabthon/contracts/projects';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FormError } from '../../components/fields.tsx';
import { Section } from '../../components/page.tsx';
import { useErrorText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { useDeleteProject, useUpdateProject } from './api.ts';
import { type Move, movesFrom } from './lifecycle.ts';

/** The owner's switches. Each says what it will do before it does it. */
export function StateMoves({ project }: { project: Project }) {
  const t = useTranslations('moves');
  const textOf = useErrorText();
  const navigate = useNavigate();
  const update = useUpdateProject(project.id);
  const remove = useDeleteProject(project.id);
  const [chosen, setChosen] = useState<Move['name'] | 'delete'>();
  const moves = movesFrom[project.status];
  const move = moves.find((candidate) => candidate.name === chosen);
  const isPending = update.isPending || remove.isPending;
  const error = update.error ?? remove.error;

  const close = () => {
    setChosen(undefined);
    update.reset();
    remove.reset();
  };
  const confirm = () => {
    if (chosen === 'delete') {
      remove.mutate(undefined, {
        onSuccess: () => {
          showToast(t('deleted'));
          void navigate({ to: '/work' });
        },
      });
    } else if (move) {
      update.mutate(
        { status: move.to, version: project.version },
        {
          onSuccess: () => {
            showToast(t(`done.${move.name}`), 'good');
            close();
          },
        },
      );
    }
  };

  return (
    <Section title={t('title')}>
      <p className="mb-4 text-soft">{t(`state.${project.status}`)}</p>
      <div className="flex flex-wrap gap-2">
        {moves.map((candidate, index) => (
          <Button
            key={candidate.name}
            size="small"
            look={index === 0 ? 'primary' : 'secondary'}
            onClick={() => setChosen(candidate.name)}
          >
            {t(`action.${candidate.name}`)}
          </Button>
        ))}
        <Button size="small" look="quiet" onClick={() => setChosen('delete')}>
          {t('action.delete')}
        </Button>
      </div>
      <Dialog title={chosen ? t(`ask.${chosen}`) : ''} isOpen={chosen !== undefined} onClose={close}>
        <p className="mb-6 text-soft">{chosen ? t(`consequence.${chosen}`) : null}</p>
        <FormError>{error ? textOf(error) : null}</FormError>
        <div className="mt-4 flex flex-wrap gap-3">
          <Button
            look={chosen === 'cancel' || chosen === 'delete' ? 'danger' : 'primary'}
            isPending={isPending}
            onClick={confirm}
          >
            {chosen ? t(`action.${chosen}`) : null}
          </Button>
          <Button look="quiet" onClick={close}>
            {t('keep')}
          </Button>
        </div>
      </Dialog>
    </Section>
  );
}
