/**
 * What changes on the page when the server tells of requests and teams. Counts follow at once; lists, when they are
 * next looked at: nothing is moved under the reader's eyes.
 */
import type { QueryClient } from '@tanstack/react-query';
import { requestStatsQuery } from './api.ts';

const outdate = (client: QueryClient, keys: unknown[][]) => {
  for (const queryKey of keys) void client.invalidateQueries({ queryKey, refetchType: 'none' });
};

const refreshCounts = (client: QueryClient) => void client.invalidateQueries(requestStatsQuery);

export function refreshRequests(client: QueryClient, { project_id }: { project_id: number | null }): void {
  outdate(client, [['requests'], ['recommended'], ...(project_id === null ? [] : [['project', project_id]])]);
  refreshCounts(client);
}

export function refreshTeam(client: QueryClient, { project_id }: { project_id: number }): void {
  outdate(client, [['teams'], ['team', project_id], ['project', project_id]]);
}
