import type { SkillUpdate } from '@collabthon/contracts/profiles';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';
import { adaProfile, student } from './test-students.ts';

let app: TestApp;
let admin: TestMember;
beforeAll(async () => {
  app = await startTestApp();
  admin = await app.member({ role: 'admin' });
});
afterAll(() => app.close());

const add = (name: string, synonyms?: string[]) =>
  app.request('POST /admin/skills', { as: admin, body: { name, ...(synonyms && { synonyms }) } });
const edit = (id: number, body: SkillUpdate) =>
  app.request('PUT /admin/skills/{id}', { as: admin, params: { id }, body });
const merge = (id: number, into_id: number) =>
  app.request('POST /admin/skills/{id}/merge', { as: admin, params: { id }, body: { into_id } });
const list = async (query: { q?: string; limit?: number; cursor?: string; is_curated?: boolean }) =>
  (await app.request('GET /admin/skills', { as: admin, query })).body;
const namesOf = (skills: ({ name: string } | null)[]) => skills.map((skill) => skill?.name ?? null);
const find = async (...names: string[]) => namesOf(await app.platform.calls('profiles.findSkills', { names }));
const idOf = async (name: string) =>
  (await app.platform.calls('profiles.resolveSkills', { names: [name] }))[0]?.id ?? 0;
const audited = async () => {
  const { body } = await app.request('GET /admin/audit', { as: admin, query: { limit: 1 } });
  return body.items[0];
};

describe('the list', () => {
  test('finds any part of a name or synonym, in the order of names, with who has it and whose it is', async () => {
    await student(app, { ...adaProfile, skills: ['Underwater basketry', 'K8s'] });
    await student(app, { ...adaProfile, skills: ['Kubernetes'], visibility: 'private' });
    const basketry = (await list({ q: 'Water-Bask' })).items;
    expect(basketry).toEqual([
      { id: expect.any(Number), name: 'Underwater basketry', synonyms: [], is_curated: false, people: 1 },
    ]);
    expect((await list({ q: '8s' })).items).toMatchObject([{ name: 'Kubernetes', is_curated: true, people: 2 }]);
    expect((await list({ q: '%' })).total).toBe(0);
    expect((await list({ q: '!!' })).items).toEqual([]);
    const proposed = await list({ is_curated: false });
    expect(namesOf(proposed.items)).toEqual(['Underwater basketry']);
    expect(proposed.total).toBe(1);
  });

  test('goes on by cursor, each skill once', async () => {
    const all = (await list({ q: 'java', limit: 100 })).items;
    expect(namesOf(all)).toEqual(['Java', 'JavaScript']);
    const first = await list({ q: 'java', limit: 1 });
    expect(namesOf(first.items)).toEqual(['Java']);
    const second = await list({ q: 'java', limit: 1, cursor: first.next_cursor ?? '' });
    expect(namesOf(second.items)).toEqual(['JavaScript']);
    expect(second.next_cursor).toBeNull();
  });
});

describe('adding', () => {
  test('makes a skill whose every name leads to it, and is audited', async () => {
    const added = await add(' Felt   making ', ['Felting', 'felt-making', 'Wool  felt']);
    expect(added.status).toBe(201);
    expect(added.body).toEqual({
      id: expect.any(Number),
      name: 'Felt making',
      synonyms: ['Felting', 'Wool felt'],
      is_curated: true,
      people: 0,
    });
    expect(await find('FELTING', 'wool-felt', 'feltmaking')).toEqual(['Felt making', 'Felt making', 'Felt making']);
    await app.settled();
    expect(await audited()).toMatchObject({
      actor_id: admin.id,
      action: 'skill.added',
      target: `skill/${added.body.id}`,
      detail: { name: 'Felt making' },
    });
  });

  test('of a name that leads somewhere already is 409 and says where; nothing of it stays', async () => {
    for (const [name, synonyms, taken, skill] of [
      ['python', [], 'python', 'Python'],
      ['K8S', [], 'K8S', 'Kubernetes'],
      ['Glass blowing', ['Glassblowing arts', 'js'], 'js', 'JavaScript'],
    ] as const) {
      const answer = await add(name, [...synonyms]);
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({ code: 'skill_name_taken', params: { name: taken, skill } });
      expect((answer.body as unknown as { detail: string }).detail).toContain(skill);
    }
    expect(await find('Glass blowing', 'Glassblowing arts')).toEqual([null, null]);
  });

  test('needs letters or digits in every name', async () => {
    const answer = await add('!!', ['fine', '??']);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ path: '/name' }, { path: '/synonyms/1' }] });
  });

  test('at once by many admins and members makes one skill', async () => {
    const name = 'Origami';
    const writers = Array.from({ length: 10 }, (_, at) =>
      at % 2
        ? add(name, [`${name} ${at}`])
        : app.platform.calls('profiles.resolveSkills', { names: [name, `${name} 1`] }),
    );
    for (const answer of await Promise.all(writers)) {
      if ('status' in answer) expect([201, 409]).toContain(answer.status);
      else expect(answer).toHaveLength(2);
    }
    const { rows } = await app.db.execute(sql`
      SELECT key FROM profiles.skills WHERE key LIKE 'origami%' INTERSECT SELECT key FROM profiles.skill_synonyms`);
    expect(rows).toEqual([]);
    expect(await find(name)).toEqual([name]);
  });
});

