import { Link } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';
import type { PeopleFilters, ProjectFilters } from './api.ts';
import type { Filters, Kind } from './explore.ts';

interface FilterLinkProps {
  kind: Kind;
  filters: Filters;
  className?: string;
  /** Done instead of going there; whoever opens another tab goes there still, and so does a reader without scripts. */
  onPress?: () => void;
  onClick?: () => void;
  isPending?: boolean;
  children: ReactNode;
}

/** A link to a search, so that it works without scripts and can be shared. It leaves the reader where they are. */
export function FilterLink({ kind, filters, onPress, onClick, isPending, ...rest }: FilterLinkProps) {
  const link = {
    resetScroll: false,
    preload: false as const,
    'aria-disabled': isPending || undefined,
    onClick: (event: MouseEvent) => {
      onClick?.();
      if (!onPress || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      if (!isPending) onPress();
    },
    ...rest,
  };
  return kind === 'projects' ? (
    <Link to="/explore/projects" search={filters as ProjectFilters} {...link} />
  ) : (
    <Link to="/explore/people" search={filters as PeopleFilters} {...link} />
  );
}
