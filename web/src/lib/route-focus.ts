/**
 * After a navigation the reader's focus goes to the new page's heading, so that a screen reader says where it is and
 * the keyboard starts from the top. The first page of a visit keeps the browser's own focus.
 */
import { type RefObject, useEffect, useRef } from 'react';

let pending: { path: string; held: Element | null } | null = null;

/** Called by the router when another path is about to be shown. */
export function expectFocus(path: string): void {
  pending = { path, held: document.activeElement };
}

/** Puts the focus on the heading once, unless the reader has moved on meanwhile. */
export function useRouteFocus<E extends HTMLElement>(): RefObject<E | null> {
  const ref = useRef<E>(null);
  useEffect(() => {
    if (!pending) return;
    const { held } = pending;
    pending = null;
    const active = document.activeElement;
    if (active === null || active === document.body || active === held) ref.current?.focus({ preventScroll: true });
  }, []);
  return ref;
}
