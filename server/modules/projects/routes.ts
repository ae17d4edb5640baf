/** HTTP of projects: the contract's routes, one handler each. */
import { createHash } from 'node:crypto';
import { type Project, routes } from '@collabthon/contracts/projects';
import type { Counter } from 'prom-client';
import { readPaging, toPage } from '../../platform/database/paging.ts';
import { notFound, problem } from '../../platform/http/problems.ts';
import { handleRoutes, type Platform } from '../../platform/module.ts';
import { postWithInvitations } from './begin.ts';
import { moveProjects } from './move-many.ts';
import { ensurePeople } from './people.ts';
import type { Viewer } from './policy.ts';
import { createProjectReads, newestKeys, type ReadRow, toProject } from './store-read.ts';
import { createProjectSearch } from './store-search.ts';
import { deleteProject, editProject, moveProject, postProject } from './use-cases.ts';

/** Old clients that page nothing get this many. */
const UNPAGED = 100;
const POPULAR_SKILLS = 10;

export function projectRoutes(platform: Platform, created: Counter) {
  const own = createProjectReads(platform.db);
  const reads = createProjectReads(platform.reader);
  const search = createProjectSearch(platform.reader);

  /** Asks for the owner's card, and for the viewer's college, when no event has told them yet. */
  const getVisible = async (id: number, viewer: Viewer): Promise<ReadRow | null> => {
    const row = await reads.getVisible(id, viewer);
    const missing = row ? (row.owner ? [] : [row.owner_id]) : viewer ? [viewer.user_id] : [];
    return missing.length > 0 && (await ensurePeople(platform, missing)) ? reads.getVisible(id, viewer) : row;
  };

  return handleRoutes(routes, {
    'GET /projects': async ({ query, principal }) => {
      const paging = readPaging(query);
      const [skill] = query.skill ? await platform.calls('profiles.findSkills', { names: [query.skill] }) : [];
      const isUnknownSkill = query.skill && !skill;
      const { rows, total } = isUnknownSkill
        ? { rows: [], total: 0 }
        : await reads.list({ ...query, status: query.status ?? 'open', skill_id: skill?.id }, principal, paging);
      return toPage({ rows, total, paging, keys: newestKeys, present: toProject });
    },

    'POST /projects': ({ principal, body: { invite, ...body }, headers, keep }) => {
      if (!invite?.length) return postProject(platform, created, principal, body, keep);
      const key = headers['idempotency-key'];
      const wish = { key: typeof key === 'string' ? key : undefined, keep };
      return postWithInvitations(platform, created, principal, { ...body, invite }, wish);
    },

    'GET /projects/{id}': async ({ params, principal, reply }) => {
      const row = await getVisible(params.id, principal);
      if (!row) throw notFound('project');
      const project = toProject(row);
      reply.header('etag', toTag(project));
      return project;
    },

    'PUT /projects/{id}': async ({ principal, params, body, headers, reply }) => {
      const { version, ...changes } = body;
      const expected = version ?? readIfMatch(headers['if-match']);
      const project = await editProject(platform, principal, params.id, changes, expected);
      reply.header('etag', toTag(project));
      return project;
    },

    'DELETE /projects/{id}': ({ principal, params }) => deleteProject(platform, principal, params.id),

    'PUT /projects/status': ({ principal, body }) => moveProjects(platform, principal, body),

    'GET /projects/search/{query}': async ({ params, query, principal }) => {
      const ids = await search.search(params.query, principal, query.limit ?? 20);
      const rows = new Map((await reads.getMany(ids)).map((row) => [row.id, row]));
      return ids.flatMap((id) => rows.get(id) ?? []).map(toProject);
    },

    'GET /projects/my/projects': async ({ principal, query }) => {
      const rows = await own.listOwned(principal.user_id, query.skip ?? 0, query.limit ?? UNPAGED);
      return rows.map(toProject);
    },

    'GET /projects/stats': async () => {
      const [counts, popular_skills] = await Promise.all([
        search.countByStatus('public'),
        search.popularSkills(POPULAR_SKILLS),
      ]);
      const { draft: _drafts, ...shown } = counts;
      return {
        total_projects: Object.values(shown).reduce((sum, count) => sum + count, 0),
        open_projects: counts.open ?? 0,
        in_progress_projects: counts.in_progress ?? 0,
        completed_projects: counts.completed ?? 0,
        popular_skills,
      };
    },

    'GET /admin/projects': async ({ query }) =>
      (await own.listAll(query.status_filter, query.q, query.skip ?? 0, query.limit ?? UNPAGED)).map(toProject),

    'PUT /admin/projects/{id}/update-status': async ({ principal, params, body }) => {
      const { id, status } = await moveProject(platform, principal, params.id, body.status, body.reason);
      return { success: true, project: { id, status } };
    },
  });
}

/**
 * `"<version>.<hash of the body>"`: the version guards a change, and the hash tells a cache of what changes without one,
 * such as the seats that are taken.
 */
function toTag(project: Project): string {
  const hash = createHash('sha256').update(JSON.stringify(project)).digest('base64url').slice(0, 16);
  return `"${project.version}.${hash}"`;
}

/**
 * The version in `If-Match: "3.…"`, as GET and PUT give it, or in `"3"`, also when a proxy has made the tag weak; null
 * without the header and for `*`, which asks for no version.
 * @throws 412 for a tag that carries no version, as for any tag that does not match.
 */
function readIfMatch(header: string | undefined): number | null {
  if (header === undefined || header.trim() === '*') return null;
  const version = /^(?:W\/)?"(\d{1,9})(?:\.[^"]*)?"$/.exec(header.trim())?.[1];
  if (version === undefined) {
    const detail = 'If-Match must carry the ETag of the project as it was read, or its version in quotes, such as "3".';
    throw problem(412, 'malformed_if_match', detail);
  }
  return Number(version);
}
