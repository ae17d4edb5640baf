/** What each page of the administration is about, asked for while its code loads. Apart, so that it weighs on no first page. */
import type { QueryClient } from '@tanstack/react-query';
import {
  type AdminUserFilters,
  adminStatsQuery,
  adminUserQuery,
  adminUsersQuery,
  auditQuery,
  collegeDomainsQuery,
} from '../features/accounts/admin-api.ts';
import { reportsQuery } from '../features/analytics/api.ts';
import { deadLettersQuery, queuesQuery, type SagaState, sagasQuery } from '../features/operations/api.ts';
import { type VocabularyFilters, vocabularyQuery } from '../features/profiles/admin-skills-api.ts';
import { type AdminProjectFilters, adminProjectsQuery } from '../features/projects/admin-api.ts';

export const overview = (client: QueryClient) =>
  Promise.all([client.prefetchQuery(adminStatsQuery), client.prefetchInfiniteQuery(auditQuery())]);

export const users = (client: QueryClient, filters: AdminUserFilters) =>
  client.prefetchInfiniteQuery(adminUsersQuery(filters));

export const user = (client: QueryClient, { id }: { id: number }) =>
  Promise.all([client.prefetchQuery(adminUserQuery(id)), client.prefetchInfiniteQuery(auditQuery(`user/${id}`))]);

export const projects = (client: QueryClient, filters: AdminProjectFilters) =>
  client.prefetchInfiniteQuery(adminProjectsQuery(filters));

export const skills = (client: QueryClient, filters: VocabularyFilters) =>
  client.prefetchInfiniteQuery(vocabularyQuery(filters));

export const domains = (client: QueryClient) => client.prefetchQuery(collegeDomainsQuery);

export const jobs = (client: QueryClient, { queue }: { queue?: string }) =>
  Promise.all([client.prefetchQuery(queuesQuery), client.prefetchInfiniteQuery(deadLettersQuery(queue))]);

export const sagas = (client: QueryClient, { state = 'parked' }: { state?: SagaState }) =>
  client.prefetchInfiniteQuery(sagasQuery(state));

export const reports = (client: QueryClient) => client.prefetchInfiniteQuery(reportsQuery);

export const log = (client: QueryClient) => client.prefetchInfiniteQuery(auditQuery());
