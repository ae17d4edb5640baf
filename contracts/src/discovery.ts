/** Discovery: search that forgives, lists that count, matches that explain themselves. */
import { type Static, Type } from 'typebox';
import { defineEvents, defineJobs, defineRoutes } from './contract.ts';
import { Profile, SkillLevel } from './profiles.ts';
import { Project, ProjectStatus } from './projects.ts';
import { Id, IdParams, Nullable, OneOf, Page, Paging, Shape, text, WordList } from './shapes.ts';

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

const Facet = Type.Array(Shape({ value: Type.String(), count: Type.Integer() }));
/** Said when nothing matched exactly and a corrected spelling did. */
const Correction = Nullable(Shape({ from: Type.String(), to: Type.String() }));

const SearchPage = <const S extends typeof Project | typeof Profile, const F extends readonly string[]>(
  item: S,
  facets: F,
) =>
  Shape({
    ...Page(item).properties,
    corrected: Correction,
    facets: Shape(Object.fromEntries(facets.map((name) => [name, Facet])) as Record<F[number], typeof Facet>),
  });

const Money = Type.Number({ minimum: 0, maximum: 1e9 });

export const ProjectSearchQuery = Shape({
  q: Type.Optional(text(200)),
  skills: Type.Optional(WordList),
  min_level: Type.Optional(SkillLevel),
  college: Type.Optional(text(120)),
  min_budget: Type.Optional(Money),
  max_budget: Type.Optional(Money),
  is_remote: Type.Optional(Type.Boolean()),
  status: Type.Optional(ProjectStatus),
  /** At most so many hours a week. */
  max_hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 80 })),
  sort_by: Type.Optional(OneOf('relevance', 'created_at', 'updated_at', 'budget_min', 'budget_max', 'title')),
  sort_order: Type.Optional(OneOf('asc', 'desc')),
  cursor: Paging.cursor,
  page: Paging.page,
  size: Paging.size,
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
  cursor: Paging.cursor,
  page: Paging.page,
  size: Paging.size,
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
]);
export const ProfileSearchPage = SearchPage(Profile, ['skills', 'colleges', 'majors', 'years', 'levels', 'hours']);

const searchProjects = {
  summary: 'Search projects: prefixes, typing errors, filters, facets with counts',
  access: 'public',
  query: ProjectSearchQuery,
  response: ProjectSearchPage,
  ignoresUnknownQuery: true,
} as const;
const searchProfiles = {
  summary: 'Search people: prefixes, typing errors, filters, facets with counts',
  access: 'public',
  query: ProfileSearchQuery,
  response: ProfileSearchPage,
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
    ignoresUnknownQuery: true,
  },
  'GET /search-advanced/recommendations/projects': {
    summary: 'Projects that fit me, with the reasons',
    access: 'member',
    query: Shape({ limit: Paging.limit }),
    response: Type.Array(RecommendedProject),
    ignoresUnknownQuery: true,
  },
  'GET /search-advanced/recommendations/profiles': {
    summary: 'People who fit me, or one of my projects, with the reasons',
    access: 'member',
    query: Shape({ limit: Paging.limit, project_id: Type.Optional(Id) }),
    response: Type.Array(RecommendedProfile),
    ignoresUnknownQuery: true,
  },
  'GET /projects/trending': {
    summary: 'Projects of the last days by collaboration requests, then newest',
    access: 'public',
    query: Shape({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 365 })), limit: Paging.limit }),
    response: Shape({ items: Type.Array(Shape({ ...Project.properties, collaboration_count: Type.Integer() })) }),
  },
  'GET /projects/{id}/match': { summary: 'How I fit a project', access: 'member', params: IdParams, response: Match },
});

export const events = defineEvents({});

export const jobs = defineJobs({
  /** Brings the search document of one project to its present state. */
  'discovery.index_project': { input: Shape({ project_id: Id }), retryLimit: 8, expireInSeconds: 60 },
  'discovery.index_profile': { input: Shape({ user_id: Id }), retryLimit: 8, expireInSeconds: 60 },
});
