import { useTranslations } from 'use-intl';
import { dismissToast, useToasts } from '../lib/toasts.ts';
import { CloseIcon } from './icons.tsx';

const tones = { plain: 'border-ink', good: 'border-fit', bad: 'border-danger' };

/** The live region is there before the first notice, or screen readers would miss it. */
export function Toaster() {
  const t = useTranslations('common');
  const toasts = useToasts();
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-4 bottom-20 z-40 flex flex-col items-center gap-2 sm:inset-x-auto sm:bottom-6 sm:end-6 sm:items-end"
    >
      {toasts.map((toast) => (
        <div
          key={toast.id}
          className={`rise pointer-events-auto flex max-w-md items-center gap-3 rounded-control border border-s-4 bg-sheet py-2 ps-4 pe-2 shadow-sheet ${tones[toast.tone]}`}
        >
          <span className="font-medium">{toast.text}</span>
          <button
            type="button"
            aria-label={t('dismiss')}
            onClick={() => dismissToast(toast.id)}
            className="grid size-9 shrink-0 place-items-center rounded-full hover:bg-well"
          >
            <CloseIcon className="size-4" />
          </button>
        </div>
      ))}
    </div>
  );
}
