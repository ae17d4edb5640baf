import type { Match } from '@collabthon/contracts/discovery';
import type { Profile } from '@collabthon/contracts/profiles';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MatchPerson, type MatchProject, matchPeople, matchProject, roundToSum, weights } from './match.ts';
import { personOfProfile } from './recommend.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const instant = fc.integer({ min: 0, max: 400 }).map((days) => new Date(NOW - days * 86_400_000).toISOString());
const skillIds = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 15 });
const level = fc.integer({ min: 1, max: 4 });
const college = fc.option(fc.constantFrom('Northfield', 'northfield ', 'Lakeside'));
const openTo = fc.uniqueArray(fc.constantFrom('projects', 'paid_work', 'research', 'friends'));

const person: fc.Arbitrary<MatchPerson> = fc.record({
  skills: skillIds.chain((ids) => fc.tuple(...ids.map((id) => level.map((at) => ({ id, name: `s${id}`, level: at }))))),
  hours: fc.option(fc.integer({ min: 0, max: 80 })),
  open_to: openTo,
  college,
  updated_at: instant,
});
const project: fc.Arbitrary<MatchProject> = fc.record({
  skills: skillIds.chain((ids) =>
    fc.tuple(...ids.map((id) => fc.option(level).map((at) => ({ id, name: `s${id}`, level: at })))),
  ),
  hours: fc.option(fc.integer({ min: 1, max: 80 })),
  is_paid: fc.boolean(),
  college,
  updated_at: instant,
});

const pointsOf = (match: Match, name: string) => match.factors.find(({ factor }) => factor === name)?.points ?? null;

/** What must hold for any match. */
function expectSound({ score, factors }: Match) {
  const known = factors.filter(({ points }) => points !== null);
  if (score === null) {
    expect(known).toEqual([]);
    return;
  }
  expect(score).toBeGreaterThanOrEqual(0);
  expect(score).toBeLessThanOrEqual(100);
  expect(known.reduce((total, { points }) => total + (points ?? 0), 0)).toBe(score);
  expect(known.reduce((total, { max }) => total + max, 0)).toBe(100);
  for (const { points, max } of known) {
    expect(Number.isInteger(points)).toBe(true);
    expect(points).toBeGreaterThanOrEqual(0);
    expect(points).toBeLessThanOrEqual(max);
  }
}

