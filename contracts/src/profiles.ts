/** Profiles: what a student can do, when they have time, and who may see it. */
import { type Static, Type } from 'typebox';
import { defineCalls, defineEvents, defineJobs, defineRoutes } from './contract.ts';
import {
  Id,
  IdParams,
  Instant,
  Nullable,
  OneOf,
  Page,
  Paging,
  PersonCard,
  Shape,
  SkillCount,
  text,
  Visibility,
  WebLink,
} from './shapes.ts';

/** 1 has tried it, 2 has built with it, 3 is fluent, 4 teaches it. */
export const SkillLevel = Type.Integer({ minimum: 1, maximum: 4 });

export const Skill = Shape({ id: Id, name: Type.String() });
export type Skill = Static<typeof Skill>;

const SkillName = text(60, 1);
const Synonyms = Type.Array(SkillName, { maxItems: 50 });

/** A skill as those who keep the vocabulary see it. */
export const VocabularySkill = Shape({
  ...Skill.properties,
  /** Other names that lead to it. */
  synonyms: Type.Array(Type.String()),
  is_curated: Type.Boolean({ description: 'Looked at by us; the others were added by members and nobody else.' }),
  people: Type.Integer({ description: 'How many have it on their profile, up to 10,000.' }),
});
export type VocabularySkill = Static<typeof VocabularySkill>;

export const SkillCreate = Shape({ name: SkillName, synonyms: Type.Optional(Synonyms) });
export type SkillCreate = Static<typeof SkillCreate>;
/** `synonyms` replaces the list; the former name of a skill that is renamed stays one. Any change curates the skill. */
export const SkillUpdate = Type.Partial(SkillCreate, { additionalProperties: false });
export type SkillUpdate = Static<typeof SkillUpdate>;

/** Somebody who looks, as far as visibility tells people apart. */
export const Onlooker = OneOf('visitor', 'member', 'college_mate', 'verified_college_mate');
export type Onlooker = Static<typeof Onlooker>;

export const ProfileSkill = Shape({
  skill_id: Id,
  name: Type.String(),
  level: SkillLevel,
  years: Nullable(Type.Number()),
  evidence_url: Nullable(Type.String()),
});
export type ProfileSkill = Static<typeof ProfileSkill>;

/** A plain name keeps what is known of the skill, for a new one level 2. Synonyms are welcome: `JS` becomes JavaScript. */
const SkillInput = Type.Union([
  SkillName,
  Shape({
    name: SkillName,
    level: Type.Optional(SkillLevel),
    years: Type.Optional(Nullable(Type.Number({ minimum: 0, maximum: 60 }))),
    evidence_url: Type.Optional(Nullable(WebLink)),
  }),
]);

export const OpenTo = OneOf('projects', 'paid_work', 'research', 'hackathons', 'mentoring', 'friends');

/** Free hours of one weekday, whole hours, `to` exclusive; day 1 is Monday. */
export const WeeklySlot = Shape({
  day: Type.Integer({ minimum: 1, maximum: 7 }),
  from: Type.Integer({ minimum: 0, maximum: 23 }),
  to: Type.Integer({ minimum: 1, maximum: 24 }),
});

/** A stretch of one weekday in hours; zones with half and quarter hours make fractions, such as 9.75. */
export const WeeklyStretch = Shape({
  day: Type.Integer({ minimum: 1, maximum: 7 }),
  from: Type.Number({ minimum: 0, maximum: 24 }),
  to: Type.Number({ minimum: 0, maximum: 24 }),
});
export type WeeklyStretch = Static<typeof WeeklyStretch>;

export const Availability = Shape({
  hours_per_week: Nullable(Type.Integer({ minimum: 0, maximum: 80 })),
  /** IANA name, `Asia/Kolkata`; checked against the runtime's zone data. */
  zone: Nullable(text(60, 1)),
  slots: Type.Array(WeeklySlot, { maxItems: 60 }),
});
export type Availability = Static<typeof Availability>;

const Names = { first_name: text(80), last_name: text(80), college: text(120), major: text(120) };
/** 1 to 8 is the year of study; a calendar year is the year of graduation; 0 is not said. */
const Year = Type.Union([Type.Integer({ minimum: 0, maximum: 8 }), Type.Integer({ minimum: 1950, maximum: 2100 })]);

export const Profile = Shape({
  id: Id,
  user_id: Id,
  username: Type.String(),
  ...Names,
  year: Type.Integer(),
  bio: Nullable(Type.String()),
  skills: Type.Array(Type.String()),
  skill_levels: Type.Array(ProfileSkill),
  experience: Nullable(Type.String()),
  github_url: Nullable(Type.String()),
  linkedin_url: Nullable(Type.String()),
  portfolio_url: Nullable(Type.String()),
  avatar_url: Nullable(Type.String()),
  is_public: Type.Boolean(),
  visibility: Visibility,
  availability: Availability,
  /** Empty once `open_to_until` has passed. */
  open_to: Type.Array(OpenTo),
  open_to_until: Nullable(Instant),
  /** What onboarding still misses: `name`, `college`, `skills`, `availability`, `open_to`. */
  missing: Type.Array(Type.String()),
  is_verified_student: Type.Boolean(),
  is_demo: Type.Boolean(),
  created_at: Instant,
  updated_at: Instant,
});
export type Profile = Static<typeof Profile>;