describe('changing', () => {
  test('a name keeps the id, makes the former one a synonym, and reaches profiles, projects and search', async () => {
    const [weaver, owner] = [
      await student(app, { ...adaProfile, skills: ['Loom weaving', 'C'] }),
      await student(app, adaProfile),
    ];
    const { body: project } = await app.request('POST /projects', {
      as: owner,
      body: {
        title: 'Cloth',
        description: 'Cloth.',
        required_skills: ['Loom weaving'],
        roles: [{ name: 'One', skill: 'loom-weaving' }],
      },
    });
    await app.settled();
    const id = await idOf('Loom weaving');
    const { body: before } = await app.request('GET /users/me/profile', { as: weaver });

    const renamed = await edit(id, { name: 'Handweaving' });
    expect(renamed.status).toBe(200);
    expect(renamed.body).toMatchObject({
      id,
      name: 'Handweaving',
      synonyms: ['Loom weaving'],
      is_curated: true,
      people: 1,
    });
    expect(await find('loom weaving', 'Handweaving')).toEqual(['Handweaving', 'Handweaving']);
    await app.settled();

    const { body: after } = await app.request('GET /users/me/profile', { as: weaver });
    expect(after).toEqual({
      ...before,
      skills: ['Handweaving', 'C'],
      skill_levels: before.skill_levels.map((skill) =>
        skill.skill_id === id ? { ...skill, name: 'Handweaving' } : skill,
      ),
    });
    const { body: shown } = await app.request('GET /projects/{id}', { params: { id: project.id } });
    expect(shown.required_skills).toEqual(['Handweaving']);
    expect(shown.roles[0]?.skill).toEqual({ id, name: 'Handweaving' });
    expect(shown).toMatchObject({ version: project.version, updated_at: project.updated_at });
    for (const path of ['projects', 'profiles'] as const) {
      const { body } = await app.request(`GET /search-advanced/${path}`, { query: { q: 'handweaving' } });
      expect(body.total, path).toBe(1);
      expect(body.facets.skills).toContainEqual({ value: 'Handweaving', count: 1 });
    }
    expect(await audited()).toMatchObject({
      action: 'skill.changed',
      target: `skill/${id}`,
      detail: { from: { name: 'Loom weaving', synonyms: [] }, to: { name: 'Handweaving', synonyms: ['Loom weaving'] } },
    });
  });

  test('back and forth exchanges name and synonym; another spelling of the name is no synonym', async () => {
    const { body: skill } = await add('Candle making', ['Chandlery']);
    expect((await edit(skill.id, { name: 'Chandlery' })).body.synonyms).toEqual(['Candle making']);
    expect((await edit(skill.id, { name: 'Candle making' })).body.synonyms).toEqual(['Chandlery']);
    const { body } = await edit(skill.id, { name: 'Candle-Making' });
    expect(body).toMatchObject({ name: 'Candle-Making', synonyms: ['Chandlery'] });
  });

  test('synonyms replaces them; what is no synonym any more is free again', async () => {
    const { body: skill } = await add('Juggling', ['Clubs', 'Balls']);
    expect((await edit(skill.id, { synonyms: ['Balls', 'Rings'] })).body.synonyms).toEqual(['Balls', 'Rings']);
    expect(await find('Clubs', 'rings')).toEqual([null, 'Juggling']);
    expect((await edit(skill.id, {})).body.synonyms).toEqual(['Balls', 'Rings']);
    const taken = await edit(skill.id, { synonyms: ['Balls', 'py'] });
    expect(taken.status).toBe(409);
    expect(taken.body).toMatchObject({ code: 'skill_name_taken', params: { name: 'py', skill: 'Python' } });
    expect(await find('rings')).toEqual(['Juggling']);
    expect((await edit(2 ** 53 - 1, { name: 'Nothing' })).status).toBe(404);
  });

  test('of many profiles goes on until all have followed, each once', async () => {
    const id = await idOf('Whittling');
    const people = 201;
    await app.db.execute(sql`
      WITH made AS (
        INSERT INTO profiles.profiles (user_id, username, is_active, is_demo, member_version, skill_ids, skill_names)
        SELECT 1000000 + n, 'whittler_' || n, true, false, 0, ARRAY[${id}]::bigint[], 'Whittling'
        FROM generate_series(1, ${people}) n RETURNING user_id)
      INSERT INTO profiles.profile_skills (user_id, skill_id, position, level) SELECT user_id, ${id}, 0, 2 FROM made`);
    await edit(id, { name: 'Woodcarving' });
    await app.settled();
    const { rows } = await app.db.execute(sql`
      SELECT skill_names, version, count(*) FROM profiles.profiles WHERE skill_ids @> ARRAY[${id}]::bigint[] GROUP BY 1, 2`);
    expect(rows).toEqual([{ skill_names: 'Woodcarving', version: 2, count: people }]);
    expect((await list({ q: 'woodcarving' })).items[0]?.people).toBe(people);
  });
});

