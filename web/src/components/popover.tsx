import { type ReactNode, useEffect, useId, useRef } from 'react';
import { ChevronIcon } from './icons.tsx';

/** A button that shows a small sheet of links and actions. The browser closes it on Escape or a click elsewhere. */
export function Popover({ label, trigger, children }: { label: string; trigger: ReactNode; children: ReactNode }) {
  const id = useId();
  const sheet = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = sheet.current;
    const close = (event: Event) => {
      if ((event.target as Element).closest('a,button')) element?.hidePopover();
    };
    element?.addEventListener('click', close);
    return () => element?.removeEventListener('click', close);
  }, []);

  return (
    <div className="relative">
      <button
        type="button"
        popoverTarget={id}
        aria-label={label}
        className="popover-trigger flex min-h-10 items-center gap-1 rounded-full p-1 hover:bg-well"
      >
        {trigger}
        <ChevronIcon className="size-4" />
      </button>
      <div
        ref={sheet}
        id={id}
        popover="auto"
        className="popover-sheet min-w-56 rounded-sheet border border-rule bg-sheet p-2 text-ink shadow-sheet [&:popover-open]:rise"
      >
        {children}
      </div>
    </div>
  );
}
