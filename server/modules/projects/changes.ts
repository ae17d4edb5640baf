/** What a request makes of a project: every rule about its fields, in one pure function. */
import {
  type ProjectCreate,
  type ProjectStatus,
  type ProjectUpdate,
  projectTransitions,
} from '@collabthon/contracts/projects';
import { conflict, type FieldError, unprocessable } from '../../platform/http/problems.ts';
import { currencyDigits, DEFAULT_CURRENCY, isCurrency, toMajor, toMinor } from './money.ts';
import type { ProjectRow } from './tables.ts';

const DAY = 86_400_000;
/** An open project that says nothing else ends after this. */
export const OPEN_DAYS = 60;
/** Nothing stays open for longer than this without its owner saying so again. */
const MOST_YEARS_OPEN = 2;
const MOST_YEARS_TO_DEADLINE = 5;

/** The fields that a request decides. */
export type ProjectState = Pick<
  ProjectRow,
  | 'title'
  | 'description'
  | 'budget_min'
  | 'budget_max'
  | 'currency'
  | 'currency_digits'
  | 'timeline'
  | 'hours_per_week'
  | 'status'
  | 'is_remote'
  | 'place'
  | 'deadline'
  | 'visibility'
  | 'expires_at'
  | 'warned_at'
>;

/** Where a new project starts from. */
export const blankProject: ProjectState = {
  title: '',
  description: '',
  budget_min: null,
  budget_max: null,
  currency: DEFAULT_CURRENCY,
  currency_digits: 2,
  timeline: null,
  hours_per_week: null,
  status: 'draft',
  is_remote: true,
  place: null,
  deadline: null,
  visibility: 'public',
  expires_at: null,
  warned_at: null,
};

const waysFrom = (from: ProjectStatus): readonly ProjectStatus[] =>
  projectTransitions[from].filter((way) => way !== 'expired');

/** The states that somebody may move a project from to this one. */
export const statesBefore = (to: ProjectStatus): ProjectStatus[] =>
  (Object.keys(projectTransitions) as ProjectStatus[]).filter((from) => waysFrom(from).includes(to));

/** @throws 409 `illegal_transition` for a move that is not in the contract's table, and for `expired`, which is the job's. */
export function checkTransition(from: ProjectStatus, to: ProjectStatus): void {
  const ways = waysFrom(from);
  if (from === to || ways.includes(to)) return;
  const next = ways.length === 0 ? 'It stays as it is.' : `From here it can become ${ways.join(' or ')}.`;
  throw conflict('illegal_transition', `A project that is ${from} cannot become ${to}. ${next}`, {
    from,
    to,
    next: ways.join(', '),
  });
}

/**
 * The project after this request.
 * @throws 409 `illegal_transition`; 422 with every field that does not fit.
 */
export function changeProject(current: ProjectState, body: ProjectCreate | ProjectUpdate, now: Date): ProjectState {
  const status = body.status ?? current.status;
  checkTransition(current.status, status);
  const errors: FieldError[] = [];
  const next: ProjectState = {
    ...current,
    status,
    title: body.title ?? current.title,
    description: body.description ?? current.description,
    timeline: given(body.timeline, current.timeline),
    hours_per_week: given(body.hours_per_week, current.hours_per_week),
    is_remote: body.is_remote ?? current.is_remote,
    place: given(body.place, current.place),
    deadline: given(body.deadline, current.deadline),
    visibility: body.visibility ?? current.visibility,
    ...changeBudget(current, body, errors),
    ...changeExpiry(current, body, status, now, errors),
  };
  if (isBlank(next.title)) errors.push({ path: '/title', code: 'blank', message: 'Give the project a title.' });
  if (status !== 'draft' && isBlank(next.description)) {
    errors.push({
      path: '/description',
      code: 'description_to_publish',
      message: 'Describe the project before you publish it.',
    });
  }
  if (next.deadline && next.deadline !== current.deadline) checkDeadline(next.deadline, now, errors);
  checkNames(body, errors);
  if (errors.length > 0) throw unprocessable(errors);
  return next;
}

const given = <T>(value: T | undefined, otherwise: T): T => (value === undefined ? otherwise : value);

const isBlank = (text: string) => text.trim() === '';

/** Today where the day begins last, twelve hours behind UTC: a day that is still today somewhere has not passed. */
const earliestToday = (now: Date) => new Date(now.getTime() - DAY / 2).toISOString().slice(0, 10);

