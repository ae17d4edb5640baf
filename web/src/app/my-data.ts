/** Everything that Collabthon keeps about the reader, by the calls that any program of theirs could make, too. */
import { queryOptions } from '@tanstack/react-query';
import { type Answer, api } from '../lib/api.ts';

/** How much there is of each kind; shown before anything is downloaded. */
export const keptQuery = queryOptions({
  queryKey: ['kept'],
  queryFn: async ({ signal }) => {
    const [profile, projects, requests, teams, drafts, sessions] = await Promise.all([
      api('GET /users/me/profile', { signal }),
      listProjects(signal),
      api('GET /collaborations/stats', { signal }),
      api('GET /collaborations/teams', { signal }),
      api('GET /drafts', { signal }),
      api('GET /auth/sessions', { signal }),
    ]);
    return {
      skills: profile.skill_levels.length,
      hours: profile.availability.slots.length,
      projects: projects.length,
      sent: requests.total_sent,
      received: requests.total_received,
      // A team of one's own is counted as a project.
      teams: teams.items.filter((team) => !team.is_owner).length,
      drafts: drafts.items.length,
      sessions: sessions.items.length,
    };
  },
});

export interface MyData {
  exported_at: string;
  account: Answer<'GET /auth/me'>;
  profile: Answer<'GET /users/me/profile'>;
  projects: Answer<'GET /projects/my/projects'>;
  requests_sent: Answer<'GET /collaborations/sent'>;
  requests_received: Answer<'GET /collaborations/received'>;
  teams: Answer<'GET /collaborations/teams'>['items'];
  drafts: Answer<'GET /drafts'>['items'];
  sessions: Answer<'GET /auth/sessions'>['items'];
}

/**
 * Collects the whole copy, one kind after the other, so that it never strains the limits of calls.
 *
 * @param onStep told how many of how many kinds are there
 * @throws ApiError when any of it cannot be had: half a copy would look like a whole one
 */
export async function collectMyData(onStep: (done: number, all: number) => void, signal: AbortSignal): Promise<MyData> {
  const parts: { [K in Exclude<keyof MyData, 'exported_at'>]: () => Promise<MyData[K]> } = {
    account: () => api('GET /auth/me', { signal }),
    profile: () => api('GET /users/me/profile', { signal }),
    projects: () => listProjects(signal),
    requests_sent: () => wholeList((skip) => api('GET /collaborations/sent', { query: { skip, limit }, signal })),
    requests_received: () =>
      wholeList((skip) => api('GET /collaborations/received', { query: { skip, limit }, signal })),
    teams: async () => (await api('GET /collaborations/teams', { signal })).items,
    drafts: async () => (await api('GET /drafts', { signal })).items,
    sessions: async () => (await api('GET /auth/sessions', { signal })).items,
  };
  const names = Object.keys(parts) as (keyof typeof parts)[];
  const collected: Record<string, unknown> = { exported_at: new Date().toISOString() };
  for (const [done, name] of names.entries()) {
    onStep(done, names.length);
    collected[name] = await parts[name]();
  }
  onStep(names.length, names.length);
  return collected as unknown as MyData;
}

const limit = 100;
/** The API counts no further by `skip`. */
const furthest = 10_000;

const listProjects = (signal: AbortSignal) =>
  wholeList((skip) => api('GET /projects/my/projects', { query: { skip, limit }, signal }));

async function wholeList<T>(ask: (skip: number) => Promise<T[]>): Promise<T[]> {
  const all: T[] = [];
  for (let skip = 0; skip <= furthest; skip += limit) {
    const page = await ask(skip);
    all.push(...page);
    if (page.length < limit) break;
  }
  return all;
}
