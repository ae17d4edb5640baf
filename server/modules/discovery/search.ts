/** Searching projects and people: from what was asked for to a page of results. */
import type {
  ProfileSearchPage,
  ProfileSearchQuery,
  ProjectSearchPage,
  ProjectSearchQuery,
} from '@collabthon/contracts/discovery';
import type { Profile } from '@collabthon/contracts/profiles';
import type { Project } from '@collabthon/contracts/projects';
import { type SQL, sql } from 'drizzle-orm';
import type { Static } from 'typebox';
import type { Principal } from '../../platform/auth/auth.ts';
import type { Calls } from '../../platform/calls/calls.ts';
import { decodeCursor, type Paging, readPaging, toPage } from '../../platform/database/paging.ts';
import { nameKey } from './documents.ts';
import { budgetFilters, isStillOpen, skillFilters } from './filters.ts';
import { visibleProfiles, visibleProjects } from './policy.ts';
import type { Recommendations } from './recommend.ts';
import type { Found, SearchPlan, SearchStore, Sort } from './store-search.ts';
import { textQuery } from './text-query.ts';
import type { Reading, Vocabulary } from './vocabulary.ts';

interface Parts {
  store: SearchStore;
  vocabulary: Vocabulary;
  calls: Calls;
  recommendations: Pick<Recommendations, 'rankProjects' | 'rankPeople' | 'matchProjects' | 'matchProfiles'>;
}

export function createSearch({ store, vocabulary, calls, recommendations }: Parts) {
  /** Ids of the skills behind comma-separated names; null when none was asked for. */
  async function findSkillIds(names: string | undefined): Promise<number[] | null> {
    const list = (names ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean)
      .slice(0, 100);
    if (list.length === 0) return null;
    const skills = await calls('profiles.findSkills', { names: list });
    return [...new Set(skills.flatMap((skill) => skill?.id ?? []))];
  }

  /** All terms must match; when no document has them all, each counts for itself. */
  async function run<Card>(
    reading: Reading | null,
    plan: Omit<SearchPlan, 'text'>,
    find: (plan: SearchPlan) => Promise<Found<Card>>,
  ): Promise<Found<Card>> {
    if (!reading) return find({ ...plan, text: null });
    const found = await find({ ...plan, text: textQuery(reading.phrase, reading.terms, 'all') });
    if (found.total > 0 || reading.terms.length < 2) return found;
    return find({ ...plan, text: textQuery(reading.phrase, reading.terms, 'any') });
  }

  return {
    async searchProjects(
      query: ProjectSearchQuery,
      viewer: Principal | null,
    ): Promise<Static<typeof ProjectSearchPage>> {
      const [reading, skillIds, ranked] = await Promise.all([
        vocabulary.read('project', query.q ?? ''),
        findSkillIds(query.skills),
        viewer && query.sort_by === 'fit' ? recommendations.rankProjects(viewer) : null,
      ]);
      const paging = readPaging(query);
      const sort = ranked ? byRank(sql`d.project_id`, ranked) : projectSort(query, reading !== null);
      const chosen = query.status ?? 'open';
      const filters = (asked: ProjectSearchQuery, state = [sql`d.status = ${chosen}`]) => [
        ...state,
        visibleProjects(viewer),
        ...projectFilters(asked, skillIds),
        ...among(sql`d.project_id`, ranked),
        ...nothingTyped(query.q, reading),
      ];
      const where = filters(query);
      const counting =
        query.facets === false
          ? null
          : {
              skillIds,
              minLevel: query.min_level,
              without: withoutEach(query, projectFacets, filters),
              elsewhere: otherStates(chosen, viewer).map(({ status, having }) => ({
                status,
                where: filters(query, having),
              })),
            };
      const plan = { where, counting, sort, ...position(paging, sort) };
      const found = await run(reading, plan, store.searchProjects);
      const page = answer(found, paging, query.q, reading, (card) => card);
      const matches = viewer && query.matches ? await recommendations.matchProjects(viewer, page.items) : [];
      return { ...page, matches } as Static<typeof ProjectSearchPage>;
    },

    async searchProfiles(
      query: ProfileSearchQuery,
      viewer: Principal | null,
    ): Promise<Static<typeof ProfileSearchPage>> {
      const [reading, skillIds, ranked] = await Promise.all([
        vocabulary.read('profile', query.q ?? ''),
        findSkillIds(query.skills),
        viewer && query.sort_by === 'fit' ? recommendations.rankPeople(viewer) : null,
      ]);
      const paging = readPaging(query);
      const sort: Sort = ranked ? byRank(sql`d.user_id`, ranked) : reading ? { by: 'relevance' } : newest;
      const filters = (asked: ProfileSearchQuery) => [
        visibleProfiles(viewer),
        ...profileFilters(asked, skillIds),
        ...among(sql`d.user_id`, ranked),
        ...nothingTyped(query.q, reading),
      ];
      const where = filters(query);
      const counting =
        query.facets === false
          ? null
          : {
              skillIds,
              minLevel: query.min_level,
              without: withoutEach(query, profileFacets, filters),
              elsewhere: [],
            };
      const plan = { where, counting, sort, ...position(paging, sort) };
      const found = await run(reading, plan, store.searchProfiles);
      const page = answer(found, paging, query.q, reading, presentProfile);
      const matches = viewer && query.matches ? await recommendations.matchProfiles(viewer, page.items) : [];
      return { ...page, matches } as Static<typeof ProfileSearchPage>;
    },
  };
}

