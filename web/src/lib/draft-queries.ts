/** Drafts as lists and pages ask for them; keeping one while it is written is in `drafts.ts`. */
import { queryOptions } from '@tanstack/react-query';
import { api } from './api.ts';
import type { KeptDraft } from './draft-keeper.ts';
import { isStatus } from './errors.ts';

/** My drafts whose keys begin so, `project:new:`; last changed first. */
export const draftsQuery = (prefix: string) =>
  queryOptions({
    queryKey: ['drafts', prefix],
    queryFn: async ({ signal }) => (await api('GET /drafts', { query: { prefix }, signal })).items,
    staleTime: 5_000,
  });

/**
 * One draft of mine, null when there is none. A page whose loader waits for it is shown with what was written, on the
 * server as well.
 */
export const draftQuery = (key: string) =>
  queryOptions({
    queryKey: ['draft', key],
    queryFn: ({ signal }) => loadDraft(key, signal),
    retry: false,
    staleTime: 0,
  });

/** One draft of mine as the server has it. */
export async function loadDraft(key: string, signal?: AbortSignal): Promise<KeptDraft | null> {
  try {
    const draft = await api('GET /drafts/{key}', { params: { key }, ...(signal && { signal }) });
    return { content: draft.content, version: draft.version, savedAt: Date.parse(draft.updated_at) };
  } catch (error) {
    if (isStatus(error, 404)) return null;
    throw error;
  }
}
