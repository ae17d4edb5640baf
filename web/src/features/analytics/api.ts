import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { type Answer, api, apiBase } from '../../lib/api.ts';

export type Report = Answer<'GET /admin/reports'>['items'][number];
export type ActivityResult = NonNullable<Answer<'GET /admin/reports/{id}'>['result']>;

/** Milliseconds between two looks at what is being made. The stream tells of the reader's own at once; not of others'. */
const lookEvery = 5_000;

/** The latest first. */
export const reportsQuery = infiniteQueryOptions({
  queryKey: ['reports', 'list'],
  queryFn: ({ pageParam, signal }) =>
    api('GET /admin/reports', { query: { cursor: pageParam || undefined, limit: 20 }, signal }),
  initialPageParam: '',
  getNextPageParam: (last) => last.next_cursor ?? undefined,
  refetchInterval: ({ state: { data } }) =>
    data?.pages.some(({ items }) => items.some(({ ended_at }) => ended_at === null)) ? lookEvery : false,
});

/** A finished report stays as it is. */
export const reportQuery = (id: number) =>
  queryOptions({
    queryKey: ['report', id],
    queryFn: ({ signal }) => api('GET /admin/reports/{id}', { params: { id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const downloadPath = (id: number, format: 'csv' | 'json') =>
  `${apiBase}/admin/reports/${id}/download?format=${format}`;