const details = {
  bio: Type.Optional(Nullable(text(2000))),
  skills: Type.Optional(Type.Array(SkillInput, { maxItems: 40 })),
  experience: Type.Optional(Nullable(text(5000))),
  github_url: Type.Optional(Nullable(WebLink)),
  linkedin_url: Type.Optional(Nullable(WebLink)),
  portfolio_url: Type.Optional(Nullable(WebLink)),
  avatar_url: Type.Optional(Nullable(WebLink)),
  /** The predecessor's switch: true is `public`, false is `private`. `visibility` wins. */
  is_public: Type.Optional(Type.Boolean()),
  visibility: Type.Optional(Visibility),
  availability: Type.Optional(Availability),
  /** Setting it, also to the same, confirms it for another 30 days. */
  open_to: Type.Optional(Type.Array(OpenTo, { maxItems: 6, uniqueItems: true })),
};

export const ProfileCreate = Shape({ ...Names, year: Year, ...details });
export type ProfileCreate = Static<typeof ProfileCreate>;
export const ProfileUpdate = Shape({
  ...Type.Partial(ProfileCreate).properties,
  /** The `updated_at` of the profile that was read; 412 when it was changed since. Without it the last change wins. */
  follows: Type.Optional(Instant),
});
export type ProfileUpdate = Static<typeof ProfileUpdate>;

export const routes = defineRoutes({
  'GET /users/me/profile': { summary: 'My profile', access: 'member', response: Profile },
  'POST /users/me/profile': {
    summary: 'Fill my profile for the first time',
    access: 'member',
    body: ProfileCreate,
    response: Profile,
    status: 201,
  },
  'PUT /users/me/profile': {
    summary: 'Change my profile; `follows` guards against overwriting',
    access: 'member',
    body: ProfileUpdate,
    response: Profile,
  },
  'GET /users/me/profile/seen-as/{viewer}': {
    summary: 'My profile as others see it: not signed in, of another college, of mine, or proven to be of mine',
    access: 'member',
    params: Shape({ viewer: Onlooker }),
    response: Shape({ visible: Type.Boolean(), profile: Nullable(Profile) }),
  },
  'GET /users/{id}/profile': {
    summary: "A member's profile",
    access: 'public',
    limit: 'person',
    params: IdParams,
    response: Profile,
    keeps: { seconds: 1800, tags: ['profile/{id}'] },
  },
  'GET /users/{id}/overlap': {
    summary: 'Weekly hours when we are both free, in my zone',
    access: 'member',
    params: IdParams,
    response: Shape({
      /** Null when either side has not said when they are free. */
      hours: Nullable(Type.Number()),
      zone: Nullable(Type.String()),
      mine: Type.Array(WeeklyStretch),
      theirs: Type.Array(WeeklyStretch),
      shared: Type.Array(WeeklyStretch),
    }),
  },
  'GET /profiles': {
    summary: 'Profiles that I may see',
    access: 'public',
    limit: 'people',
    query: Shape({
      ...Paging,
      college: Type.Optional(text(120)),
      major: Type.Optional(text(120)),
      year: Type.Optional(Type.Integer({ minimum: 0, maximum: 2100 })),
      skill: Type.Optional(text(60)),
      min_level: Type.Optional(SkillLevel),
    }),
    response: Page(Profile),
    keeps: { seconds: 300, tags: ['profiles'] },
    ignoresUnknownQuery: true,
  },
  'GET /profiles/{id}': {
    summary: 'A profile by its own id',
    access: 'public',
    limit: 'person',
    params: IdParams,
    response: Profile,
    keeps: { seconds: 1800, tags: ['profiles'] },
  },
  'GET /profiles/search/{query}': {
    summary: 'Profiles whose name, skills, college or bio match',
    access: 'public',
    limit: 'people',
    params: Shape({ query: text(200, 1) }),
    query: Shape({ limit: Paging.limit }),
    response: Type.Array(Profile),
    keeps: { seconds: 300, tags: ['profiles'] },
    ignoresUnknownQuery: true,
  },
  'GET /profiles/skills/popular': {
    summary: 'Skills by how many people have them',
    access: 'public',
    query: Shape({ limit: Paging.limit }),
    response: Type.Array(SkillCount),
    keeps: { seconds: 600, tags: ['profiles'] },
  },
  'GET /profiles/colleges': {
    summary: 'Colleges',
    access: 'public',
    response: Type.Array(Type.String()),
    keeps: { seconds: 600, tags: ['profiles'] },
  },
  'GET /profiles/majors': {
    summary: 'Majors',
    access: 'public',
    response: Type.Array(Type.String()),
    keeps: { seconds: 600, tags: ['profiles'] },
  },
  'GET /skills': {
    summary: 'Skills by the beginning of a name or synonym',
    access: 'public',
    query: Shape({ q: Type.Optional(text(60)), limit: Paging.limit }),
    response: Shape({ items: Type.Array(Skill) }),
  },
  'GET /admin/skills': {
    summary: 'The vocabulary in the order of names; `q` is any part of a name or synonym',
    access: 'admin',
    query: Shape({ ...Paging, q: Type.Optional(text(60)), is_curated: Type.Optional(Type.Boolean()) }),
    response: Page(VocabularySkill),
  },
  'POST /admin/skills': {
    summary: 'Add a skill to the vocabulary',
    access: 'admin',
    body: SkillCreate,
    response: VocabularySkill,
    status: 201,
  },
  'PUT /admin/skills/{id}': {
    summary: 'Rename a skill or change its synonyms; its former name becomes one',
    access: 'admin',
    params: IdParams,
    body: SkillUpdate,
    response: VocabularySkill,
  },
  'POST /admin/skills/{id}/merge': {
    summary: 'Make a skill one with another, which keeps its name; people keep the higher level',
    access: 'admin',
    params: IdParams,
    body: Shape({ into_id: Id }),
    response: VocabularySkill,
  },
});

