import type { ProjectStatus } from '@collabthon/contracts/projects';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';

const adminPage = 50;

/** Fewer letters are not looked for. */
const leastLetters = 3;

export interface AdminProjectFilters {
  q?: string | undefined;
  status?: ProjectStatus | undefined;
}

export const adminProjectsQuery = ({ q = '', status }: AdminProjectFilters) =>
  infiniteQueryOptions({
    queryKey: ['admin', 'projects', status, q],
    queryFn: ({ pageParam, signal }) =>
      api('GET /admin/projects', {
        query: {
          skip: pageParam,
          limit: adminPage,
          status_filter: status,
          q: q.length < leastLetters ? undefined : q,
        },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.length < adminPage ? undefined : pages.length * adminPage),
  });
