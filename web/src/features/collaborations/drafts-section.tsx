import type { Draft } from '@collabthon/contracts/accounts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Button, buttonClass } from '../../components/button.tsx';
import { Section } from '../../components/page.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { removeDraft } from '../../lib/draft-places.ts';
import { useErrorText } from '../../lib/errors.ts';
import { createOverlay } from '../../lib/overlay.ts';
import { showToast, undoable } from '../../lib/toasts.ts';
import { myProjectsQuery } from '../projects/api.ts';
import { projectDraftsQuery } from './work-views.ts';

/** Drafts that the reader threw away and may still take back, by their keys. */
const discarded = createOverlay<string, true>();

/** Projects being written and changes not saved yet, and projects kept as drafts. */
export function useBegun() {
  const drafts = useQuery(projectDraftsQuery).data;
  const projects = useQuery(myProjectsQuery).data;
  const gone = discarded.use();
  return {
    begun: drafts?.filter(({ key }) => !gone.has(key)) ?? [],
    kept: projects?.filter(({ status }) => status === 'draft') ?? [],
  };
}

/** What was begun: projects being written, changes not saved yet, and projects kept as drafts. */
export function DraftsSection() {
  const t = useTranslations('work');
  const projects = useQuery(myProjectsQuery).data;
  const { begun, kept } = useBegun();
  if (begun.length + kept.length === 0) return null;
  return (
    <Section title={t('drafts')}>
      <ul className="divide-y divide-rule">
        {begun.map((draft) => (
          <li key={draft.key}>
            <DraftRow draft={draft} posted={projects?.find(({ id }) => draft.key === `project:${id}`)?.title} />
          </li>
        ))}
        {kept.map(({ id, title, updated_at }) => (
          <li key={id} data-row tabIndex={-1} className={row}>
            <div className="min-w-0 flex-1 basis-52">
              <Link to="/projects/$id" params={{ id }} className="link font-semibold" dir="auto">
                {title}
              </Link>
              <p className="text-sm text-faint">
                {t.rich('keptDraft', { time: () => <RelativeTime value={updated_at} /> })}
              </p>
            </div>
            <Link to="/projects/$id" params={{ id }} className={`${buttonClass('secondary', 'small')} ${action}`}>
              {t('reviewAndPost')}
              <span className="sr-only"> {title}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const row = 'flex flex-wrap items-center gap-x-4 gap-y-2 py-4 focus-visible:outline-3 focus-visible:outline-offset-4';
const action = 'max-sm:min-h-11 max-sm:flex-1';

/** @param posted the title of the project that is being changed; none for a new one */
function DraftRow({ draft: { key, content, updated_at }, posted }: { draft: Draft; posted: string | undefined }) {
  const t = useTranslations('work');
  const discard = useDiscard(key);
  const written = typeof content.title === 'string' ? content.title.trim() : '';
  const title = written || posted || t('untitled');
  const place = placeOf(key);
  if (!place) return null;
  return (
    <div data-row tabIndex={-1} className={row}>
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-semibold" dir="auto">
          {title}
        </p>
        <p className="text-sm text-faint">
          {t.rich(place.draft ? 'savedNew' : 'savedChange', { time: () => <RelativeTime value={updated_at} /> })}
        </p>
      </div>
      <div className="flex gap-2 max-sm:w-full">
        {place.draft ? (
          <Link
            to="/projects/new"
            search={{ draft: place.draft }}
            className={`${buttonClass('secondary', 'small')} ${action}`}
          >
            {t('continue')}
            <span className="sr-only"> {title}</span>
          </Link>
        ) : (
          <Link
            to="/projects/$id/edit"
            params={{ id: place.project }}
            className={`${buttonClass('secondary', 'small')} ${action}`}
          >
            {t('continue')}
            <span className="sr-only"> {title}</span>
          </Link>
        )}
        <Button look="quiet" size="small" className={action} onClick={() => discard(title)}>
          {t('discard')}
          <span className="sr-only"> {title}</span>
        </Button>
      </div>
    </div>
  );
}

/** `project:new:x1` is a new project, `project:12` a change of one; null for the drafts of a newer version. */
function placeOf(key: string): { draft: string; project: 0 } | { draft: null; project: number } | null {
  const draft = /^project:new:(.+)$/.exec(key)?.[1];
  if (draft) return { draft, project: 0 };
  const project = /^project:([1-9]\d{0,15})$/.exec(key)?.[1];
  return project ? { draft: null, project: Number(project) } : null;
}

/** Hides the draft at once, and makes the server forget it when the time to undo that is over. */
function useDiscard(key: string): (title: string) => void {
  const t = useTranslations('work');
  const textOf = useErrorText();
  const client = useQueryClient();
  const commit = async () => {
    try {
      await removeDraft(client, key);
      client.setQueryData(projectDraftsQuery.queryKey, (drafts) => drafts?.filter((draft) => draft.key !== key));
    } catch (error) {
      showToast(textOf(error), 'bad');
    }
    discarded.set(key, null);
    void client.invalidateQueries({ queryKey: ['drafts'] });
  };
  return (title) => {
    discarded.set(key, true);
    undoable({
      text: t('discarded', { title }),
      undo: () => discarded.set(key, null),
      commit,
    });
  };
}
