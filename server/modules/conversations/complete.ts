/** Conversations that no event has opened: from before there were any, or because an event was given up. */
import type { Platform } from '../../platform/module.ts';
import { createConversationStore } from './store.ts';
import { createCompletionStore } from './store-completion.ts';
import { followTeam, openForRequest, requestOf } from './subscribers.ts';

const PAGE = 200;

export interface Completed {
  /** Teams whose members were brought up to date. */
  teams: number;
  /** Requests whose conversation was opened. */
  requests: number;
}

/**
 * Goes through all teams and all requests that wait. What events do meanwhile wins: a team's older version changes
 * nothing, and a request that has ended has its conversation by then. Doing it again changes nothing.
 */
export async function completeConversations(platform: Platform, signal?: AbortSignal): Promise<Completed> {
  const { calls, db } = platform;
  const missing = createCompletionStore(db);
  const completed: Completed = { teams: 0, requests: 0 };

  for (let after = 0; !signal?.aborted; ) {
    const page = await calls('collaborations.listTeams', { after_project_id: after, limit: PAGE });
    const behind = await missing.teamsBehind(page);
    await learnTitles(platform, behind);
    for (const team of page.filter(({ project_id }) => behind.includes(project_id))) {
      await db.transaction((tx) => followTeam(platform, tx, team));
    }
    completed.teams += behind.length;
    if (page.length < PAGE) break;
    after = page.at(-1)?.project_id ?? after;
  }

  for (let after = 0; !signal?.aborted; ) {
    const page = await calls('collaborations.listPending', { after_id: after, limit: PAGE });
    const unknown = await missing.requestsWithout(page.map(({ collaboration_id }) => collaboration_id));
    const requests = page.filter(({ collaboration_id }) => unknown.includes(collaboration_id));
    await learnTitles(
      platform,
      requests.flatMap(({ project_id }) => project_id ?? []),
    );
    for (const request of requests) await db.transaction((tx) => openForRequest(platform, tx, requestOf(request)));
    completed.requests += requests.length;
    if (page.length < PAGE) break;
    after = page.at(-1)?.collaboration_id ?? after;
  }
  return completed;
}

/** Projects that have not changed since there are conversations have told nothing of themselves. */
async function learnTitles({ calls, db }: Platform, projectIds: number[]): Promise<void> {
  for (const project_id of await createCompletionStore(db).projectsWithoutTitle(projectIds)) {
    const project = await calls('projects.getProject', { project_id });
    if (project) await createConversationStore(db).saveProject(project.id, project.title, project.version);
  }
}
