import type { ReactNode } from 'react';

/** A key to press. Where there is no keyboard to press it on, it is not shown. */
export function KeyHint({ children }: { children: ReactNode }) {
  return <kbd className="key-hint">{children}</kbd>;
}