/** A profile as a match sees it: what counts, and nothing protected. */
export const Candidate = Shape({
  person: PersonCard,
  visibility: Visibility,
  major: Type.String(),
  year: Type.Integer(),
  bio: Nullable(Type.String()),
  skills: Type.Array(ProfileSkill),
  availability: Availability,
  open_to: Type.Array(OpenTo),
  open_to_until: Nullable(Instant),
  is_listed: Type.Boolean({ description: 'Active, filled in and not private.' }),
  version: Type.Integer({ description: 'Grows with every change; an older one never replaces a newer one.' }),
  profile: Profile,
});
export type Candidate = Static<typeof Candidate>;

export const calls = defineCalls({
  /** Erases what is theirs and makes a former member of who took part in what is others', too. */
  'profiles.eraseMember': { input: Shape({ user_id: Id }), output: Shape({}) },
  /** Cards in any order; people without an account are left out. */
  'profiles.getCards': {
    input: Shape({ user_ids: Type.Array(Id, { maxItems: 500 }) }),
    output: Type.Array(PersonCard),
  },
  /** Canonical skills for names as people write them, in their order; unknown names become new skills, 422 without a letter. */
  'profiles.resolveSkills': {
    input: Shape({ names: Type.Array(text(60, 1), { maxItems: 100 }) }),
    output: Type.Array(Skill),
  },
  /** Canonical skills for names, in their order; null for a name that there is none of. Makes none. */
  'profiles.findSkills': {
    input: Shape({ names: Type.Array(text(200), { maxItems: 100 }) }),
    output: Type.Array(Nullable(Skill)),
  },
  /** What this id stands for now: the skill itself, or the one that it was merged into; null when there never was one. */
  'profiles.getSkill': { input: Shape({ skill_id: Id }), output: Nullable(Skill) },
  /** Those of these people whose profile is private, in any order. */
  'profiles.findPrivate': {
    input: Shape({ user_ids: Type.Array(Id, { maxItems: 500 }) }),
    output: Type.Array(Id),
  },
  /** Members with this text, of three letters or more, in their name, whoever may see it: up to 200, newest first. For admins alone. */
  'profiles.findByName': { input: Shape({ text: text(100, 3) }), output: Type.Array(Id) },
  'profiles.getCandidate': { input: Shape({ user_id: Id }), output: Nullable(Candidate) },
  /** All candidates by rising user id, for rebuilding an index. */
  'profiles.listCandidates': {
    input: Shape({ after_user_id: Type.Integer({ minimum: 0 }), limit: Type.Integer({ minimum: 1, maximum: 500 }) }),
    output: Type.Array(Candidate),
  },
});

export const events = defineEvents({
  /** Anything that a card or a search document shows. `listed` false: take them out of lists. */
  'profile.changed': {
    payload: Shape({ user_id: Id, card: PersonCard, listed: Type.Boolean(), version: Type.Integer() }),
    entity: 'profile',
    key: 'user_id',
  },
  /** A skill was renamed or merged into another: `profiles.getSkill` says what its id stands for now. */
  'skill.changed': { payload: Shape({ skill_id: Id }), entity: 'skill', key: 'skill_id' },
});

export const jobs = defineJobs({
  /** Ends "open to" that nobody confirmed for 30 days. */
  'profiles.lapse_open_to': { input: Shape({}), retryLimit: 2, expireInSeconds: 300 },
  /** Brings profiles with a skill that was renamed or merged in line, some at a time, each time asking for the rest. */
  'profiles.follow_skill': {
    input: Shape({ skill_id: Id, after_user_id: Type.Integer({ minimum: 0 }) }),
    retryLimit: 8,
    expireInSeconds: 60,
  },
});
