import type { Project } from '@collabthon/contracts/projects';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FormError } from '../../components/fields.tsx';
import { Section } from '../../components/page.tsx';
import { useErrorText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { usePendingOf } from '../collaborations/api.ts';
import { projectQuery, useDeleteProject, useUpdateProject } from './api.ts';
import { type Move, movesFrom } from './lifecycle.ts';

type Step = Move['name'] | 'delete';

/** The moves that bring people; the others have their time, which only the owner knows. */
const isNext = (name: Move['name']) => name === 'publish' || name === 'reopen';

/** The owner's switches. Each says what it will do before it does it, with how many people it concerns. */
export function StateMoves({ project }: { project: Project }) {
  const t = useTranslations('moves');
  const textOf = useErrorText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const update = useUpdateProject(project.id);
  const remove = useDeleteProject(project.id);
  const waiting = usePendingOf(project.id).length;
  const [chosen, setChosen] = useState<Step>();
  const moves = movesFrom[project.status];
  const error = update.error ?? remove.error;

  const close = () => {
    setChosen(undefined);
    update.reset();
    remove.reset();
  };
  const consequence = (step: Step) =>
    t(`consequence.${step}`, { waiting, visibility: project.visibility, members: project.member_count - 1 });
  const confirm = () => {
    const move = moves.find((candidate) => candidate.name === chosen);
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
          // Most likely it was moved elsewhere; what is true now stands behind the dialog.
          onError: () => void client.invalidateQueries({ queryKey: projectQuery(project.id).queryKey }),
        },
      );
    }
  };

  return (
    <Section title={t('title')}>
      <p className="mb-4 text-soft">{t(`state.${project.status}`, { visibility: project.visibility })}</p>
      <ul className="flex flex-col items-start gap-4">
        {moves.map(({ name }) => (
          <li key={name}>
            <Button size="small" look={isNext(name) ? 'primary' : 'secondary'} onClick={() => setChosen(name)}>
              {t(`action.${name}`)}
            </Button>
            <p className="mt-1 text-sm text-faint">{t(`short.${name}`)}</p>
          </li>
        ))}
        <li>
          <Button size="small" look="quiet" className="-ms-3" onClick={() => setChosen('delete')}>
            {t('action.delete')}
          </Button>
        </li>
      </ul>
      <Dialog title={chosen ? t(`ask.${chosen}`) : ''} isOpen={chosen !== undefined} onClose={close}>
        <p className="mb-6 text-soft">{chosen ? consequence(chosen) : null}</p>
        <FormError>{error ? textOf(error) : null}</FormError>
        <div className="mt-4 flex flex-wrap gap-3">
          <Button
            look={chosen === 'cancel' || chosen === 'delete' ? 'danger' : 'primary'}
            isPending={update.isPending || remove.isPending}
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
