import { createOverlay } from '../../lib/overlay.ts';

export type Decision = 'accept' | 'reject' | 'withdraw';

export interface Answer {
  decision: Decision;
  /** `held`: can be undone, not sent yet. `failed`: it did not get through, the request waits as before. */
  phase: 'held' | 'sending' | 'failed';
  /** While held. */
  undo?: () => void;
}

/** A request that is not with the server yet has no id of its own. */
export const isOnItsWay = (request: { id: number }): boolean => request.id < 0;

/** What a notice of a request is about. */
export const noticeOf = (request: { id: number }): string => `request:${request.id}`;

/** Answers that the server has not taken yet, by the id of the request. */
export const answers = createOverlay<number, Answer>();
