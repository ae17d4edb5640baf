import type { ReactNode } from 'react';
import { ChevronIcon } from '../components/icons.tsx';

/** How a link in the navigation of `SidePages` looks; the router marks the one that is open. */
export const sideLink =
  'flex min-h-11 items-center place-edge border-s-[3px] ps-4 pe-3 font-medium text-soft hover:text-ink data-[status=active]:text-ink lg:min-h-10';

/**
 * Pages that belong together. On a wide screen their navigation stands beside them; on a phone it is a page of its own,
 * and `back` leads there.
 */
export function SidePages({
  label,
  back,
  links,
  children,
}: {
  label: string;
  back: ReactNode;
  links: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="mx-auto max-w-6xl lg:grid lg:grid-cols-[16rem_1fr]">
      <nav aria-label={label} className="hidden ps-8 pt-14 lg:block">
        {links}
      </nav>
      {back ? <p className="-mb-4 px-5 pt-3 sm:px-8 lg:hidden">{back}</p> : null}
      {/* With a way back it is another page, which comes at its own place and moves nothing there. */}
      <div key={back ? 'page' : 'pages'} className="min-w-0">
        {children}
      </div>
    </div>
  );
}

/** Points back to where a page was opened from, in either direction of reading. */
export const BackMark = () => <ChevronIcon className="size-4 rotate-90 rtl:-rotate-90" />;

/** Points on to the page that a row opens, in either direction of reading. */
export const OnMark = () => <ChevronIcon className="size-5 -rotate-90 text-faint rtl:rotate-90" />;
