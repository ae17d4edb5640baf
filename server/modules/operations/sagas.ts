/** What is seen of sagas, and done about those that are parked: in the audit log, with the action or not at all. */
import { conflict, notFound } from '../../platform/http/problems.ts';
import type { Platform } from '../../platform/module.ts';

type SagaRow = NonNullable<Awaited<ReturnType<Platform['sagas']['find']>>>;

export const presentSaga = (row: SagaRow) => ({
  id: row.id,
  name: row.name,
  key: row.key,
  state: row.state,
  step: row.step,
  is_undoing: row.is_undoing,
  error: row.error,
  wake_at: row.wake_at,
  created_at: row.created_at,
  updated_at: row.updated_at,
  ended_at: row.ended_at,
});

/** @param actorId null for the operator of the machine @throws 404, 409 `saga_not_parked` */
export async function resumeSaga(platform: Platform, actorId: number | null, id: number): Promise<void> {
  await platform.db.transaction(async (tx) => {
    const name = await platform.sagas.resume(tx, id);
    if (name === null) {
      if (!(await platform.sagas.find(id))) throw notFound('saga');
      throw conflict('saga_not_parked', 'This saga is not parked, so there is nothing to resume.');
    }
    const action = 'saga.resumed';
    await platform.events.publish(tx, 'admin.acted', {
      actor_id: actorId,
      action,
      target: `saga/${id}`,
      detail: { name },
    });
  });
}
