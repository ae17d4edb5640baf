import { type ReactNode, useLayoutEffect, useRef } from 'react';

/** The look of a link in the row. */
export const tabClass =
  'inline-flex min-h-11 items-center gap-1.5 place-edge border-b-3 px-1 font-medium whitespace-nowrap text-soft hover:text-ink focus-visible:-outline-offset-3 aria-[current=page]:text-ink';

interface TabRowProps {
  label: string;
  /** Names the view that is shown. */
  open: string | undefined;
  className?: string;
  /** List items, each with a link. */
  children: ReactNode;
}

/** Links to the views of a page. On a phone they are one row that slides, with the open one in sight. */
export function TabRow({ label, open, className = '', children }: TabRowProps) {
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it slides when another one is opened
  useLayoutEffect(() => {
    const row = list.current;
    const item = row?.querySelector('[aria-current]')?.parentElement;
    if (row && item) row.scrollLeft = item.offsetLeft + (item.offsetWidth - row.clientWidth) / 2;
  }, [open]);
  return (
    <nav aria-label={label} className={`border-b border-rule max-sm:-mx-5 ${className}`}>
      <ul
        ref={list}
        className="relative -mb-px flex gap-x-5 max-sm:overflow-x-auto max-sm:px-5 max-sm:[scrollbar-width:none] sm:flex-wrap"
      >
        {children}
      </ul>
    </nav>
  );
}
