/**
 * `recommendations`: p95 over HTTP with 10,000 people and 10,000 projects, both ways, against the limit of 200 ms;
 * milliseconds. The reference is one statement by the bare driver that reads as many cards.
 */
import pg from 'pg';
import { fillProfileDocuments, fillProjectDocuments } from './demo-documents.ts';
import { bulkSkillNames } from './demo-skills.ts';
import { ask, onOwnStage, timed } from './own-stage.ts';
import { median, percentile, rounded } from './statistics.ts';

const PEOPLE = 10_000;
const PROJECTS = 10_000;
const REQUESTS = 60;
const LIMIT_MS = 200;
const PASSWORD = 'a password for the bench';

export async function run(print: (line: object) => void): Promise<void> {
  await onOwnStage(async ({ url, databaseUrl, platform, patient }) => {
    const skills = await platform.calls('profiles.resolveSkills', { names: bulkSkillNames });
    const bulk = skills.map(({ id }, index) => ({ id, name: bulkSkillNames[index] ?? '' }));
    await fillProfileDocuments(patient, PEOPLE, bulk);
    await fillProjectDocuments(patient, PROJECTS, bulk);
    const headers = await signUp(`${url}/api/v1`);
    const reader = new pg.Client({ connectionString: databaseUrl });
    await reader.connect();
    try {
      for (const kind of ['projects', 'profiles'] as const) {
        const table = kind === 'projects' ? 'project' : 'profile';
        const recommend = () => ask(`${url}/api/v1/search-advanced/recommendations/${kind}`, { headers });
        const read = () =>
          reader.query(`SELECT card FROM discovery.${table}_documents ORDER BY recent_at DESC LIMIT 300`);
        const ours: number[] = [];
        const reference: number[] = [];
        await recommend();
        await read();
        for (let request = 0; request < REQUESTS; request += 1) {
          ours.push(await timed(recommend));
          reference.push(await timed(read));
        }
        const p95 = percentile(ours, 0.95);
        print({
          bench: 'recommendations',
          unit: 'ms p95',
          kind,
          people: PEOPLE,
          projects: PROJECTS,
          ours: rounded(p95),
          reference: rounded(percentile(reference, 0.95)),
          ratio: rounded(percentile(reference, 0.95) / p95, 3),
          ours_median: rounded(median(ours)),
          limit: LIMIT_MS,
          within: p95 < LIMIT_MS,
        });
      }
    } finally {
      await reader.end();
    }
  });
}

/** @returns the headers of a member with common skills */
async function signUp(api: string): Promise<Record<string, string>> {
  const json = { 'content-type': 'application/json' };
  const account = { username: 'bench_seeker', email: 'bench_seeker@bench.example', password: PASSWORD };
  await ask(`${api}/auth/register`, { method: 'POST', headers: json, body: JSON.stringify(account) });
  const { access_token } = (await ask(`${api}/auth/login`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ username: account.username, password: PASSWORD }),
  })) as { access_token: string };
  const headers = { ...json, authorization: `Bearer ${access_token}` };
  const profile = {
    first_name: 'Bench',
    last_name: 'Seeker',
    college: 'Lakeside College',
    major: 'Computer Science',
    year: 2,
    skills: ['python', 'react', 'rust', 'sql', 'docker', 'figma'],
    open_to: ['projects'],
    availability: { hours_per_week: 10, zone: 'UTC', slots: [] },
  };
  await ask(`${api}/users/me/profile`, { method: 'POST', headers, body: JSON.stringify(profile) });
  return headers;
}
