import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';

export interface VocabularyFilters {
  q?: string | undefined;
  /** What members added and nobody has looked at, or the rest. */
  show?: 'new' | 'checked' | undefined;
}

export const vocabularyQuery = ({ q, show }: VocabularyFilters) =>
  infiniteQueryOptions({
    queryKey: ['admin', 'skills', { q, show }],
    queryFn: ({ pageParam, signal }) =>
      api('GET /admin/skills', {
        query: { q, is_curated: show === undefined ? undefined : show === 'checked', cursor: pageParam, limit: 50 },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