describe('a match', () => {
  it('has points that sum to its score, between 0 and 100', () => {
    fc.assert(
      fc.property(person, project, (who, what) => expectSound(matchProject(who, what, what.updated_at, NOW))),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(person, person, (who, other) => expectSound(matchPeople(who, other, NOW))),
      { numRuns: 2000 },
    );
  });

  it('never loses skill points when the person learns a required skill', () => {
    fc.assert(
      fc.property(person, project, fc.nat(), (who, what, choice) => {
        const missing = what.skills.filter(({ id }) => !who.skills.some((skill) => skill.id === id));
        const learnt = missing[choice % Math.max(1, missing.length)];
        fc.pre(learnt !== undefined && who.skills.length > 0);
        const after = { ...who, skills: [...who.skills, { ...learnt, level: 2 }] };
        const before = pointsOf(matchProject(who, what, what.updated_at, NOW), 'skills');
        expect(pointsOf(matchProject(after, what, what.updated_at, NOW), 'skills')).toBeGreaterThanOrEqual(before ?? 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('never counts what is unknown as agreement', () => {
    fc.assert(
      fc.property(person, project, (who, what) => {
        const blank = { ...who, hours: null, open_to: [], college: null };
        const match = matchProject(blank, what, what.updated_at, NOW);
        for (const factor of ['availability', 'interest', 'college']) expect(pointsOf(match, factor)).toBeNull();
        // Whoever fits less in what is known does not gain by saying less.
        if (match.score !== null && match.score < 100) {
          expect(match.factors.some(({ points, max }) => points !== null && points < max)).toBe(true);
        }
      }),
    );
  });

  it('is not scored without skills on either side', () => {
    const nothing: MatchPerson = {
      skills: [],
      hours: 10,
      open_to: ['projects'],
      college: 'Northfield',
      updated_at: new Date(NOW).toISOString(),
    };
    const needs: MatchProject = {
      skills: [{ id: 1, name: 'Go', level: 2 }],
      hours: 10,
      is_paid: false,
      college: 'Northfield',
      updated_at: nothing.updated_at,
    };
    expect(matchProject(nothing, needs, needs.updated_at, NOW).score).toBeNull();
    expect(
      matchProject(
        { ...nothing, skills: [{ id: 1, name: 'Go', level: 2 }] },
        { ...needs, skills: [] },
        needs.updated_at,
        NOW,
      ).score,
    ).toBeNull();
    expect(
      matchProject({ ...nothing, skills: [{ id: 1, name: 'Go', level: 2 }] }, needs, needs.updated_at, NOW).score,
    ).toBe(100);
  });

  it('spreads the weight of what is unknown over what is known', () => {
    const who: MatchPerson = {
      skills: [{ id: 1, name: 'Go', level: 2 }],
      hours: null,
      open_to: [],
      college: null,
      updated_at: new Date(NOW).toISOString(),
    };
    const what: MatchProject = {
      skills: [
        { id: 1, name: 'Go', level: null },
        { id: 2, name: 'C', level: null },
      ],
      hours: null,
      is_paid: false,
      college: null,
      updated_at: who.updated_at,
    };
    const match = matchProject(who, what, what.updated_at, NOW);
    expect(match.factors.map(({ factor, points, max }) => [factor, points, max])).toEqual([
      ['skills', 40, 80],
      ['level', null, weights.level],
      ['availability', null, weights.availability],
      ['interest', null, weights.interest],
      ['college', null, weights.college],
      ['activity', 20, 20],
    ]);
    expect(match.score).toBe(60);
    expect(match.factors[0]?.facts).toEqual({ matched: ['Go'], missing: ['C'] });
  });
});

describe('rounding', () => {
  it('keeps the sum, and every part within one', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 8 }), (values) => {
        const rounded = roundToSum(values);
        const sum = values.reduce((total, value) => total + value, 0);
        expect(Math.abs(rounded.reduce((total, value) => total + value, 0) - sum)).toBeLessThanOrEqual(0.5 + 1e-6);
        for (const [index, value] of values.entries())
          expect(Math.abs((rounded[index] ?? 0) - value)).toBeLessThan(1 + 1e-6);
      }),
    );
  });
});

describe('what a match may see of a person', () => {
  const base: Profile = {
    id: 1,
    user_id: 1,
    username: 'ada',
    first_name: 'Ada',
    last_name: 'Byron',
    college: 'Northfield',
    major: 'Mathematics',
    year: 2,
    bio: 'She writes programs.',
    skills: ['Go'],
    skill_levels: [{ skill_id: 1, name: 'Go', level: 3, years: 2, evidence_url: null }],
    experience: null,
    github_url: null,
    linkedin_url: null,
    portfolio_url: null,
    avatar_url: null,
    is_public: true,
    visibility: 'public',
    availability: { hours_per_week: 10, zone: 'Asia/Kolkata', slots: [] },
    open_to: ['projects'],
    open_to_until: null,
    missing: [],
    is_verified_student: false,
    is_demo: false,
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-11-20T00:00:00.000Z',
  };

  it('does not change with name, picture, pronouns, year, zone, links, badge or account', () => {
    const name = fc.constantFrom('Ada', 'Mohammed', 'अदिति', 'Nguyễn', 'José', 'Ольга', 'Shaniqua', 'Wei', '');
    const irrelevant = fc.record({
      username: fc.string(),
      first_name: name,
      last_name: name,
      year: fc.constantFrom(1, 4, 1950, 2030),
      major: fc.string(),
      bio: fc.option(
        fc.constantFrom(
          'He likes rust.',
          'She likes rust.',
          'They like rust.',
          'Father of two, born 1970, from Lagos.',
        ),
      ),
      experience: fc.option(fc.string()),
      avatar_url: fc.option(fc.webUrl()),
      github_url: fc.option(fc.webUrl()),
      linkedin_url: fc.option(fc.webUrl()),
      portfolio_url: fc.option(fc.webUrl()),
      is_verified_student: fc.boolean(),
      is_demo: fc.boolean(),
      id: fc.integer({ min: 1 }),
      user_id: fc.integer({ min: 1 }),
      created_at: instant,
    });
    fc.assert(
      fc.property(
        irrelevant,
        project,
        fc.constantFrom('UTC', 'Africa/Lagos', 'America/New_York'),
        (other, what, zone) => {
          const changed: Profile = { ...base, ...other, availability: { ...base.availability, zone } };
          const score = (profile: Profile) => matchProject(personOfProfile(profile), what, what.updated_at, NOW);
          expect(score(changed)).toEqual(score(base));
          const me = personOfProfile(base);
          expect(matchPeople(me, personOfProfile(changed), NOW)).toEqual(matchPeople(me, me, NOW));
        },
      ),
      { numRuns: 500 },
    );
  });
});
