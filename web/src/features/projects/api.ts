import type { Project, ProjectCreate, ProjectUpdate } from '@collabthon/contracts/projects';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';

export const liveProjectsQuery = queryOptions({
  queryKey: ['projects', 'live'],
  queryFn: ({ signal }) => api('GET /projects', { query: { limit: 6 }, signal }),
});

export const projectStatsQuery = queryOptions({
  queryKey: ['projects', 'stats'],
  queryFn: ({ signal }) => api('GET /projects/stats', { signal }),
});

export const projectQuery = (id: number) =>
  queryOptions({
    queryKey: ['project', id],
    queryFn: ({ signal }) => api('GET /projects/{id}', { params: { id }, signal }),
  });

export const myProjectsQuery = queryOptions({
  queryKey: ['projects', 'mine'],
  queryFn: ({ signal }) => api('GET /projects/my/projects', { query: { limit: 100 }, signal }),
});

/** What else shows a project has to be asked for again; the project itself is the answer. */
function useProjectSaved() {
  const client = useQueryClient();
  return (project: Project) => {
    client.setQueryData(projectQuery(project.id).queryKey, project);
    for (const key of [['projects'], ['team', project.id], ['match'], ['recommended'], ['search'], ['requests']]) {
      void client.invalidateQueries({ queryKey: key });
    }
  };
}

/** @param onPosted runs even when the page is left by then */
export function useCreateProject(mutationKey: readonly string[], onPosted: () => void) {
  const saved = useProjectSaved();
  return useMutation({
    mutationKey,
    mutationFn: (wish: { body: ProjectCreate; idempotencyKey: string }) => api('POST /projects', wish),
    onSuccess: (project) => {
      saved(project);
      onPosted();
    },
  });
}

/**
 * Sends the version that was read, so that nobody else's change is overwritten unseen (412).
 *
 * @param onSaved runs even when the page is left by then
 */
export function useUpdateProject(id: number, onSaved?: () => void) {
  const saved = useProjectSaved();
  return useMutation({
    mutationFn: (body: ProjectUpdate) => api('PUT /projects/{id}', { params: { id }, body }),
    onSuccess: (project) => {
      saved(project);
      onSaved?.();
    },
  });
}

export function useDeleteProject(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api('DELETE /projects/{id}', { params: { id } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['projects'] });
      void client.invalidateQueries({ queryKey: ['search'] });
    },
  });
}
