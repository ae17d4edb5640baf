/** What the query string of a page may hold. Plain words, so that a link can be read and written by hand. */

import { type WorkView, workViews } from '../features/collaborations/work-views.ts';
import type { PeopleFilters, ProjectFilters } from '../features/discovery/api.ts';
import { type OnboardingStep, onboardingSteps } from '../features/profiles/onboarding-progress.ts';
import { safeNextPath } from '../lib/next-path.ts';

type Raw = Record<string, unknown>;

export const parseSearch = (search: string): Raw => Object.fromEntries(new URLSearchParams(search));

export function stringifySearch(search: Raw): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  return text && `?${text}`;
}

const word = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);

function whole(value: unknown, least: number, most: number): number | undefined {
  const number = Number(value);
  return value !== '' && Number.isInteger(number) && number >= least && number <= most ? number : undefined;
}

function oneOf<const V extends string>(value: unknown, ...words: V[]): V | undefined {
  return words.find((known) => known === value);
}

/** Only what is set stays in the address. */
function compact<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

const flag = (value: unknown): boolean | undefined =>
  value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined;

export const projectFilters = (raw: Raw): ProjectFilters =>
  compact({
    q: word(raw.q)?.slice(0, 200),
    skills: word(raw.skills),
    min_level: whole(raw.min_level, 1, 4),
    college: word(raw.college),
    min_budget: whole(raw.min_budget, 0, 1e9),
    max_budget: whole(raw.max_budget, 0, 1e9),
    is_remote: flag(raw.is_remote),
    status: oneOf(raw.status, 'open', 'in_progress', 'completed', 'cancelled', 'expired'),
    max_hours: whole(raw.max_hours, 1, 80),
    sort_by: oneOf(raw.sort_by, 'relevance', 'created_at', 'updated_at', 'budget_min', 'budget_max', 'title'),
  });

export const peopleFilters = (raw: Raw): PeopleFilters =>
  compact({
    q: word(raw.q)?.slice(0, 200),
    skills: word(raw.skills),
    min_level: whole(raw.min_level, 1, 4),
    college: word(raw.college),
    major: word(raw.major),
    year: whole(raw.year, 1, 2100),
    min_hours: whole(raw.min_hours, 1, 80),
    open_to: word(raw.open_to),
  });

export const nextSearch = (raw: Raw): { next?: string } => compact({ next: safeNextPath(raw.next) });
export const signInSearch = (raw: Raw): { next?: string; problem?: string } =>
  compact({ next: safeNextPath(raw.next), problem: word(raw.problem) });
export const tokenSearch = (raw: Raw): { token?: string } => compact({ token: word(raw.token) });

export const welcomeSearch = (raw: Raw): { step?: OnboardingStep; next?: string } =>
  compact({ step: oneOf(raw.step, ...onboardingSteps), next: safeNextPath(raw.next) });

export const newProjectSearch = (raw: Raw): { draft?: string } =>
  compact({ draft: word(raw.draft)?.match(/^[A-Za-z0-9_-]{1,40}$/)?.[0] });

export const workSearch = (raw: Raw): { show?: WorkView } => compact({ show: oneOf(raw.show, ...workViews) });

export const projectSearch = (raw: Raw): { role?: number | 'any'; as?: 'visitor' } =>
  compact({
    role: oneOf(raw.role, 'any') ?? whole(raw.role, 1, Number.MAX_SAFE_INTEGER),
    as: oneOf(raw.as, 'visitor'),
  });
