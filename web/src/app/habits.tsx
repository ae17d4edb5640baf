import { useNavigate } from '@tanstack/react-router';
import { type ComponentType, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useMe } from '../features/accounts/api.ts';
import { useShortcut } from '../lib/shortcuts.ts';
import { showToast } from '../lib/toasts.ts';
import { type Overlay, showOverlay, useOverlay } from './overlays.ts';

type Sheet = ComponentType<{ onClose: () => void }>;

const load: Record<Overlay, () => Promise<Sheet>> = {
  shortcuts: () => import('./shortcuts-sheet.tsx').then(({ ShortcutsSheet }) => ShortcutsSheet),
};

/** The keys that work on every page, and what they lay over it. */
export function Habits() {
  const t = useTranslations('shortcuts');
  const navigate = useNavigate();
  const me = useMe();

  const everywhere = 'everywhere';
  useShortcut('/', t('search'), focusSearch, everywhere);
  useShortcut('g h', t('goHome'), () => void navigate({ to: '/' }), everywhere);
  useShortcut('g p', t('goProjects'), () => void navigate({ to: '/explore/projects' }), everywhere);
  useShortcut('g e', t('goPeople'), () => void navigate({ to: '/explore/people' }), everywhere);
  useShortcut('g w', t('goWork'), me ? () => void navigate({ to: '/work' }) : null, everywhere);
  useShortcut('g s', t('goSettings'), me ? () => void navigate({ to: '/settings/profile' }) : null, everywhere);
  useShortcut('c', t('post'), me ? () => void navigate({ to: '/projects/new' }) : null, everywhere);
  useShortcut('?', t('help'), () => showOverlay('shortcuts'), everywhere);

  return <OpenOverlay />;
}

/** To the page's own search field, where there is one. */
function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"], main search input');
  if (!field) return;
  field.focus();
  field.select();
}

function OpenOverlay() {
  const t = useTranslations('errors');
  const name = useOverlay();
  const [loaded, setLoaded] = useState<Partial<Record<Overlay, Sheet>>>({});
  const Open = name && loaded[name];

  useEffect(() => {
    if (!name || loaded[name]) return;
    load[name]().then(
      (sheet) => setLoaded((others) => ({ ...others, [name]: sheet })),
      () => {
        showOverlay(null);
        showToast(t('network'), 'bad');
      },
    );
  }, [name, loaded, t]);

  return Open ? <Open onClose={() => showOverlay(null)} /> : null;
}
