/** The moves that its owner is offered from each state. The server has the last word (409). */
import type { ProjectStatus } from '@collabthon/contracts/projects';

type Move = { to: ProjectStatus; name: 'publish' | 'start' | 'complete' | 'cancel' | 'reopen' };

export const movesFrom: Record<ProjectStatus, readonly Move[]> = {
  draft: [{ to: 'open', name: 'publish' }],
  open: [
    { to: 'in_progress', name: 'start' },
    { to: 'completed', name: 'complete' },
    { to: 'cancelled', name: 'cancel' },
  ],
  in_progress: [
    { to: 'completed', name: 'complete' },
    { to: 'open', name: 'reopen' },
    { to: 'cancelled', name: 'cancel' },
  ],
  completed: [],
  cancelled: [{ to: 'open', name: 'reopen' }],
  expired: [
    { to: 'open', name: 'reopen' },
    { to: 'cancelled', name: 'cancel' },
  ],
};

export type { Move };

export const projectStatuses: readonly ProjectStatus[] = [
  'draft',
  'open',
  'in_progress',
  'completed',
  'cancelled',
  'expired',
];
