/** Sagas on a real database: forward, back, parked, waiting, and on another process after the first one died. */
import { sql } from 'drizzle-orm';
import { Type } from 'typebox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testConfig } from '../config/test-config.ts';
import type { Db } from '../database/database.ts';
import { conflict } from '../http/problems.ts';
import { defineModule } from '../module.ts';
import { createService } from '../service.ts';
import { runInTrace, traceFields } from '../telemetry/trace.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { defineSaga } from './define.ts';

const Input = Type.Object({ n: Type.Integer() });
const quick = { retry: { attempts: 3, delay: 1, most: 2 } };

/** What the steps did, in their order, and what they are to do instead. */
let did: string[] = [];
let behave: Record<string, (key: string) => unknown> = {};
const act = async (name: string, key = '') => {
  did.push(name);
  return (await behave[name]?.(key)) ?? `${name} is done`;
};

const trip = defineSaga('trial.trip', Input)
  .step('seat', { ...quick, do: ({ key }) => act('seat', key), undo: ({ result }) => act(`undo seat: ${result}`) })
  .step('room', { ...quick, do: ({ key }) => act('room', key), undo: ({ result }) => act(`undo room: ${result}`) })
  .pivot('payment', { ...quick, do: ({ results, key }) => act(`pay after ${results.room}`, key) })
  .step('ticket', { ...quick, do: ({ key }) => act('ticket', key) })
  .end();
const asking = defineSaga('trial.asking', Input)
  .step('seat', { ...quick, do: ({ key }) => act('seat', key), find: async ({ key }) => behave.find?.(key) })
  .end();
const patient = defineSaga('trial.patient', Input)
  .step('promise', { ...quick, do: () => act('promise'), undo: () => act('undo promise') })
  .wait('night', () => new Date(Date.now() + 14 * 86_400_000))
  .pivot('morning', { ...quick, do: () => act('morning') })
  .end();
const committed = defineSaga('trial.committed', Input)
  .pivot('vow', { ...quick, do: () => act('vow'), undo: () => act('undo vow') })
  .wait('night', () => new Date(Date.now() + 86_400_000))
  .end();
/** What is in the ledger is there by its transaction alone. */
const enter = async (tx: Db, key: string) => {
  await tx.execute(sql`INSERT INTO ledger (key) VALUES (${key})`);
  return act(key.replace(/.*:/, ''), key);
};
const ledger = defineSaga('trial.ledger', Input)
  .step('debit', {
    ...quick,
    local: true,
    do: ({ tx, key }) => enter(tx, key),
    undo: ({ tx, key, result }) => enter(tx, `${key} undone: ${result}`),
  })
  .pivot('credit', { ...quick, local: true, do: ({ tx, key, results }) => enter(tx, `${key} after ${results.debit}`) })
  .end();
const careless = defineSaga('trial.careless', Input)
  .step('slip', { ...quick, local: true, do: ({ tx }) => tx.execute(sql`SELECT 1 / 0`).catch(() => 'never mind') })
  .end();
const endless = defineSaga('trial.endless', Input)
  .step('wait', {
    ...quick,
    do({ signal }) {
      did.push('begun');
      if (did.length > 1) return Promise.resolve();
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve(void did.push('stopped'))));
    },
  })
  .end();
const sagas = [trip, asking, patient, committed, ledger, careless, endless];
const trial = defineModule({ name: 'trial', mount: () => ({ sagas }) });

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ modules: [trial] });
  await app.db.execute(sql`CREATE TABLE ledger (place bigint GENERATED ALWAYS AS IDENTITY, key text)`);
});
afterAll(() => app.close());
beforeEach(() => {
  did = [];
  behave = {};
});

let next = 0;
const serve = (databaseUrl: string) =>
  createService({
    config: testConfig(),
    databaseUrl,
    modules: [trial],
    work: true,
    poolLimits: { kept: 0, burst: 10, queue: 500 },
  });
const start = async (saga: typeof trip, key = `key ${++next}`) => {
  await app.db.transaction((tx) => app.platform.sagas.start(tx, saga, { n: 1 }, { key }));
  const { rows } = await app.db.execute<{ id: number }>(
    sql`SELECT id FROM platform.sagas WHERE name = ${saga.name} AND key = ${key}`,
  );
  return { id: rows[0]?.id ?? 0, key };
};
const find = (id: number) => app.platform.sagas.find(id);
const becomes = (id: number, state: string) =>
  expect.poll(async () => (await find(id))?.state, { timeout: 20_000 }).toBe(state);
