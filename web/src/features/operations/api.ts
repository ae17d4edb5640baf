import type { DeadLetter } from '@collabthon/contracts/operations';
import { type InfiniteData, infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query';
import { type Answer, api, type Query } from '../../lib/api.ts';

export type Saga = Answer<'GET /admin/sagas'>['items'][number];
export type SagaState = NonNullable<Query<'GET /admin/sagas'>['state']>;

/** Who watches work go by looks at numbers that are no older than this, in milliseconds. */
const FRESH = 5_000;
const PAGE = 20;

/** Asked for again and again while the page is visible. */
export const queuesQuery = queryOptions({
  queryKey: ['admin', 'queues'],
  queryFn: async ({ signal }) => (await api('GET /admin/queues', { signal })).items,
  refetchInterval: FRESH,
});

const lettersKey = ['admin', 'dead-letters'];

/** What was given up, the latest first: in one queue, or in all. */
export const deadLettersQuery = (queue: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [...lettersKey, queue ?? null],
    queryFn: ({ pageParam, signal }) =>
      api('GET /admin/dead-letters', { query: { queue, cursor: pageParam, limit: PAGE }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });

const sagasKey = ['admin', 'sagas'];

export const sagasQuery = (state: SagaState) =>
  infiniteQueryOptions({
    queryKey: [...sagasKey, state],
    queryFn: ({ pageParam, signal }) =>
      api('GET /admin/sagas', { query: { state, cursor: pageParam, limit: PAGE }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });

export const sagaQuery = (id: number) =>
  queryOptions({
    queryKey: ['admin', 'saga', id],
    queryFn: ({ signal }) => api('GET /admin/sagas/{id}', { params: { id }, signal }),
    staleTime: 0,
  });

/** Letters that are no more: the lists show it at once, and the counts are asked for again. */
export function useLettersGone(): (isGone: (letter: DeadLetter) => boolean) => Promise<void> {
  const client = useQueryClient();
  return async (isGone) => {
    client.setQueriesData<InfiniteData<Answer<'GET /admin/dead-letters'>>>(
      { queryKey: lettersKey },
      (lists) =>
        lists && {
          ...lists,
          pages: lists.pages.map((page) => ({ ...page, items: page.items.filter((letter) => !isGone(letter)) })),
        },
    );
    await Promise.all(
      [lettersKey, queuesQuery.queryKey, ['admin', 'audit']].map((queryKey) => client.invalidateQueries({ queryKey })),
    );
  };
}

export function useSagaMoved(): (id: number) => Promise<void> {
  const client = useQueryClient();
  return async (id) => {
    await Promise.all(
      [sagaQuery(id).queryKey, sagasKey, ['admin', 'audit']].map((queryKey) => client.invalidateQueries({ queryKey })),
    );
  };
}