export type Search = ReturnType<typeof createSearch>;

/** "Open to" is said for 30 days and then no longer. */
export const presentProfile = (profile: Profile): Profile =>
  profile.open_to_until !== null && Date.parse(profile.open_to_until) < Date.now()
    ? { ...profile, open_to: [] }
    : profile;

const microseconds = (time: SQL): SQL => sql`(extract(epoch FROM ${time}) * 1000000)::bigint`;
const newest: Sort = { by: 'value', value: microseconds(sql`d.recent_at`), direction: 'desc', keyType: 'bigint' };

/** The recommended ones alone, in their order. */
const among = (key: SQL, ranked: number[] | null): SQL[] =>
  ranked ? [sql`${key} = ANY (${sql.param(ranked)}::bigint[])`] : [];
const byRank = (key: SQL, ranked: number[]): Sort => ({
  by: 'value',
  value: sql`array_position(${sql.param(ranked)}::bigint[], ${key})::bigint`,
  direction: 'asc',
  keyType: 'bigint',
});

/** A text without any letter or digit, such as `&|!`, matches nothing. */
const nothingTyped = (q: string | undefined, reading: Reading | null): SQL[] =>
  q?.trim() && !reading ? [sql`false`] : [];

/** Best matches first when words were asked for, else newest first. A project without a budget comes last either way. */
function projectSort({ sort_by, sort_order }: ProjectSearchQuery, hasWords: boolean): Sort {
  const direction = sort_order ?? 'desc';
  const money = (column: SQL) => sql`coalesce(${column}, ${direction === 'asc' ? sql`1e15` : sql`-1`})::float8`;
  switch (sort_by ?? 'relevance') {
    case 'relevance':
      return hasWords ? { by: 'relevance' } : newest;
    case 'created_at':
      return { by: 'value', value: microseconds(sql`d.created_at`), direction, keyType: 'bigint' };
    case 'updated_at':
      return { by: 'value', value: microseconds(sql`d.updated_at`), direction, keyType: 'bigint' };
    case 'budget_min':
      return { by: 'value', value: money(sql`d.budget_min`), direction, keyType: 'double precision' };
    case 'budget_max':
      return { by: 'value', value: money(sql`d.budget_max`), direction, keyType: 'double precision' };
    default:
      return { by: 'value', value: sql`d.title_key`, direction, keyType: 'text' };
  }
}