const refuse = () => {
  throw conflict('busy', 'No.');
};
const fail = () => {
  throw new Error('broken');
};

describe('a saga', () => {
  it('goes through its steps, each with what those before it returned', async () => {
    const { id } = await start(trip);
    await becomes(id, 'completed');
    expect(did).toEqual(['seat', 'room', 'pay after room is done', 'ticket']);
    const saga = await find(id);
    expect(saga?.steps.map(({ name, state, attempts }) => [name, state, attempts])).toEqual([
      ['seat', 'done', 1],
      ['room', 'done', 1],
      ['payment', 'done', 1],
      ['ticket', 'done', 1],
    ]);
    expect(saga?.ended_at).not.toBeNull();
  });

  it('is there once, however often it is started under one key', async () => {
    const started = await Promise.all(
      [1, 2, 3].map(() =>
        app.db.transaction((tx) => app.platform.sagas.start(tx, trip, { n: 1 }, { key: 'the same' })),
      ),
    );
    expect(started.filter(Boolean)).toHaveLength(1);
    const { id } = await start(trip, 'the same');
    await becomes(id, 'completed');
    expect(did.filter((name) => name === 'seat')).toHaveLength(1);
  });

  it('is not there when the transaction that started it is undone', async () => {
    const undone = app.db.transaction(async (tx) => {
      await app.platform.sagas.start(tx, trip, { n: 1 }, { key: 'undone' });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    const { rows } = await app.db.execute(sql`SELECT 1 FROM platform.sagas WHERE key = 'undone'`);
    expect(rows).toEqual([]);
  });

  it('refuses an input that is not its own', async () => {
    const wrong = app.db.transaction((tx) => app.platform.sagas.start(tx, trip, {} as never, { key: 'wrong' }));
    await expect(wrong).rejects.toThrow('Saga trial.trip');
  });

  it('tries a step that fails again, under the same key', async () => {
    const keys: string[] = [];
    behave.room = (key) => keys.push(key) < 3 && fail();
    const { id } = await start(trip);
    await becomes(id, 'completed');
    expect(keys).toHaveLength(3);
    expect(new Set(keys)).toEqual(new Set([`trial.trip/${id}:room`]));
    expect((await find(id))?.steps[1]?.attempts).toBe(3);
  });

  it('is worked on by one process at a time', async () => {
    const keys: string[] = [];
    for (const name of ['seat', 'pay after room is done', 'ticket']) {
      behave[name] = async (key) => {
        keys.push(key);
        await new Promise((resolve) => setImmediate(resolve));
      };
    }
    behave.room = (key) => {
      keys.push(key);
      return 'room is done';
    };
    const others = await Promise.all([serve(app.databaseUrl), serve(app.databaseUrl)]);
    const started = await Promise.all(Array.from({ length: 50 }, () => start(trip)));
    for (const { id } of started) await becomes(id, 'completed');
    await Promise.all(others.map((other) => other.stop()));
    expect(keys).toHaveLength(200);
    expect(new Set(keys).size).toBe(200);
  });

  it('carries the trace of whoever started it', async () => {
    const [parent, traces] = ['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', new Set<unknown>()];
    behave.seat = () => void traces.add(traceFields().trace_id);
    const { id } = await runInTrace(parent, () => start(trip));
    await becomes(id, 'completed');
    expect([...traces]).toEqual(['0af7651916cd43dd8448eb211c80319c']);
  });
});

describe('a run', () => {
  it('stops in time when it cannot renew its hold, and another goes on', async () => {
    const { id } = await start(endless);
    await expect.poll(() => did).toEqual(['begun']);
    // Nobody can write to it meanwhile.
    await app.db.transaction(async (tx) => {
      await tx.execute(sql`SELECT 1 FROM platform.sagas WHERE id = ${id} FOR UPDATE`);
      await expect.poll(() => did, { timeout: 15_000 }).toEqual(['begun', 'stopped']);
      const { rows } = await tx.execute<{ is_held: boolean }>(sql`
        SELECT held_until > clock_timestamp() AS is_held FROM platform.sagas WHERE id = ${id}`);
      expect(rows).toEqual([{ is_held: true }]);
    });
    await becomes(id, 'completed');
    expect(did).toEqual(['begun', 'stopped', 'begun']);
  }, 40_000);
});

describe('a local step', () => {
  const entries = async (id: number) => {
    const { rows } = await app.db.execute<{ key: string }>(sql`
      SELECT replace(key, ${`trial.ledger/${id}:`}, '') AS key FROM ledger
      WHERE key LIKE ${`trial.ledger/${id}:%`} ORDER BY place`);
    return rows.map(({ key }) => key);
  };
  const stepsOf = async (id: number) => (await find(id))?.steps.map(({ state, attempts }) => [state, attempts]);
  const vow = 'credit after debit is done';

  it('is there together with its outcome', async () => {
    const { id } = await start(ledger);
    await becomes(id, 'completed');
    expect(await entries(id)).toEqual(['debit', vow]);
    expect((await find(id))?.steps.map(({ result }) => result)).toEqual(['debit is done', `${vow} is done`]);
  });

  it('leaves nothing when it fails, and is tried again', async () => {
    let tries = 0;
    behave.debit = () => ++tries < 3 && fail();
    const { id } = await start(ledger);
    await becomes(id, 'completed');
    expect(tries).toBe(3);
    expect(await entries(id)).toHaveLength(2);
    expect(await stepsOf(id)).toEqual([
      ['done', 3],
      ['done', 1],
    ]);
  });

  it('counts as failed when a statement of it did, also if it says nothing of that', async () => {
    const { id } = await start(careless);
    await becomes(id, 'compensated');
    expect((await find(id))?.error).toContain('slip: Failed query');
  });

  it('turns a saga back that cannot do it, also at its pivot, since it did not happen', async () => {
    behave[vow] = fail;
    const { id } = await start(ledger);
    await becomes(id, 'compensated');
    expect(await entries(id)).toEqual(['debit', 'debit undone: debit is done']);
    expect((await find(id))?.steps.map(({ state }) => state)).toEqual(['undone', 'refused']);
  });

  it('has no effect when another process has taken the saga over, and one once that has come to it', async () => {
    behave.debit = async (key) => {
      behave = {};
      const id = Number(/\d+/.exec(key)?.[0]);
      await app.db.execute(sql`UPDATE platform.sagas SET holder = gen_random_uuid() WHERE id = ${id}`);
    };
    const { id } = await start(ledger);
    await expect.poll(() => did).toContain('debit');
    expect(await entries(id)).toEqual([]);
    await app.db.execute(sql`UPDATE platform.sagas SET held_until = now() WHERE id = ${id}`);
    await becomes(id, 'completed');
    expect(await entries(id)).toEqual(['debit', vow]);
  });

  it('goes by what the row says when its commit was not answered', async () => {
    await app.db.execute(sql`CREATE SEQUENCE commits`);
    await app.db.execute(sql`
      CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('commits') = 1 THEN
          PERFORM pg_terminate_backend(pg_backend_pid());
          PERFORM pg_sleep(5);
        END IF;
        RETURN NULL;
      END $$`);
    await app.db.execute(sql`
      CREATE CONSTRAINT TRIGGER hang_up AFTER INSERT ON ledger DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION hang_up()`);
    const { id } = await start(ledger);
    await becomes(id, 'completed');
    expect(did).toEqual(['debit', 'debit', vow]);
    expect(await entries(id)).toEqual(['debit', vow]);
  });
});

describe('a saga that cannot go on', () => {
  it('undoes in reverse what is done, and nothing that was refused', async () => {
    behave['pay after room is done'] = refuse;
    const { id } = await start(trip);
    await becomes(id, 'compensated');
    expect(did).toEqual([
      'seat',
      'room',
      'pay after room is done',
      'undo room: room is done',
      'undo seat: seat is done',
    ]);
    expect((await find(id))?.steps.map(({ state }) => state)).toEqual(['undone', 'undone', 'refused']);
    expect((await find(id))?.error).toBe('payment: No.');
  });

  it('undoes a step whose outcome nobody knows, without a result', async () => {
    behave.room = fail;
    const { id } = await start(trip);
    await becomes(id, 'compensated');
    expect(did).toEqual(['seat', 'room', 'room', 'room', 'undo room: undefined', 'undo seat: seat is done']);
  });

  it('is parked when undoing fails too, and goes on when it is resumed', async () => {
    behave['pay after room is done'] = refuse;
    behave['undo seat: seat is done'] = fail;
    const { id } = await start(trip);
    await becomes(id, 'parked');
    expect((await find(id))?.error).toBe('seat: broken');
    expect(did.filter((name) => name.startsWith('undo seat'))).toHaveLength(3);
    expect(await (await app.fetch('/metrics')).text()).toMatch(/sagas_parked_total\{saga="trial.trip"\} 1/);
    expect(await (await app.fetch('/metrics')).text()).toMatch(/sagas_parked 1/);

    behave = {};
    expect(await app.db.transaction((tx) => app.platform.sagas.resume(tx, id))).toBe('trial.trip');
    await becomes(id, 'compensated');
    expect(did.filter((name) => name.startsWith('undo room'))).toHaveLength(1);
    expect(await app.db.transaction((tx) => app.platform.sagas.resume(tx, id))).toBeNull();
  });

  it('never turns back once it is past its pivot', async () => {
    behave.ticket = refuse;
    const { id } = await start(trip);
    await becomes(id, 'parked');
    expect(did.some((name) => name.startsWith('undo'))).toBe(false);
    behave = {};
    await app.db.transaction((tx) => app.platform.sagas.resume(tx, id));
    await becomes(id, 'completed');
  });

  it('is parked at a pivot whose outcome nobody can tell', async () => {
    behave['pay after room is done'] = fail;
    const { id } = await start(trip);
    await becomes(id, 'parked');
    expect(did.some((name) => name.startsWith('undo'))).toBe(false);
  });
});

describe('a saga that waits', () => {
  it('goes on when its time has come', async () => {
    const { id } = await start(patient);
    await becomes(id, 'waiting');
    await app.settled();
    expect(did).toEqual(['promise']);
    await passTime(id);
    await becomes(id, 'completed');
    expect(did).toEqual(['promise', 'morning']);
  });

  it('turns back when it is cancelled, and not once it goes on', async () => {
    const { id, key } = await start(patient);
    await becomes(id, 'waiting');
    const cancel = () => app.db.transaction((tx) => app.platform.sagas.cancel(tx, patient, key));
    expect(await cancel()).toBe(true);
    await becomes(id, 'cancelled');
    expect(did).toEqual(['promise', 'undo promise']);
    expect(await cancel()).toBe(false);
  });

  it('is not cancelled past its pivot', async () => {
    const { id, key } = await start(committed);
    await becomes(id, 'waiting');
    expect(await app.db.transaction((tx) => app.platform.sagas.cancel(tx, committed, key))).toBe(false);
    expect(did).toEqual(['vow']);
  });

  const passTime = (id: number) => app.db.execute(sql`UPDATE platform.sagas SET due_at = now() WHERE id = ${id}`);
});

describe('another process', () => {
  /** Starts a saga on a process that dies within its first step, after the intent was written. */
  const dieWithin = async (saga: typeof trip) => {
    const called = Promise.withResolvers<void>();
    behave.seat = () => {
      called.resolve();
      return new Promise(() => {});
    };
    const dying = await serve(other.databaseUrl);
    const key = `key ${++next}`;
    await dying.platform.db.transaction((tx) => dying.platform.sagas.start(tx, saga, { n: 1 }, { key }));
    await called.promise;
    await dying.stop();
    behave = {};
    // As long as a dead one is waited for.
    await other.db.execute(sql`UPDATE platform.sagas SET held_until = now() WHERE key = ${key}`);
    const { rows } = await other.db.execute<{ id: number }>(sql`SELECT id FROM platform.sagas WHERE key = ${key}`);
    return rows[0]?.id ?? 0;
  };
  let other: TestApp;
  beforeAll(async () => {
    other = await startTestApp({ modules: [trial], work: false });
  });
  afterAll(() => other.close());
  const ends = (id: number) =>
    expect.poll(async () => (await other.platform.sagas.find(id))?.state, { timeout: 25_000 }).toBe('completed');

  it('calls the step again whose outcome died with the first one', async () => {
    const id = await dieWithin(trip);
    expect((await other.platform.sagas.find(id))?.steps).toMatchObject([{ name: 'seat', state: 'intended' }]);
    const living = await serve(other.databaseUrl);
    await ends(id);
    expect(did).toEqual(['seat', 'seat', 'room', 'pay after room is done', 'ticket']);
    await living.stop();
  }, 40_000);

  it('asks for the outcome where somebody can tell, and does not do it again', async () => {
    const id = await dieWithin(asking);
    behave.find = (key) => `found by ${key}`;
    const living = await serve(other.databaseUrl);
    await ends(id);
    expect(did).toEqual(['seat']);
    expect((await other.platform.sagas.find(id))?.steps[0]?.result).toBe(`found by trial.asking/${id}:seat`);
    await living.stop();
  }, 40_000);
});