function checkDeadline(deadline: string, now: Date, errors: FieldError[]): void {
  if (deadline < earliestToday(now)) {
    errors.push({ path: '/deadline', code: 'in_the_past', message: 'The deadline has passed already.' });
  }
  if (deadline > yearsAfter(now, MOST_YEARS_TO_DEADLINE).toISOString().slice(0, 10)) {
    errors.push({
      path: '/deadline',
      code: 'too_far_ahead',
      message: `Set a deadline within ${MOST_YEARS_TO_DEADLINE} years.`,
      params: { years: MOST_YEARS_TO_DEADLINE },
    });
  }
}

function yearsAfter(now: Date, years: number): Date {
  const then = new Date(now);
  then.setUTCFullYear(then.getUTCFullYear() + years);
  return then;
}

function changeBudget(current: ProjectState, body: ProjectCreate | ProjectUpdate, errors: FieldError[]) {
  const currency = body.currency ?? current.currency;
  if (!isCurrency(currency)) {
    errors.push({
      path: '/currency',
      code: 'unknown_currency',
      message: 'This is not a currency in use. Give its ISO 4217 code, such as USD.',
    });
    return {};
  }
  const digits = currencyDigits(currency);
  const minor = (name: 'budget_min' | 'budget_max'): number | null => {
    const kept = current[name] === null ? null : toMajor(current[name], current.currency_digits);
    const amount = given(body[name], kept);
    if (amount === null) return null;
    const units = toMinor(amount, digits);
    if (units === null) {
      const path = body[name] === undefined ? '/currency' : `/${name}`;
      errors.push({
        path,
        code: 'too_many_decimals',
        message: `${currency} has ${digits === 0 ? 'no' : digits} decimals.`,
        params: { currency, digits },
      });
    }
    return units;
  };
  const budget_min = minor('budget_min');
  const budget_max = minor('budget_max');
  if (budget_min !== null && budget_max !== null && budget_min > budget_max) {
    errors.push({
      path: '/budget_max',
      code: 'budget_order',
      message: 'The upper end of the budget is below the lower end.',
    });
  }
  return { currency, currency_digits: digits, budget_min, budget_max };
}

/** An open project always ends some day: null, and what has passed when it opens again, means the default. */
function changeExpiry(
  current: ProjectState,
  body: ProjectCreate | ProjectUpdate,
  status: ProjectStatus,
  now: Date,
  errors: FieldError[],
) {
  const asked = body.expires_at ? Date.parse(body.expires_at) : null;
  if (Number.isNaN(asked)) {
    errors.push({ path: '/expires_at', code: 'no_such_time', message: 'This time does not exist.' });
    return {};
  }
  const kept = current.expires_at === null ? null : Date.parse(current.expires_at);
  let expires = body.expires_at === undefined ? kept : asked;
  if (asked !== null && asked !== kept && asked <= now.getTime()) {
    errors.push({ path: '/expires_at', code: 'in_the_past', message: 'This time has passed already.' });
  }
  if (asked !== null && asked !== kept && asked > yearsAfter(now, MOST_YEARS_OPEN).getTime()) {
    errors.push({
      path: '/expires_at',
      code: 'too_far_ahead',
      message: `Set an end within ${MOST_YEARS_OPEN} years.`,
      params: { years: MOST_YEARS_OPEN },
    });
  }
  const opens = status === 'open' && current.status !== 'open';
  if (status === 'open' && (expires === null || (opens && expires <= now.getTime()))) {
    expires = now.getTime() + OPEN_DAYS * DAY;
  }
  if (expires === kept) return {};
  // Another end deserves another warning.
  return { expires_at: expires === null ? null : new Date(expires).toISOString(), warned_at: null };
}

/** Names of spaces only, and roles that are named twice. */
function checkNames(body: ProjectCreate | ProjectUpdate, errors: FieldError[]): void {
  body.required_skills?.forEach((name, at) => {
    if (isBlank(name)) errors.push({ path: `/required_skills/${at}`, code: 'blank', message: 'Name the skill.' });
  });
  const seen = new Set<number>();
  body.roles?.forEach((role, at) => {
    if (isBlank(role.name)) errors.push({ path: `/roles/${at}/name`, code: 'blank', message: 'Name the role.' });
    if (role.skill && isBlank(role.skill))
      errors.push({ path: `/roles/${at}/skill`, code: 'blank', message: 'Name the skill.' });
    if (role.id === undefined) return;
    if (seen.has(role.id))
      errors.push({ path: `/roles/${at}/id`, code: 'repeated_role', message: 'This role is in the list twice.' });
    seen.add(role.id);
  });
}
