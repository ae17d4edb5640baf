/**
 * After a navigation the reader's focus goes to the new page's heading, so that a screen reader says where it is and
 * the keyboard starts from the top. The first page of a visit keeps the browser's own focus.
 */
import { type RefObject, useEffect, useRef } from 'react';

let pending: { path: string; held: Element | null } | null = null;
/** The heading that has the focus while its page waits for data; the finished page may bring another one. */
let focused: HTMLElement | null = null;

/** Called by the router when another path is about to be shown. */
export function expectFocus(path: string): void {
  pending = { path, held: document.activeElement };
}

/** Puts the focus on the heading once, unless the reader has moved on meanwhile. */
export function useRouteFocus<E extends HTMLElement>(): RefObject<E | null> {
  const ref = useRef<E>(null);
  useEffect(() => {
    let frame = 0;
    const take = () => {
      // While the skeleton of a slow page is shown, the page itself is there but not in the document yet.
      if (!ref.current?.isConnected) {
        frame = requestAnimationFrame(take);
        return;
      }
      const active = document.activeElement;
      const isNowhere = active === null || active === document.body;
      const wasReplaced = isNowhere && focused !== null && !focused.isConnected;
      if (!pending && !wasReplaced) return;
      const isStillThere = isNowhere || active === pending?.held;
      pending = null;
      focused = isStillThere ? ref.current : null;
      focused?.focus({ preventScroll: true });
    };
    take();
    return () => cancelAnimationFrame(frame);
  }, []);
  return ref;
}
