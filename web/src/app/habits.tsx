import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ComponentType, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useMe } from '../features/accounts/api.ts';
import { wantMessages } from '../lib/i18n.tsx';
import { startClock } from '../lib/now.ts';
import { setSessionEnded, showAccount, useSessionEnded } from '../lib/session.ts';
import { useShortcut } from '../lib/shortcuts.ts';
import { showToast } from '../lib/toasts.ts';
import { hideOverlay, type Overlay, showOverlay, useOverlay } from './overlays.ts';

export interface SheetProps {
  isOpen: boolean;
  onClose: () => void;
}

const chunks = {
  palette: () => import('./palette.tsx').then(({ Palette }) => Palette),
  session: () => import('./session-dialog.tsx').then(({ SessionDialog }) => SessionDialog),
  shortcuts: () => import('./shortcuts-sheet.tsx').then(({ ShortcutsSheet }) => ShortcutsSheet),
};

const importLive = () => import('./live.ts').then(({ startLive }) => startLive);

/** The keys that work on every page, and what they lay over it. */
export function Habits() {
  const t = useTranslations('shortcuts');
  const navigate = useNavigate();
  const me = useMe();
  const open = useOverlay();
  const hasSessionEnded = useSessionEnded() && Boolean(me);

  const everywhere = 'everywhere';
  useShortcut('mod+k', t('palette'), () => (open === 'palette' ? hideOverlay : showOverlay)('palette'), everywhere);
  useShortcut('/', t('search'), focusSearch, everywhere);
  useShortcut('g h', t('goHome'), () => void navigate({ to: '/' }), everywhere);
  useShortcut('g p', t('goProjects'), () => void navigate({ to: '/explore/projects' }), everywhere);
  useShortcut('g e', t('goPeople'), () => void navigate({ to: '/explore/people' }), everywhere);
  useShortcut('g w', t('goWork'), me ? () => void navigate({ to: '/work' }) : null, everywhere);
  useShortcut('g n', t('goNotifications'), me ? () => void navigate({ to: '/notifications' }) : null, everywhere);
  useShortcut('g s', t('goSettings'), me ? () => void navigate({ to: '/settings' }) : null, everywhere);
  useShortcut('c', t('post'), me ? () => void navigate({ to: '/projects/new' }) : null, everywhere);
  useShortcut('?', t('help'), () => showOverlay('shortcuts'), everywhere);

  // From here on keys and clicks are heard: for those who measure.
  useEffect(() => {
    startClock();
    performance.mark('interactive');
  }, []);

  const meId = me === undefined ? undefined : (me?.id ?? null);
  useEffect(() => {
    if (meId !== undefined) showAccount(meId);
  }, [meId]);

  const client = useQueryClient();
  const listensAs = hasSessionEnded ? null : meId;
  useEffect(() => {
    if (!listensAs) return;
    let stop: (() => void) | undefined;
    let isLeft = false;
    importLive().then(
      (start) => {
        if (!isLeft) stop = start(client, listensAs);
      },
      // The page works without; the next one tries again.
      () => {},
    );
    return () => {
      isLeft = true;
      stop?.();
    };
  }, [listensAs, client]);

  return (
    <>
      <Sheet name="palette" isOpen={open === 'palette'} onClose={() => hideOverlay('palette')} />
      <Sheet name="shortcuts" isOpen={open === 'shortcuts'} onClose={() => hideOverlay('shortcuts')} />
      <Sheet name="session" isOpen={hasSessionEnded} onClose={() => setSessionEnded(false)} />
    </>
  );
}

/** To the page's own search field; where there is none, to the one for everything. */
function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"]');
  if (!field) showOverlay('palette');
  field?.focus();
  field?.select();
}

/** Its code comes when it is first opened, and then stays, so that closing gives the focus back. */
function Sheet({ name, isOpen, onClose }: SheetProps & { name: Overlay | 'session' }) {
  const t = useTranslations('errors');
  const [loaded, setLoaded] = useState<{ Content: ComponentType<SheetProps> }>();

  useEffect(() => {
    if (!isOpen || loaded) return;
    Promise.all([chunks[name](), wantMessages(['pages'])]).then(
      ([Content]) => setLoaded({ Content }),
      () => {
        onClose();
        showToast(t('network'), 'bad');
      },
    );
  }, [name, isOpen, loaded, onClose, t]);

  return loaded ? <loaded.Content isOpen={isOpen} onClose={onClose} /> : null;
}
