/** Builds every search document anew while the old ones go on answering. */
import type { Platform } from '../../platform/module.ts';
import { createIndexing } from './indexing.ts';
import { createIndexStore } from './store-index.ts';
import { recountWords } from './store-words.ts';

const PAGE = 200;

export interface RebuildProgress {
  kind: 'profile' | 'project';
  /** Documents written so far. */
  written: number;
  /** Documents looked at because nothing that exists wrote them. */
  checked: number;
}

/**
 * Reads all people, then all projects, and writes their documents; then looks again at the documents that this did not
 * touch and removes those whose subject is gone, and counts the vocabulary anew. Changes that happen meanwhile win, since they draw later tickets. Safe
 * to run again, also beside itself. The platform must be able to send jobs.
 */
export async function rebuildIndex(
  platform: Pick<Platform, 'db' | 'cache' | 'jobs' | 'calls'>,
  onProgress: (progress: RebuildProgress) => void = () => {},
): Promise<void> {
  const { calls } = platform;
  const store = createIndexStore(platform.db, platform.cache);
  const indexing = createIndexing(platform, store);
  const start = await store.drawTicket();

  const people: RebuildProgress = { kind: 'profile', written: 0, checked: 0 };
  for (let after = 0; ; ) {
    const ticket = await store.drawTicket();
    const page = await calls('profiles.listCandidates', { after_user_id: after, limit: PAGE });
    for (const candidate of page) await indexing.writeProfile(ticket, candidate.person.user_id, candidate);
    people.written += page.length;
    onProgress({ ...people });
    if (page.length < PAGE) break;
    after = page.at(-1)?.person.user_id ?? after;
  }

  const projects: RebuildProgress = { kind: 'project', written: 0, checked: 0 };
  for (let after = 0; ; ) {
    const ticket = await store.drawTicket();
    const page = await calls('projects.listProjects', { after_id: after, limit: PAGE });
    for (const project of page) await indexing.writeProject(ticket, project);
    projects.written += page.length;
    onProgress({ ...projects });
    if (page.length < PAGE) break;
    after = page.at(-1)?.id ?? after;
  }

  for (const progress of [people, projects]) {
    const index = progress.kind === 'profile' ? indexing.indexProfile : indexing.indexProject;
    for (let after = 0; ; ) {
      const stale = await store.listOlderThan(progress.kind, start, after, PAGE);
      for (const id of stale) await index(id);
      progress.checked += stale.length;
      if (stale.length === 0) break;
      after = stale.at(-1) ?? after;
    }
    await recountWords(platform.db, progress.kind);
    onProgress({ ...progress });
  }
}
