/** Posting a project together with invitations: several modules take part, so a saga carries it. */
import { createHash, randomUUID } from 'node:crypto';
import { Invitation, type Project, ProjectCreate } from '@collabthon/contracts/projects';
import { Id, Shape } from '@collabthon/contracts/shapes';
import type { Counter } from 'prom-client';
import { Type } from 'typebox';
import type { Principal } from '../../platform/auth/auth.ts';
import type { Keep } from '../../platform/http/idempotency.ts';
import { conflict, type FieldError, problem, unprocessable } from '../../platform/http/problems.ts';
import type { Platform } from '../../platform/module.ts';
import { defineSaga } from '../../platform/saga/define.ts';
import { fillSeat, refuseFullPlan, releaseSeat, reserveSeat } from './plan.ts';
import { prepareProject, readProject } from './use-cases.ts';

/** Milliseconds that a request waits for its project. */
const PATIENCE = 10_000;

export const beginProject = defineSaga(
  'projects.begin_project',
  Shape({ user_id: Id, seat: Type.String(), body: ProjectCreate, invite: Type.Array(Invitation) }),
)
  .step('people', {
    do: ({ input, platform }) => checkPeople(platform, input.user_id, input.invite),
  })
  .step('seat', {
    local: true,
    do: ({ input, tx }) => reserveSeat(tx, input.user_id, input.seat),
    undo: ({ input, tx }) => releaseSeat(tx, input.seat),
  })
  .pivot('project', {
    // Asks other modules first, so its transaction is its own.
    do: async ({ input, platform }) => {
      const create = await prepareProject(platform, input.user_id, input.body);
      return fillSeat(platform.db, input.seat, create);
    },
  })
  .step('invitations', {
    async do({ input, results, key, platform }) {
      const { roles } = await readProject(platform.db, results.project);
      for (const { user_id, role, message } of input.invite) {
        const invitation = {
          owner_id: input.user_id,
          user_id,
          project_id: results.project,
          role_id: role === undefined ? null : (roles[role]?.id ?? null),
          message: message ?? null,
        };
        await platform.calls('collaborations.invite', invitation, { key: `${key} ${user_id}` });
      }
    },
  })
  .end();

/**
 * Posts a project and invites to it; answers as soon as the project is there, the invitations follow. What comes before
 * it and fails leaves nothing.
 *
 * @throws 409 `plan_full`, 422 with every field that does not fit, 503 when it takes long: it may be there later
 */
export async function postWithInvitations(
  platform: Platform,
  created: Counter,
  owner: Principal,
  { invite, ...body }: ProjectCreate & { invite: Invitation[] },
  wish: { key: string | undefined; keep: Keep },
): Promise<Project> {
  refuseLooseInvitations(owner.user_id, body, invite);
  await checkPeople(platform, owner.user_id, invite);
  // Refuses what does not fit before anything is written.
  await prepareProject(platform, owner.user_id, body);
  const input = { user_id: owner.user_id, body, invite };
  const wanted = createHash('sha256').update(JSON.stringify(input)).digest('base64url');
  const key = `${owner.user_id}/${wish.key === undefined ? randomUUID() : `${wish.key}/${wanted}`}`;
  const isNew = await platform.db.transaction((tx) =>
    platform.sagas.start(tx, beginProject, { ...input, seat: key }, { key }),
  );
  const saga = await platform.sagas.follow(beginProject, key, { to: 'project', milliseconds: PATIENCE });
  const id = saga?.steps.find(({ name, state }) => name === 'project' && state === 'done')?.result;
  if (typeof id !== 'number') {
    if (saga?.state === 'compensated') {
      await refuseFullPlan(platform.db, owner.user_id);
      // Its saga has ended for good under this key.
      const detail = 'The project could not be created. Nothing was saved; try again, under another Idempotency-Key.';
      throw conflict('project_not_begun', detail);
    }
    const detail = 'Creating the project takes longer than usual. Look among your projects before you try again.';
    throw problem(503, 'unavailable', detail, { headers: { 'retry-after': '5' } });
  }
  if (isNew) created.inc();
  return platform.db.transaction(async (tx) => wish.keep(tx, await readProject(tx, id)));
}

/** @throws 422 for oneself, somebody twice, and roles that the project does not have */
function refuseLooseInvitations(ownerId: number, body: ProjectCreate, invite: Invitation[]): void {
  const errors = invite.flatMap<FieldError>(({ user_id, role }, at) => {
    const path = `/invite/${at}`;
    if (user_id === ownerId) {
      return [{ path: `${path}/user_id`, code: 'to_yourself', message: 'You are on the team already.' }];
    }
    if (invite.findIndex((other) => other.user_id === user_id) < at) {
      return [{ path: `${path}/user_id`, code: 'repeated', message: 'This person is invited already.' }];
    }
    if (role !== undefined && !body.roles?.[role]) {
      return [{ path: `${path}/role`, code: 'unknown_role', message: 'Name a role by its place in `roles`, from 0.' }];
    }
    return [];
  });
  if (body.status === 'draft') {
    const message = 'Nobody can be invited to a draft. Publish it, or invite later.';
    errors.push({ path: '/invite', code: 'invited_to_draft', message });
  }
  if (errors.length > 0) throw unprocessable(errors);
}

/** @throws 422 for people who are not members (any more) */
async function checkPeople(platform: Platform, ownerId: number, invite: Invitation[]): Promise<void> {
  const members = await Promise.all(
    [ownerId, ...invite.map(({ user_id }) => user_id)].map((user_id) =>
      platform.calls('accounts.getMember', { user_id }),
    ),
  );
  const errors = members.flatMap<FieldError>((member, at) =>
    member?.is_active
      ? []
      : [
          {
            path: at === 0 ? '/' : `/invite/${at - 1}/user_id`,
            code: 'no_such_member',
            message: 'This member does not exist or is no longer here.',
          },
        ],
  );
  if (errors.length > 0) throw unprocessable(errors);
}
