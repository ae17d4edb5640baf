import type { PersonCard } from '@collabthon/contracts/shapes';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface PersonLinkProps {
  person: PersonCard;
  className: string;
  /** What only a link has. */
  linkClass: string;
  dir?: 'auto';
  children: ReactNode;
}

/** Leads to the page of a person; somebody whose account is gone has none, and is only named. */
export function PersonLink({ person, className, linkClass, dir, children }: PersonLinkProps) {
  return person.is_former ? (
    <span className={className} dir={dir}>
      {children}
    </span>
  ) : (
    <Link to="/people/$id" params={{ id: person.user_id }} className={`${className} ${linkClass}`} dir={dir}>
      {children}
    </Link>
  );
}
