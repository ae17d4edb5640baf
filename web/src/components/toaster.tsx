import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import {
  actOnToast,
  commitUndoables,
  dismissToast,
  holdToasts,
  type Toast,
  undoNewest,
  useToasts,
} from '../lib/toasts.ts';
import { CloseIcon } from './icons.tsx';
import { KeyHint } from './key-hint.tsx';

const edges = { plain: 'border-s-ink', good: 'border-s-fit', bad: 'border-s-danger' };

const isText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));

/** Where notices appear. The live regions stand there before the first notice, or screen readers would miss it. */
export function Toaster() {
  const toasts = useToasts();

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isUndo = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
      // In a text the key takes back typing.
      if (isUndo && !isText(event.target) && undoNewest()) event.preventDefault();
    };
    const onHide = () => {
      if (document.visibilityState === 'hidden') commitUndoables();
    };
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('visibilitychange', onHide);
    window.addEventListener('pagehide', commitUndoables);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('visibilitychange', onHide);
      window.removeEventListener('pagehide', commitUndoables);
    };
  }, []);

  // A notice that goes takes its hover and focus along without an event.
  useEffect(() => {
    if (toasts.length === 0) holdToasts(false);
  }, [toasts]);

  const isBad = (toast: Toast) => toast.tone === 'bad';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices that somebody is reading
    <div
      className="toaster"
      onPointerEnter={() => holdToasts(true)}
      onPointerLeave={() => holdToasts(false)}
      onFocus={() => holdToasts(true)}
      onBlur={() => holdToasts(false)}
    >
      <Notices role="status" toasts={toasts.filter((toast) => !isBad(toast))} />
      <Notices role="alert" toasts={toasts.filter(isBad)} />
    </div>
  );
}

function Notices({ role, toasts }: { role: 'status' | 'alert'; toasts: readonly Toast[] }) {
  return (
    <div role={role} aria-atomic="false" className="contents">
      {toasts.map((toast) => (
        <Notice key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function Notice({ toast: { id, tone, text, action } }: { toast: Toast }) {
  const t = useTranslations('common');
  return (
    <div
      className={`rise pointer-events-auto flex max-w-md items-center gap-2 rounded-control border border-s-4 border-edge bg-sheet py-1 ps-4 pe-1 shadow-sheet ${edges[tone]}`}
    >
      <span className="me-2 grow font-medium" dir="auto">
        {text}
      </span>
      {action ? (
        <button
          type="button"
          onClick={() => actOnToast(id)}
          className="flex min-h-11 items-center gap-2 rounded-control px-3 font-semibold whitespace-nowrap text-accent-deep hover:bg-well"
        >
          {action === 'undo' ? t('undo') : action.label}
          {action === 'undo' ? <KeyHint>{t('undoKey')}</KeyHint> : null}
        </button>
      ) : null}
      <button
        type="button"
        aria-label={t('dismiss')}
        onClick={() => dismissToast(id)}
        className="grid size-11 shrink-0 place-items-center rounded-full hover:bg-well"
      >
        <CloseIcon className="size-4" />
      </button>
    </div>
  );
}