function position(paging: Paging, sort: Sort): Pick<SearchPlan, 'after' | 'offset' | 'size'> {
  const { size, offset, cursor } = paging;
  const kind =
    sort.by === 'relevance' || sort.keyType === 'bigint' ? 'integer' : sort.keyType === 'text' ? 'text' : 'number';
  const after = decodeCursor(cursor, [kind, 'integer']);
  return { size, offset, after: after && { value: after[0], id: after[1] } };
}

const states: readonly Project['status'][] = ['draft', 'open', 'in_progress', 'completed', 'cancelled', 'expired'];

/** The states that may be chosen instead. Of drafts only one's own are read, however many there are. */
const otherStates = (chosen: Project['status'], viewer: Principal | null) =>
  states
    .filter((status) => status !== chosen && (status !== 'draft' || viewer !== null))
    .map((status) => ({
      status,
      having: [
        sql`d.status = ${status}`,
        ...(status === 'draft' && viewer ? [sql`d.owner_id = ${viewer.user_id}`] : []),
      ],
    }));

/** Which parts of a query a facet sets. */
const projectFacets = {
  skills: ['skills'],
  colleges: ['college'],
  remote: ['is_remote'],
  levels: ['min_level'],
  hours: ['max_hours'],
  budget: ['min_budget', 'max_budget'],
  currencies: ['currency'],
} satisfies Record<string, (keyof ProjectSearchQuery)[]>;

const profileFacets = {
  skills: ['skills'],
  colleges: ['college'],
  majors: ['major'],
  years: ['year'],
  levels: ['min_level'],
  hours: ['min_hours'],
  open_to: ['open_to'],
} satisfies Record<string, (keyof ProfileSearchQuery)[]>;

/** The conditions of a query without what a facet sets, for each facet that sets something in it. */
function withoutEach<Query extends object>(
  query: Query,
  facets: Record<string, (keyof Query)[]>,
  filters: (query: Query) => SQL[],
): Record<string, SQL[]> {
  const without = (names: (keyof Query)[]) =>
    Object.fromEntries(Object.entries(query).filter(([name]) => !names.includes(name as keyof Query))) as Query;
  return Object.fromEntries(
    Object.entries(facets)
      .filter(([, names]) => names.some((name) => query[name] !== undefined))
      .map(([facet, names]) => [facet, filters(without(names))]),
  );
}

function projectFilters(query: ProjectSearchQuery, skillIds: number[] | null): SQL[] {
  return [
    ...skillFilters(query.skills === undefined ? null : skillIds, query.min_level),
    ...(query.college?.trim() ? [sql`d.college_key = ${nameKey(query.college)}`] : []),
    ...budgetFilters(query.min_budget, query.max_budget),
    ...(query.currency === undefined ? [] : [sql`d.currency = ${query.currency}`]),
    ...(query.is_remote === undefined ? [] : [sql`d.is_remote = ${query.is_remote}`]),
    ...(query.max_hours === undefined ? [] : [sql`d.hours <= ${query.max_hours}`]),
  ];
}

function profileFilters(query: ProfileSearchQuery, skillIds: number[] | null): SQL[] {
  return [
    ...skillFilters(query.skills === undefined ? null : skillIds, query.min_level),
    ...(query.college?.trim() ? [sql`d.college_key = ${nameKey(query.college)}`] : []),
    ...(query.major?.trim() ? [sql`d.major_key = ${nameKey(query.major)}`] : []),
    ...(query.year === undefined ? [] : [sql`d.year = ${query.year}::bigint`]),
    ...(query.min_hours === undefined ? [] : [sql`d.hours >= ${query.min_hours}`]),
    ...(query.open_to?.trim() ? [sql`${query.open_to.trim()} = ANY (d.open_to) AND ${isStillOpen}`] : []),
  ];
}

function answer<Card>(
  found: Found<Card>,
  paging: Paging,
  q: string | undefined,
  reading: Reading | null,
  present: (card: Card) => Card,
) {
  const { total, rows, facets } = found;
  const to = reading?.correctedTo;
  return {
    ...toPage({ rows, total, paging, keys: (row) => [row.value, row.id], present: (row) => present(row.card) }),
    corrected: to && q !== undefined && total > 0 ? { from: q, to } : null,
    facets,
  };
}
