import { useFormatter, useNow, useTranslations } from 'use-intl';
import type { Draft } from '../lib/drafts.ts';
import { useErrorText } from '../lib/errors.ts';

const loud = ['waiting', 'signedOut', 'refused'] as const;

/** Whether what is written is safe, in one quiet line. Trouble is announced, the passing of seconds is not. */
export function DraftStatus({ draft }: { draft: Pick<Draft<object>, 'phase' | 'savedAt' | 'error'> }) {
  const t = useTranslations('drafts');
  const textOf = useErrorText();
  const { phase } = draft;
  const trouble = loud.find((name) => name === phase);
  return (
    <div data-trouble={trouble} className="min-h-6 min-w-0 text-sm text-faint">
      {phase === 'blank' || phase === 'writing' ? <p>{t(phase)}</p> : null}
      {phase === 'saved' && draft.savedAt !== null ? <SavedAgo at={draft.savedAt} /> : null}
      <div role="status" className={trouble ? 'font-medium text-ink' : undefined}>
        {trouble ? t(trouble) : null}
        {trouble === 'refused' ? <> {textOf(draft.error)}</> : null}
      </div>
    </div>
  );
}

function SavedAgo({ at }: { at: number }) {
  const t = useTranslations('drafts');
  const format = useFormatter();
  const now = useNow({ updateInterval: 5_000 }).getTime();
  return <p>{now - at < 3_000 ? t('saved') : t('savedAgo', { ago: format.relativeTime(at, now) })}</p>;
}
