/** Discovery: search that forgives, lists that count, matches that explain themselves. */
import { type Static, Type } from 'typebox';
import { defineCalls, defineEvents, defineJobs, defineRoutes } from './contract.ts';
import { Profile, SkillLevel } from './profiles.ts';
import { Project, ProjectStatus } from './projects.ts';
import { Currency, Id, IdParams, Instant, Nullable, OneOf, Page, Paging, Shape, text, WordList } from './shapes.ts';

/**
 * One reason for a score. `points` is null when the data is missing: unknown is neither for nor against, its `max`
 * is spread over the factors that are known.
 */
export const MatchFactor = Shape({
  factor: OneOf('skills', 'level', 'availability', 'college', 'interest', 'activity'),
  points: Nullable(Type.Number()),
  max: Type.Number(),
  /** Facts behind the points, for the text that the interface builds: matched and missing skills, hours, ... */
  facts: Type.Record(
    Type.String(),
    Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Array(Type.String())]),
  ),
});
export type MatchFactor = Static<typeof MatchFactor>;

/** 0 to 100; the points of the known factors sum to it. Null when nothing is known. */
export const Match = Shape({ score: Nullable(Type.Integer()), factors: Type.Array(MatchFactor) });
export type Match = Static<typeof Match>;

/** Whether I could take a role, as far as its skill and level say: null when they do not, or nothing is known of me. */
export const RoleFit = Shape({
  role_id: Id,
  fits: Nullable(Type.Boolean()),
  reason: OneOf('has_skill', 'below_level', 'lacks_skill', 'asks_no_skill', 'unknown_skills'),
  /** Mine in its skill; null when I do not have it. */
  my_level: Nullable(SkillLevel),
});
export type RoleFit = Static<typeof RoleFit>;

export const ProjectMatch = Shape({ ...Match.properties, roles: Type.Array(RoleFit) });
export type ProjectMatch = Static<typeof ProjectMatch>;

const Facet = Type.Array(Shape({ value: Type.String(), count: Type.Integer() }));
/** Said when nothing matched exactly and a corrected spelling did. */
const Correction = Nullable(Shape({ from: Type.String(), to: Type.String() }));

/** How a result fits the member who asks; `id` is that of the result. */
export const ResultMatch = Shape({ id: Id, ...Match.properties });
export type ResultMatch = Static<typeof ResultMatch>;

const SearchPage = <const S extends typeof Project | typeof Profile, const F extends readonly string[]>(
  item: S,
  facets: F,
) =>
  Shape({
    ...Page(item).properties,
    corrected: Correction,
    facets: Shape(Object.fromEntries(facets.map((name) => [name, Facet])) as Record<F[number], typeof Facet>),
    /** Of the results that are not one's own; empty unless a member asked with `matches`. */
    matches: Type.Array(ResultMatch),
  });

const Money = Type.Number({ minimum: 0, maximum: 1e9 });
/** False leaves every facet empty and spares counting them: for suggestions while somebody types. */
const CountFacets = Type.Optional(Type.Boolean());
/** True explains to a member how each result fits them. */
const WithMatches = Type.Optional(Type.Boolean());

export const ProjectSearchQuery = Shape({
  q: Type.Optional(text(200)),
  skills: Type.Optional(WordList),
  min_level: Type.Optional(SkillLevel),
  college: Type.Optional(text(120)),
  min_budget: Type.Optional(Money),
  max_budget: Type.Optional(Money),
  /** Those with a budget in this currency alone, ISO 4217. */
  currency: Type.Optional(Currency),
  is_remote: Type.Optional(Type.Boolean()),
  status: Type.Optional(ProjectStatus),
  /** At most so many hours a week. */
  max_hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 80 })),
  /**
   * Budgets are compared by their amounts, whatever their currency: who orders by them names one.
   * `fit` lists only what is recommended to the member who asks, best fit first; to a visitor it is `relevance`.
   */
  sort_by: Type.Optional(OneOf('relevance', 'fit', 'created_at', 'updated_at', 'budget_min', 'budget_max', 'title')),
  sort_order: Type.Optional(OneOf('asc', 'desc')),
  facets: CountFacets,
  matches: WithMatches,
  ...Paging,
});
export type ProjectSearchQuery = Static<typeof ProjectSearchQuery>;

export const ProfileSearchQuery = Shape({
  q: Type.Optional(text(200)),
  skills: Type.Optional(WordList),
  min_level: Type.Optional(SkillLevel),
  college: Type.Optional(text(120)),
  major: Type.Optional(text(120)),
  year: Type.Optional(Type.Integer({ minimum: 0, maximum: 2100 })),
  /** At least so many hours a week. */
  min_hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 80 })),
  open_to: Type.Optional(text(40)),
  sort_by: Type.Optional(OneOf('relevance', 'fit')),
  facets: CountFacets,
  matches: WithMatches,
  ...Paging,
});
export type ProfileSearchQuery = Static<typeof ProfileSearchQuery>;

export const ProjectSearchPage = SearchPage(Project, [
  'skills',
  'colleges',
  'status',
  'remote',
  'levels',
  'hours',
  'budget',
  'currencies',
]);
export const ProfileSearchPage = SearchPage(Profile, [
  'skills',
  'colleges',
  'majors',
  'years',
  'levels',
  'hours',
  'open_to',
]);

