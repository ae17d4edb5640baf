import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../platform/testing/test-app.ts';
import { mergeMentions, skillKey, skillName } from './skills.ts';
import { adaProfile, student } from './test-students.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const resolve = async (...names: string[]) => {
  const skills = await app.platform.calls('profiles.resolveSkills', { names });
  return skills.map((skill) => skill.name);
};
const anyText = fc.string({ unit: 'binary', maxLength: 60 });

describe('keys', () => {
  test('case, width, spaces, dashes and slashes do not count', () => {
    for (const name of [
      'Machine Learning',
      'machine-learning',
      ' MACHINE  LEARNING ',
      'Ｍachine_Learning',
      'machine/learning',
    ]) {
      expect(skillKey(name)).toBe('machinelearning');
    }
  });

  test('+, # and inner dots do', () => {
    const apart = ['C', 'C++', 'C#', 'CSS', '.NET', 'net', 'Node.js', 'nodejs', 'F', 'F#'];
    expect(new Set(apart.map(skillKey)).size).toBe(apart.length);
  });

  test('a name without letter or digit has none', () => {
    for (const name of ['', ' ', '+', '#', '...', '🎸', '\u200b', '!?']) expect(skillKey(name)).toBeNull();
  });

  test('a key is its own key, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const key = skillKey(text);
        if (key !== null) expect(skillKey(key)).toBe(key);
      }),
      { numRuns: 2000 },
    );
  });

  test('a name for display has the same key, and is its own name', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const name = skillName(text);
        expect(skillName(name)).toBe(name);
        expect(skillKey(name)).toBe(skillKey(text));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('mentions', () => {
  test('of one skill are one, at the higher level, where it was first', () => {
    const merged = mergeMentions([
      { skill_id: 1, level: 2 },
      { skill_id: 2 },
      { skill_id: 1, level: 4, years: 3 },
      { skill_id: 1, level: 1 },
    ]);
    expect(merged).toEqual([{ skill_id: 1, level: 4, years: 3 }, { skill_id: 2 }]);
  });
});

describe('the vocabulary', () => {
  test('has the keys that the names have, and no synonym that is a skill', async () => {
    const { rows: skills } = await app.db.execute<{ name: string; key: string }>(
      sql`SELECT name, key FROM profiles.skills WHERE is_curated`,
    );
    expect(skills.length).toBeGreaterThan(250);
    for (const { name, key } of skills) expect(skillKey(name)).toBe(key);
    const { rows: synonyms } = await app.db.execute<{ key: string }>(sql`SELECT key FROM profiles.skill_synonyms`);
    const keys = new Set(skills.map((skill) => skill.key));
    for (const { key } of synonyms) {
      expect(skillKey(key)).toBe(key);
      expect(keys.has(key)).toBe(false);
    }
  });

  test('synonyms lead to the canonical skill, which leads to itself', async () => {
    expect(
      await resolve(
        'JS',
        'ts',
        'K8s',
        'postgres',
        'golang',
        'c plus plus',
        'CPP',
        'c sharp',
        'ReactJS',
        'react.js',
        'node',
        'ml',
        'React Native',
      ),
    ).toEqual([
      'JavaScript',
      'TypeScript',
      'Kubernetes',
      'PostgreSQL',
      'Go',
      'C++',
      'C++',
      'C#',
      'React',
      'React',
      'Node.js',
      'Machine Learning',
      'React Native',
    ]);
    const { rows } = await app.db.execute<{ key: string; name: string }>(sql`
      SELECT y.key, s.name FROM profiles.skill_synonyms y JOIN profiles.skills s ON s.id = y.skill_id`);
    for (let from = 0; from < rows.length; from += 100) {
      const part = rows.slice(from, from + 100);
      const names = part.map((row) => row.name);
      expect(await resolve(...part.map((row) => row.key))).toEqual(names);
      expect(await resolve(...names)).toEqual(names);
    }
  });

  test('C is neither C++, C# nor CSS, however it is written', async () => {
    expect(await resolve('C', ' c ', 'Ｃ', 'c.', 'C++', 'C#', 'CSS', '.NET', 'Node.js')).toEqual([
      'C',
      'C',
      'C',
      'C',
      'C++',
      'C#',
      'CSS',
      '.NET',
      'Node.js',
    ]);
  });

  test('an unknown name becomes one skill, tidied, also when many add it at once', async () => {
    const writers = Array.from({ length: 12 }, (_, at) =>
      at % 2 ? resolve('  Under\u200bwater   Basketry ', 'Yodelling') : resolve('yodelling', 'underwater-basketry'),
    );
    for (const names of await Promise.all(writers)) expect(names).toHaveLength(2);
    const { rows } = await app.db.execute(sql`
      SELECT count(*) AS count FROM profiles.skills WHERE key IN ('underwaterbasketry', 'yodelling')`);
    expect(rows).toEqual([{ count: 2 }]);
    expect((await resolve('UNDERWATER BASKETRY'))[0]?.toLowerCase()).toMatch(/^underwater[ -]basketry$/);
  });

  test('looking for skills makes none', async () => {
    const found = await app.platform.calls('profiles.findSkills', { names: ['js', 'no such skill', '!!', 'C'] });
    expect(found.map((skill) => skill?.name)).toEqual(['JavaScript', undefined, undefined, 'C']);
    expect(await app.platform.calls('profiles.findSkills', { names: ['no such skill'] })).toEqual([null]);
  });

  test('a beginning finds skills and synonyms, the exact one first', async () => {
    const suggest = async (q: string) => {
      const { body } = await app.request('GET /skills', { query: { q, limit: 5 } });
      return body.items.map((skill) => skill.name);
    };
    expect((await suggest('c'))[0]).toBe('C');
    expect((await suggest('pyt'))[0]).toBe('Python');
    expect((await suggest('k8'))[0]).toBe('Kubernetes');
    expect(await suggest('%')).toEqual([]);
    expect(await suggest('_')).toEqual([]);
    expect((await app.request('GET /skills')).body.items).toHaveLength(20);
  });
});

describe('on a profile', () => {
  test('a name is level 2, an object says more, synonyms merge', async () => {
    const ada = await student(app);
    const { body } = await app.request('POST /users/me/profile', {
      as: ada,
      body: {
        ...adaProfile,
        skills: [
          'js',
          { name: 'Rust', level: 3, years: 1.5, evidence_url: 'https://example.org/r' },
          { name: 'JavaScript', level: 4 },
          'C',
        ],
      },
    });
    expect(body.skills).toEqual(['JavaScript', 'Rust', 'C']);
    expect(body.skill_levels).toMatchObject([
      { name: 'JavaScript', level: 4, years: null, evidence_url: null },
      { name: 'Rust', level: 3, years: 1.5, evidence_url: 'https://example.org/r' },
      { name: 'C', level: 2 },
    ]);
  });

  test('an old client that sends the names back loses no level', async () => {
    const ada = await student(app, { ...adaProfile, skills: [{ name: 'Rust', level: 4, years: 6 }, 'Go'] });
    const { body } = await app.request('PUT /users/me/profile', { as: ada, body: { skills: ['Go', 'Rust', 'PHP'] } });
    expect(body.skill_levels.map(({ name, level, years }) => [name, level, years])).toEqual([
      ['Go', 2, null],
      ['Rust', 4, 6],
      ['PHP', 2, null],
    ]);
    const emptied = await app.request('PUT /users/me/profile', { as: ada, body: { skills: [] } });
    expect(emptied.body).toMatchObject({ skills: [], skill_levels: [] });
    expect(emptied.body.missing).toContain('skills');
  });

  test('a name of signs alone is 422 at its place, and nothing is written', async () => {
    const ada = await student(app, adaProfile);
    const { status, body } = await app.request('PUT /users/me/profile', {
      as: ada,
      body: { bio: 'x', skills: ['Go', '!!'] },
    });
    expect(status).toBe(422);
    expect(body).toMatchObject({ errors: [{ path: '/skills/1' }] });
    expect((await app.request('GET /users/me/profile', { as: ada })).body.bio).toBeNull();
  });
});
