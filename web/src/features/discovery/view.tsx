import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { CompactIcon, ListIcon } from '../../components/icons.tsx';
import { readCookie, writeCookie } from '../../lib/surroundings.ts';

/** Results with pictures and reasons, or one line each. */
export type View = 'list' | 'compact';

const cookie = 'view';

/** Kept in a cookie, so that the server renders the same. */
export function useView(): [View, (view: View) => void] {
  const [view, setView] = useState<View>(() => (readCookie(cookie) === 'compact' ? 'compact' : 'list'));
  return [
    view,
    (next) => {
      writeCookie(cookie, next === 'list' ? null : next);
      setView(next);
    },
  ];
}

export function ViewSwitch({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  const t = useTranslations('explore.view');
  const icons = { list: <ListIcon />, compact: <CompactIcon /> };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be announced as a part of a form
    <div role="group" aria-label={t('label')} className="flex rounded-control border border-edge noscript:hidden">
      {(['list', 'compact'] as const).map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={view === name}
          aria-label={t(name)}
          title={t(name)}
          className="grid size-11 place-items-center border-edge text-faint not-first:border-s first:rounded-s-control last:rounded-e-control hover:text-ink aria-pressed:bg-well aria-pressed:text-ink"
          onClick={() => onChange(name)}
        >
          {icons[name]}
        </button>
      ))}
    </div>
  );
}