describe('merging', () => {
  test('gives people one skill at the higher level, and all names lead to the one that stays', async () => {
    const evidence = 'https://example.org/knit';
    const both = await student(app, {
      ...adaProfile,
      skills: [
        { name: 'Knitwork', level: 4, years: 1, evidence_url: evidence },
        'C',
        { name: 'Knitting', level: 2, years: 3 },
      ],
    });
    const one = await student(app, { ...adaProfile, skills: ['Go', { name: 'Knitwork', level: 3 }] });
    const { body: project } = await app.request('POST /projects', {
      as: one,
      body: {
        title: 'Scarf',
        description: 'Long.',
        required_skills: ['Knitting', 'Knitwork', 'C'],
        roles: [{ name: 'One', skill: 'Knitwork', level: 2 }],
      },
    });
    await app.settled();
    const [from, into] = [await idOf('Knitwork'), await idOf('Knitting')];
    await edit(from, { synonyms: ['Purling'] });

    const merged = await merge(from, into);
    expect(merged.status).toBe(200);
    expect(merged.body).toMatchObject({ id: into, name: 'Knitting', synonyms: ['Knitwork', 'Purling'] });
    expect(await find('knitwork', 'purling', 'knitting')).toEqual(['Knitting', 'Knitting', 'Knitting']);
    expect(await app.platform.calls('profiles.getSkill', { skill_id: from })).toEqual({ id: into, name: 'Knitting' });
    await app.settled();

    const skillsOf = async (as: TestMember) =>
      (await app.request('GET /users/me/profile', { as })).body.skill_levels.map(
        ({ skill_id, name, level, years, evidence_url }) => [skill_id, name, level, years, evidence_url],
      );
    const c = await idOf('C');
    expect(await skillsOf(both)).toEqual([
      [into, 'Knitting', 4, 3, evidence],
      [c, 'C', 2, null, null],
    ]);
    expect((await skillsOf(one))[1]).toEqual([into, 'Knitting', 3, null, null]);
    expect((await list({ q: 'knit' })).items).toMatchObject([{ id: into, people: 2 }]);

    const { body: shown } = await app.request('GET /projects/{id}', { params: { id: project.id } });
    expect(shown.required_skills).toEqual(['Knitting', 'C']);
    expect(shown.roles[0]).toMatchObject({ skill: { id: into, name: 'Knitting' }, level: 2 });
    const { body: match } = await app.request('GET /projects/{id}/match', { as: both, params: { id: project.id } });
    expect(match.roles).toMatchObject([{ fits: true, my_level: 4 }]);
    for (const path of ['projects', 'profiles'] as const) {
      const { body } = await app.request(`GET /search-advanced/${path}`, { query: { skills: 'knitwork' } });
      expect(body.total, path).toBe(path === 'projects' ? 1 : 2);
    }
    expect(await audited()).toMatchObject({
      action: 'skill.merged',
      target: `skill/${from}`,
      detail: { name: 'Knitwork', into_id: into, into: 'Knitting' },
    });
  });

  test('again changes nothing; the merged one points on to the last', async () => {
    const [a, b, c] = [await idOf('Skating'), await idOf('Ice skating'), await idOf('Figure skating')];
    await merge(a, b);
    await app.settled();
    const entries = async () => (await app.request('GET /admin/audit', { as: admin })).body.total;
    const before = await entries();
    expect((await merge(a, b)).body.id).toBe(b);
    await app.settled();
    expect(await entries()).toBe(before);

    await merge(b, c);
    expect((await merge(a, b)).body).toMatchObject({ id: c, synonyms: ['Ice skating', 'Skating'] });
    expect(await app.platform.calls('profiles.getSkill', { skill_id: a })).toMatchObject({ id: c });

    const other = await idOf('Curling');
    const elsewhere = await merge(a, other);
    expect(elsewhere.status).toBe(409);
    expect(elsewhere.body).toMatchObject({ code: 'skill_merged', params: { skill: 'Figure skating' } });
    expect((await edit(a, { name: 'Sliding' })).status).toBe(409);
    expect((await list({ q: 'skating' })).items.map(({ id }) => id)).toEqual([c]);
  });

  test('with itself is 422, with nothing 404', async () => {
    const [a, b] = [await idOf('Rowing'), await idOf('Sculling')];
    expect((await merge(a, a)).body).toMatchObject({
      status: 422,
      errors: [{ path: '/into_id', code: 'into_itself' }],
    });
    await merge(b, a);
    expect((await merge(a, b)).body).toMatchObject({ status: 422, errors: [{ path: '/into_id' }] });
    expect((await merge(a, 2 ** 53 - 1)).status).toBe(404);
    expect((await merge(2 ** 53 - 1, a)).status).toBe(404);
  });

  test('beside people who save the skill leaves nobody with the one that is gone', async () => {
    const [from, into] = [await idOf('Sewing by hand'), await idOf('Sewing')];
    const people = await Promise.all(Array.from({ length: 8 }, () => student(app, adaProfile)));
    const save = (as: TestMember) =>
      app.request('PUT /users/me/profile', {
        as,
        body: {
          skills: [
            { name: 'Sewing by hand', level: 3 },
            { name: 'Sewing', level: 1 },
          ],
        },
      });
    const answers = await Promise.all([
      ...people.slice(0, 4).map(save),
      merge(from, into),
      ...people.slice(4).map(save),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    await app.settled();
    for (const as of people) {
      const { body } = await app.request('GET /users/me/profile', { as });
      expect(body.skill_levels).toMatchObject([{ skill_id: into, name: 'Sewing', level: 3 }]);
      expect(body.skills).toEqual(['Sewing']);
    }
    const { rows } = await app.db.execute(sql`
      SELECT FROM profiles.profiles WHERE skill_ids @> ARRAY[${from}]::bigint[] OR skill_names LIKE '%by hand%'`);
    expect(rows).toEqual([]);
  });
});

test('the database itself keeps a name from being a skill and a synonym', async () => {
  const refused = { cause: { code: '23505' } };
  await expect(
    app.db.execute(sql`
      INSERT INTO profiles.skill_synonyms (key, name, skill_id) SELECT 'python', 'Python', id FROM profiles.skills LIMIT 1`),
  ).rejects.toMatchObject(refused);
  await expect(app.db.execute(sql`UPDATE profiles.skills SET key = 'k8s' WHERE key = 'docker'`)).rejects.toMatchObject(
    refused,
  );
  const added = await app.db.execute(sql`INSERT INTO profiles.skills (name, key) VALUES ('k8s', 'k8s')`);
  expect(added.rowCount).toBe(0);
});
