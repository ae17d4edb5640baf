import { type RefObject, useEffect, useRef } from 'react';

const stopIn = (row: HTMLElement | null | undefined) => row?.querySelector<HTMLElement>('.row-link') ?? row;

/**
 * The rows of a page, `[data-row]`, as the keyboard meets them: steps from one to the next, and a row that goes away
 * with the focus in it hands that to its neighbour. Of a row that leads somewhere its link takes the focus.
 */
export function useRows(): { box: RefObject<HTMLDivElement | null>; step: (by: 1 | -1) => void } {
  const box = useRef<HTMLDivElement>(null);
  const rows = () => [...(box.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];

  // biome-ignore lint/correctness/useExhaustiveDependencies: `rows` reads the page
  useEffect(() => {
    if (!box.current) return;
    let last: { row: HTMLElement; index: number } | null = null;
    const onFocusIn = ({ target }: FocusEvent) => {
      const row = (target as Element).closest<HTMLElement>('[data-row]');
      last = row && { row, index: rows().indexOf(row) };
    };
    const observer = new MutationObserver(() => {
      if (!last || last.row.isConnected || document.activeElement !== document.body) return;
      const left = rows();
      const next = left[Math.min(last.index, left.length - 1)] ?? document.querySelector<HTMLElement>('h1');
      last = null;
      stopIn(next)?.focus({ preventScroll: true });
    });
    document.addEventListener('focusin', onFocusIn);
    observer.observe(box.current, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', onFocusIn);
      observer.disconnect();
    };
  }, []);

  return {
    box,
    step(by) {
      const all = rows();
      const at = all.findIndex((row) => row.contains(document.activeElement));
      const next = at < 0 ? all[by > 0 ? 0 : all.length - 1] : all[at + by];
      stopIn(next)?.focus({ preventScroll: true });
      next?.scrollIntoView({ block: 'nearest' });
    },
  };
}
