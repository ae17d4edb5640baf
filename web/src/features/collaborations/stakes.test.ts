import type { Collaboration } from '@collabthon/contracts/collaborations';
import type { Project } from '@collabthon/contracts/projects';
import { describe, expect, it } from 'vitest';
import { endingsOf, isInHurry, nextMove, reminderOf, seatFor } from './stakes.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const inDays = (days: number) => new Date(now + days * 86_400_000).toISOString();

const role = (id: number, seats: number, taken: number): Project['roles'][number] => ({
  id,
  name: `Role ${id}`,
  skill: null,
  level: null,
  seats,
  taken,
});
const request = (id: number, roleId: number | null) =>
  ({ id, role: roleId === null ? null : { id: roleId, name: 'Role' } }) as Collaboration;

describe('seatFor', () => {
  const roles = [role(1, 2, 1), role(2, 1, 0)];
  const pending = [request(10, 1), request(11, 1), request(12, 2), request(13, null)];

  it('counts what is free and who else asks for it', () => {
    expect(seatFor(request(10, 1), roles, pending)).toEqual({ free: 1, others: 1 });
    expect(seatFor(request(12, 2), roles, pending)).toEqual({ free: 1, others: 0 });
  });

  it('is silent without a role', () => {
    expect(seatFor(request(13, null), roles, pending)).toBeNull();
    expect(seatFor(request(14, 99), roles, pending)).toBeNull();
  });
});

it('hurries in the last three days, and reminds on the third', () => {
  expect(isInHurry({ expires_at: inDays(2.9) }, now)).toBe(true);
  expect(isInHurry({ expires_at: inDays(3.1) }, now)).toBe(false);
  expect(reminderOf({ created_at: inDays(-2) }, now)).toEqual({ at: inDays(1), isPast: false });
  expect(reminderOf({ created_at: inDays(-4) }, now)).toEqual({ at: inDays(-1), isPast: true });
});

describe('nextMove', () => {
  const project = (fields: Partial<Project>) =>
    ({ status: 'open', roles: [role(1, 1, 0)], deadline: null, ...fields }) as Project;
  const moveOf = (fields: Partial<Project>, waiting = 0) => nextMove(project(fields), { waiting, now });

  it.each([
    [{ status: 'draft' }, 0, { kind: 'publish' }],
    [{ status: 'expired' }, 2, { kind: 'reopen' }],
    [{}, 2, { kind: 'answer', count: 2 }],
    [{}, 0, { kind: 'invite' }],
    [{ roles: [] }, 0, { kind: 'addRoles' }],
    [{ roles: [role(1, 1, 1), role(2, 3, 3)] }, 0, { kind: 'start' }],
    [{ status: 'in_progress', deadline: '2026-11-22' }, 0, { kind: 'finish', deadline: '2026-11-22' }],
    [{ status: 'in_progress', deadline: '2026-11-24' }, 0, null],
    [{ status: 'completed' }, 0, null],
    [{ status: 'cancelled' }, 0, null],
  ] as const)('%j with %i waiting', (fields, waiting, expected) => {
    expect(moveOf(fields as Partial<Project>, waiting)).toEqual(expected);
  });
});

describe('endingsOf', () => {
  const roles = [role(1, 2, 1), role(2, 1, 0), role(3, 2, 0)];
  const pending = [request(10, 1), request(11, 1), request(12, 2), request(13, null)];

  it('names the roles that go or are full, while somebody waits for them', () => {
    expect(endingsOf(roles, [{ id: 1, seats: 1 }], pending)).toEqual([
      { id: 1, role: 'Role 1', why: 'full', count: 2 },
      { id: 2, role: 'Role 2', why: 'removed', count: 1 },
    ]);
  });

  it('is empty while nobody loses a seat', () => {
    const wanted = [{ id: 1, seats: 2 }, { id: 2, seats: 3 }, { seats: 1 }];
    expect(endingsOf(roles, wanted, pending)).toEqual([]);
  });
});
