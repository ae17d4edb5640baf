/** HTTP of collaborations: the contract's routes, one handler each. */
import { type Collaboration, routes, type Team } from '@collabthon/contracts/collaborations';
import type { Principal } from '../../platform/auth/auth.ts';
import { readPaging, toPage } from '../../platform/database/paging.ts';
import { notFound } from '../../platform/http/problems.ts';
import { handleRoutes, type Platform } from '../../platform/module.ts';
import { acceptRequest, declineRequest, withdrawRequest } from './answer.ts';
import { endMembership } from './leave.ts';
import { ensurePeople } from './people.ts';
import { sendRequest } from './request.ts';
import { createCollaborationReads } from './store-read.ts';
import { syncProject } from './team.ts';

/** Old clients that page nothing get this many. */
const UNPAGED = 100;

export function collaborationRoutes(platform: Platform) {
  const reads = createCollaborationReads(platform.db);

  const get = async (id: number, { user_id }: Principal): Promise<Collaboration> => {
    const request = await reads.get(id);
    if (!request || ![request.sender_id, request.receiver_id].includes(user_id)) throw notFound('request');
    return request;
  };

  /** A project may be newer than any event of it that arrived here, and so may the viewer: the project itself decides. */
  const getTeam = async (projectId: number, viewer: Principal | null): Promise<Team> => {
    const project = await platform.calls('projects.getProject', { project_id: projectId });
    if (!project) throw notFound('project');
    const known = await reads.getTeam(projectId, viewer, project);
    if (known) return known;
    await platform.db.transaction((tx) => syncProject(platform, tx, project));
    await ensurePeople(platform, [project.owner_id, ...(viewer ? [viewer.user_id] : [])]);
    const team = await reads.getTeam(projectId, viewer, project);
    if (!team) throw notFound('project');
    return team;
  };

  return handleRoutes(routes, {
    'POST /collaborations': ({ principal, body, keep }) => sendRequest(platform, principal, body, keep),

    'GET /collaborations/sent': ({ principal, query }) =>
      reads.list({ side: 'sender', user_id: principal.user_id, ...query, ...slice(query) }),

    'GET /collaborations/received': ({ principal, query }) =>
      reads.list({ side: 'receiver', user_id: principal.user_id, ...query, ...slice(query) }),

    'GET /collaborations/history': async ({ principal, query }) => {
      const paging = readPaging(query);
      const rows = await reads.history(principal.user_id, paging);
      const { items, next_cursor } = toPage({
        rows,
        total: rows.length,
        paging,
        keys: ({ id }) => [id],
        present: (request) => request,
      });
      return { items, next_cursor };
    },

    'GET /collaborations/stats': ({ principal }) => reads.stats(principal.user_id),

    'GET /collaborations/teams': async ({ principal }) => ({ items: await reads.listTeams(principal.user_id) }),

    'GET /users/{id}/teams': async ({ principal, params }) => {
      const isOwn = principal?.user_id === params.id || principal?.role === 'admin';
      const hidden = isOwn ? [] : await platform.calls('profiles.findPrivate', { user_ids: [params.id] });
      if (hidden.length > 0) throw notFound('profile');
      return { items: await reads.listJoined(params.id, principal) };
    },

    'GET /collaborations/{id}': ({ principal, params }) => get(params.id, principal),

    'PUT /collaborations/{id}/accept': async ({ principal, params }) => {
      await acceptRequest(platform, principal, params.id);
      return get(params.id, principal);
    },

    'PUT /collaborations/{id}/reject': async ({ principal, params }) => {
      await declineRequest(platform, principal, params.id);
      return get(params.id, principal);
    },

    'DELETE /collaborations/{id}': ({ principal, params }) => withdrawRequest(platform, principal, params.id),

    'GET /projects/{id}/team': ({ principal, params }) => getTeam(params.id, principal),

    'DELETE /projects/{id}/members/{user_id}': ({ principal, params }) =>
      endMembership(platform, principal, params.id, params.user_id),
  });
}

const slice = (query: { skip?: number; limit?: number }) => ({ skip: query.skip ?? 0, limit: query.limit ?? UNPAGED });
