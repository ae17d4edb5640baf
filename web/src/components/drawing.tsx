import type { ReactNode } from 'react';

export interface DrawingProps {
  className?: string;
}

/** The sheet that drawings of the bench are on. The text beside them says it in words: screen readers pass them over. */
export function Drawing({ className = 'w-40', children }: DrawingProps & { children: ReactNode }) {
  return (
    <svg viewBox="0 0 200 140" className={`sketch ${className}`} aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}
