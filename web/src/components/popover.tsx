import { type ReactNode, useEffect, useId, useRef } from 'react';
import { layBeside } from '../lib/lay-beside.ts';
import { ChevronIcon } from './icons.tsx';

/**
 * A button that shows a small sheet of links and actions. The browser closes it on Escape or a click elsewhere.
 *
 * @param trigger what stands before the chevron; null for the chevron alone
 */
export function Popover({ label, trigger, children }: { label: string; trigger: ReactNode; children: ReactNode }) {
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const sheet = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = sheet.current;
    const close = (event: Event) => {
      if ((event.target as Element).closest('a,button')) element?.hidePopover();
    };
    // Only when it is shown has it a size; the frame after is painted with it in its place.
    const lay = (event: ToggleEvent) => {
      if (event.newState !== 'open') return;
      requestAnimationFrame(() => {
        if (element && opener.current) layBeside(element, opener.current, { align: 'end' });
      });
    };
    element?.addEventListener('click', close);
    element?.addEventListener('beforetoggle', lay);
    return () => {
      element?.removeEventListener('click', close);
      element?.removeEventListener('beforetoggle', lay);
    };
  }, []);

  return (
    <div>
      <button
        ref={opener}
        type="button"
        popoverTarget={id}
        aria-label={label}
        className={`flex min-h-11 items-center gap-1 rounded-full hover:bg-well ${trigger ? 'p-1' : 'px-3.5'}`}
      >
        {trigger}
        <ChevronIcon className="size-4" />
      </button>
      <div ref={sheet} id={id} popover="auto" className="floating mt-2 min-w-56 rounded-sheet p-2">
        {children}
      </div>
    </div>
  );
}
