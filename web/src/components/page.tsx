import { type ReactNode, useId } from 'react';
import { type PageHead, usePageHead } from '../lib/page-head.ts';
import { useRouteFocus } from '../lib/route-focus.ts';

const widths = { narrow: 'max-w-lg', reading: 'max-w-3xl', wide: 'max-w-6xl' };

interface PageProps {
  /** Names the tab; the heading too, unless `heading` says more. */
  title: string;
  heading?: ReactNode;
  eyebrow?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  width?: keyof typeof widths;
  /** For search results and shared links; public pages have one. */
  head?: Omit<PageHead, 'title'> | undefined;
  children?: ReactNode;
}

/** The frame of every page: tab title, one h1 that takes the focus after a navigation, lead, actions. */
export function Page({ title, heading, eyebrow, lead, actions, width = 'wide', head, children }: PageProps) {
  usePageHead({ ...head, title });
  const headingRef = useRouteFocus<HTMLHeadingElement>();
  return (
    <div className={`mx-auto w-full px-5 pt-8 pb-16 sm:px-8 sm:pt-12 ${widths[width]}`}>
      <header className="mb-8 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="min-w-0 max-w-3xl grow">
          {eyebrow ? <div className="eyebrow mb-2">{eyebrow}</div> : null}
          <h1 ref={headingRef} tabIndex={-1} className="text-title">
            {heading ?? title}
          </h1>
          {lead ? <div className="mt-3 max-w-prose text-lg text-pretty text-soft">{lead}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap gap-3">{actions}</div> : null}
      </header>
      {children}
    </div>
  );
}

/** A titled part of a page, set apart by a rule. */
export function Section({
  title,
  aside,
  children,
  className = '',
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={`ruled pt-5 ${className}`}>
      <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 id={id} className="text-heading">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
