import type { Collaboration } from '@collabthon/contracts/collaborations';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { isStatus } from '../../lib/errors.ts';
import { requestQuery } from './api.ts';
import { RequestRow, type RequestRowProps } from './request-row.tsx';

/** A pending request as it was listed; `isGone` when the list has it no more. */
export interface Listed {
  request: Collaboration;
  isGone: boolean;
}

/**
 * Pending requests, the one that ends first at the top. What was shown stays in its place while the reader is here, so
 * that nothing moves under their finger, whoever answered it.
 */
export function useStaying(pending: readonly Collaboration[] | undefined): Listed[] | undefined {
  const shown = useRef(new Map<number, Collaboration>());
  if (!pending) return undefined;
  for (const request of pending) shown.current.set(request.id, request);
  const left = new Set(pending.map(({ id }) => id));
  return [...shown.current.values()]
    .sort((one, other) => Date.parse(one.created_at) - Date.parse(other.created_at) || one.id - other.id)
    .map((request) => ({ request, isGone: !left.has(request.id) }));
}

/** The row of a request; when it has come to an end meanwhile, with how it did. */
export function StayingRow({
  listed: { request, isGone },
  ...rest
}: { listed: Listed } & Omit<RequestRowProps, 'request' | 'stays'>) {
  const { data, error } = useQuery({ ...requestQuery(request.id), enabled: isGone });
  const isDeleted = isStatus(error, 404);
  const end = isDeleted ? ({ ...request, status: 'cancelled', reason: 'withdrawn' } as const) : data;
  return <RequestRow {...rest} request={(isGone && end) || request} stays />;
}
