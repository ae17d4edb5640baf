import { type ReactNode, useId, useRef } from 'react';
import { layBeside } from '../lib/lay-beside.ts';

/**
 * A short text with more behind it, on hover, focus or tap, without scripts on tap alone. The browser closes it on
 * Escape or a tap elsewhere; it stays while the pointer is on it.
 */
export function Tip({ more, children }: { more: string; children: ReactNode }) {
  const id = useId();
  const trigger = useRef<HTMLButtonElement>(null);
  const sheet = useRef<HTMLSpanElement>(null);

  const show = () => {
    if (!trigger.current || !sheet.current) return;
    sheet.current.showPopover();
    layBeside(sheet.current, trigger.current, { isAbove: true, align: 'center' });
  };
  const hide = () => sheet.current?.hidePopover();

  return (
    <span
      onPointerEnter={(event) => {
        if (event.pointerType === 'mouse') show();
      }}
      onPointerLeave={(event) => {
        if (event.pointerType === 'mouse') hide();
      }}
    >
      <button
        ref={trigger}
        type="button"
        aria-describedby={id}
        popoverTarget={id}
        popoverTargetAction="show"
        className="tip"
        onClick={show}
        onFocus={show}
        onBlur={hide}
      >
        {children}
      </button>
      <span ref={sheet} id={id} role="tooltip" popover="auto" className="floating tip-sheet">
        {more}
      </span>
    </span>
  );
}
