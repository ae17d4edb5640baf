import type { ReactNode } from 'react';

/** One thing of the gallery over its name in the code. */
export function Specimen({
  name,
  className = '',
  children,
}: {
  name: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <figure className={className}>
      {children}
      <figcaption className="mt-2 text-xs text-faint">
        <code dir="ltr">{name}</code>
      </figcaption>
    </figure>
  );
}
