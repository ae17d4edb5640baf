/** What the query string of a page may hold. Plain words, so that a link can be read and written by hand. */

import type { ProjectStatus } from '@collabthon/contracts/projects';
import type { AdminUserFilters } from '../features/accounts/admin-api.ts';
import { type WorkView, workViews } from '../features/collaborations/work-views.ts';
import type { PeopleFilters, ProjectFilters } from '../features/discovery/api.ts';
import type { SagaState } from '../features/operations/api.ts';
import type { VocabularyFilters } from '../features/profiles/admin-skills-api.ts';
import { type OnboardingStep, onboardingSteps } from '../features/profiles/onboarding-progress.ts';
import { goals } from '../features/profiles/open-to-field.tsx';
import { safeNextPath } from '../lib/next-path.ts';

type Raw = Record<string, unknown>;

/** A name that stands there several times is a list, as a form without scripts sends its ticked boxes. */
export function parseSearch(search: string): Raw {
  const params = new URLSearchParams(search);
  return Object.fromEntries([...params.keys()].map((name) => [name, params.getAll(name).filter(Boolean).join(',')]));
}

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

/**
 * The fields as those that may be missing. What does not fit stays as undefined: the router lays a page's fields over
 * the raw query, and a field that is not named would let the raw one through.
 */
const compact = <T extends object>(fields: T) => fields as { [K in keyof T]?: Exclude<T[K], undefined> };

const flag = (value: unknown): boolean | undefined =>
  value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined;

/** Pages that are reached without scripts; the search counts no further. */
const lastPage = 500;

/** What both kinds of search share. */
const commonFilters = (raw: Raw) => ({
  q: word(raw.q)?.slice(0, 200),
  skills: word(raw.skills)?.slice(0, 1000),
  min_level: whole(raw.min_level, 1, 4),
  college: word(raw.college)?.slice(0, 120),
  page: whole(raw.page, 2, lastPage),
});

export function projectFilters(raw: Raw): ProjectFilters {
  const currency = word(raw.currency)?.match(/^[A-Z]{3}$/)?.[0];
  return compact({
    ...commonFilters(raw),
    currency,
    min_budget: whole(raw.min_budget, 0, 1e9),
    max_budget: whole(raw.max_budget, 0, 1e9),
    is_remote: flag(raw.is_remote),
    // Open ones are what is searched for without a word about it.
    status: oneOf(raw.status, 'in_progress', 'completed', 'cancelled', 'expired'),
    max_hours: whole(raw.max_hours, 1, 80),
    sort_by:
      oneOf(raw.sort_by, 'fit', 'created_at', 'updated_at', 'title') ??
      // Amounts follow each other within one currency alone.
      (currency ? oneOf(raw.sort_by, 'budget_min', 'budget_max') : undefined),
  });
}

export const peopleFilters = (raw: Raw): PeopleFilters =>
  compact({
    ...commonFilters(raw),
    major: word(raw.major)?.slice(0, 120),
    year: whole(raw.year, 1, 2100),
    min_hours: whole(raw.min_hours, 1, 80),
    open_to: oneOf(raw.open_to, ...goals),
    sort_by: oneOf(raw.sort_by, 'fit'),
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

/** Of what the conversation is: asked for by pages that know the request or the team alone. */
export const messagesSearch = (raw: Raw): { request?: number; team?: number } =>
  compact({
    request: whole(raw.request, 1, Number.MAX_SAFE_INTEGER),
    team: whole(raw.team, 1, Number.MAX_SAFE_INTEGER),
  });

export const notificationsSearch = (raw: Raw): { show?: 'unread' } => compact({ show: oneOf(raw.show, 'unread') });

export const projectSearch = (raw: Raw): { role?: number | 'any'; as?: 'visitor' } =>
  compact({
    role: oneOf(raw.role, 'any') ?? whole(raw.role, 1, Number.MAX_SAFE_INTEGER),
    as: oneOf(raw.as, 'visitor'),
  });

export const adminUserFilters = (raw: Raw): AdminUserFilters =>
  compact({
    q: word(raw.q)?.slice(0, 100),
    role: oneOf(raw.role, 'student', 'moderator', 'admin'),
    state: oneOf(raw.state, 'active', 'suspended'),
  });
export const vocabularyFilters = (raw: Raw): VocabularyFilters =>
  compact({ q: word(raw.q)?.slice(0, 60), show: oneOf(raw.show, 'new', 'checked') });
export const adminProjectFilters = (raw: Raw): { q?: string; status?: ProjectStatus } =>
  compact({
    q: word(raw.q)?.slice(0, 100),
    status: oneOf(raw.status, 'draft', 'open', 'in_progress', 'completed', 'cancelled', 'expired'),
  });
export const jobsSearch = (raw: Raw): { queue?: string } => compact({ queue: word(raw.queue)?.slice(0, 200) });
export const sagasSearch = (raw: Raw): { state?: SagaState } =>
  compact({
    state: oneOf(raw.state, 'running', 'waiting', 'compensating', 'completed', 'compensated', 'cancelled'),
  });