const searchProjects = {
  summary: 'Search projects: prefixes, typing errors, filters, facets with counts',
  access: 'public',
  limit: 'search',
  query: ProjectSearchQuery,
  response: ProjectSearchPage,
  keeps: { seconds: 300, tags: ['project_documents'] },
  ignoresUnknownQuery: true,
} as const;
const searchProfiles = {
  summary: 'Search people: prefixes, typing errors, filters, facets with counts',
  access: 'public',
  limit: 'people',
  query: ProfileSearchQuery,
  response: ProfileSearchPage,
  keeps: { seconds: 300, tags: ['profile_documents'] },
  ignoresUnknownQuery: true,
} as const;

const TrendingSkill = Shape({ skill: Type.String(), count: Type.Integer(), previous_count: Type.Integer() });
export const RecommendedProject = Shape({
  ...Project.properties,
  score: Nullable(Type.Integer()),
  reasons: Match.properties.factors,
});
export const RecommendedProfile = Shape({
  ...Profile.properties,
  score: Nullable(Type.Integer()),
  reasons: Match.properties.factors,
});

/** What a match takes of a project that is still being written; skills that nobody has yet are passed over. */
export const ProjectSketch = Shape({
  skills: Type.Optional(Type.Array(text(60), { maxItems: 30 })),
  roles: Type.Optional(
    Type.Array(
      Shape({
        skill: Type.Optional(Nullable(text(60))),
        level: Type.Optional(Nullable(SkillLevel)),
        seats: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
      }),
      { maxItems: 20 },
    ),
  ),
  hours_per_week: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 80 }))),
  budget_min: Type.Optional(Nullable(Money)),
  budget_max: Type.Optional(Nullable(Money)),
});
export type ProjectSketch = Static<typeof ProjectSketch>;

export const routes = defineRoutes({
  'GET /search-advanced/projects': searchProjects,
  'GET /search-advanced/search/projects': searchProjects,
  'GET /search-advanced/profiles': searchProfiles,
  'GET /search-advanced/search/profiles': searchProfiles,
  'GET /search-advanced/trending-skills': {
    summary: 'Skills asked for most in projects of the last days, against the days before',
    access: 'public',
    query: Shape({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 365 })), limit: Paging.limit }),
    response: Type.Array(TrendingSkill),
    keeps: { seconds: 600, tags: ['project_documents'] },
    ignoresUnknownQuery: true,
  },
  'GET /search-advanced/recommendations/projects': {
    summary: 'Projects that fit me, with the reasons',
    access: 'member',
    limit: 'search',
    query: Shape({ limit: Paging.limit }),
    response: Type.Array(RecommendedProject),
    ignoresUnknownQuery: true,
  },
  'GET /search-advanced/recommendations/profiles': {
    summary: 'People who fit me, or one of my projects, with the reasons',
    access: 'member',
    limit: 'search',
    query: Shape({ limit: Paging.limit, project_id: Type.Optional(Id) }),
    response: Type.Array(RecommendedProfile),
    ignoresUnknownQuery: true,
  },
  'POST /search-advanced/recommendations/preview': {
    summary: 'People who would fit a project that I am writing, as if I had posted it; nothing is kept of it',
    access: 'member',
    limit: 'search',
    body: Shape({
      ...ProjectSketch.properties,
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
    }),
    response: Shape({
      items: Type.Array(RecommendedProfile),
      /** How many share a skill and were weighed, up to 300. */
      total_considered: Type.Integer(),
      /** Names of the sketch that are no skill anybody has here: half a word, say. */
      unknown_skills: Type.Array(Type.String()),
    }),
  },
  'GET /projects/trending': {
    summary: 'Projects of the last days by collaboration requests, then newest',
    access: 'public',
    limit: 'list',
    query: Shape({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 365 })), limit: Paging.limit }),
    response: Shape({ items: Type.Array(Shape({ ...Project.properties, collaboration_count: Type.Integer() })) }),
    keeps: { seconds: 600, tags: ['project_documents', 'request_counts'] },
  },
  'GET /projects/{id}/match': {
    summary: 'How I fit a project, and each of its roles',
    access: 'member',
    params: IdParams,
    response: ProjectMatch,
  },
  'GET /users/{id}/match': {
    summary: 'How somebody fits me, or one of my projects',
    access: 'member',
    params: IdParams,
    query: Shape({ project_id: Type.Optional(Id) }),
    response: Match,
  },
  'GET /projects/{id}/fits': {
    summary: 'How each of several people fits a project of mine; who may not be seen is left out',
    access: 'member',
    params: IdParams,
    /** Ids of up to 100 people, separated by commas. */
    query: Shape({ user_ids: Type.String({ pattern: '^[1-9][0-9]{0,15}(,[1-9][0-9]{0,15}){0,99}$' }) }),
    response: Type.Array(Shape({ user_id: Id, ...Match.properties })),
  },
});

const ListedPage = {
  input: Shape({ after_id: Type.Integer({ minimum: 0 }), limit: Type.Integer({ minimum: 1, maximum: 5000 }) }),
  output: Type.Array(Shape({ id: Id, updated_at: Instant })),
};

export const calls = defineCalls({
  /** Erases what is theirs and makes a former member of who took part in what is others', too. */
  'discovery.eraseMember': { input: Shape({ user_id: Id }), output: Shape({}) },
  /** Projects that anybody may see, by rising id, without cancelled ones. For the sitemap. */
  'discovery.listPublicProjects': ListedPage,
  /** The same of people; `id` is that of the user. */
  'discovery.listPublicPeople': ListedPage,
});

export const events = defineEvents({});

export const jobs = defineJobs({
  /** Brings the search document of one project to its present state. */
  'discovery.index_project': { input: Shape({ project_id: Id }), retryLimit: 8, expireInSeconds: 60 },
  'discovery.index_profile': { input: Shape({ user_id: Id }), retryLimit: 8, expireInSeconds: 60 },
});
