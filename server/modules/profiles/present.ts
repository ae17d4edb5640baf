/** From rows to what the contract promises. Nothing here knows an address, so none can leave. */
import type { Candidate, OpenTo, Profile, ProfileSkill } from '@collabthon/contracts/profiles';
import type { PersonCard, Visibility } from '@collabthon/contracts/shapes';
import type { Static } from 'typebox';
import { isoTime } from '../../platform/database/columns.ts';
import { formerMember } from '../../platform/person-cards.ts';
import type { Slot } from './availability.ts';

/** What a card needs. A type and not an interface, since raw results are records. */
export type CardRow = {
  user_id: number;
  username: string;
  first_name: string;
  last_name: string;
  college: string;
  badge_college: string | null;
  badge_kind: 'student' | 'alumni' | null;
  avatar_url: string | null;
  visibility: Visibility;
  is_erased: boolean;
};

/** A profile as SQL reads it; times in PostgreSQL's form. */
export type ProfileRow = CardRow & {
  id: number;
  is_active: boolean;
  is_demo: boolean;
  major: string;
  year: number;
  bio: string | null;
  experience: string | null;
  github_url: string | null;
  linkedin_url: string | null;
  portfolio_url: string | null;
  hours_per_week: number | null;
  zone: string | null;
  slots: Slot[];
  open_to: Static<typeof OpenTo>[];
  open_to_until: string | null;
  filled_at: string | null;
  is_listed: boolean;
  version: number;
  created_at: string;
  updated_at: string;
  skills: ProfileSkill[];
};

/** A private profile lends its card nothing but the username. */
export function toCard(row: CardRow): PersonCard {
  if (row.is_erased) return formerMember(row.user_id);
  const isPrivate = row.visibility === 'private';
  const name = `${row.first_name} ${row.last_name}`.trim();
  return {
    user_id: row.user_id,
    username: row.username,
    name: (!isPrivate && name) || row.username,
    college: isPrivate ? null : row.badge_college || row.college.trim() || null,
    is_verified_student: row.badge_kind === 'student',
    avatar_url: isPrivate ? null : row.avatar_url,
  };
}

export function toProfile(row: ProfileRow): Profile {
  const availability = { hours_per_week: row.hours_per_week, zone: row.zone, slots: row.slots };
  const openToUntil = isoTime(row.open_to_until);
  const openTo = openToUntil !== null && Date.parse(openToUntil) <= Date.now() ? [] : row.open_to;
  const isThere = {
    name: row.first_name.trim() !== '',
    college: row.college.trim() !== '',
    skills: row.skills.length > 0,
    availability: row.hours_per_week !== null || row.slots.length > 0,
    open_to: openTo.length > 0,
  };
  return {
    id: row.id,
    user_id: row.user_id,
    username: row.username,
    first_name: row.first_name,
    last_name: row.last_name,
    college: row.college,
    major: row.major,
    year: row.year,
    bio: row.bio,
    skills: row.skills.map((skill) => skill.name),
    skill_levels: row.skills,
    experience: row.experience,
    github_url: row.github_url,
    linkedin_url: row.linkedin_url,
    portfolio_url: row.portfolio_url,
    avatar_url: row.avatar_url,
    is_public: row.visibility === 'public',
    visibility: row.visibility,
    availability,
    open_to: openTo,
    open_to_until: openToUntil,
    missing: Object.entries(isThere).flatMap(([what, there]) => (there ? [] : [what])),
    is_verified_student: row.badge_kind === 'student',
    is_demo: row.is_demo,
    created_at: isoTime(row.created_at),
    updated_at: isoTime(row.updated_at),
  };
}

export function toCandidate(row: ProfileRow): Candidate {
  const profile = toProfile(row);
  return {
    person: toCard(row),
    visibility: row.visibility,
    major: row.major,
    year: row.year,
    bio: row.bio,
    skills: profile.skill_levels,
    availability: profile.availability,
    open_to: profile.open_to,
    open_to_until: profile.open_to_until,
    is_listed: row.is_listed,
    version: row.version,
    profile,
  };
}
