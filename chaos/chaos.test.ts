/** The scenarios of `npm run chaos`, with few kills: real processes die, and what they held is done by others. */
import { describe, expect, it } from 'vitest';
import { play } from './play.ts';
import * as cache from './scenarios/cache.ts';
import { scenario as events } from './scenarios/events.ts';
import { scenario as jobs } from './scenarios/jobs.ts';
import * as replicas from './scenarios/replicas.ts';
import * as restart from './scenarios/restart.ts';
import { scenario as saga } from './scenarios/saga.ts';
import { scenario as stream } from './scenarios/stream.ts';

describe.concurrent('killed processes', () => {
  it.each([
    ['jobs', jobs],
    ['events', events],
    ['saga', saga],
    ['stream', stream],
  ])('cost no %s', { timeout: 240_000 }, async (name, scenario) => {
    const { outcome, crashed } = await play(name, scenario, { kills: 2, seed: 7, trouble: 60_000, patience: 60_000 });
    expect(outcome).toMatchObject({ scenario: name, kills: 2, lost: 0, duplicated: 0, stuck: 0 });
    expect(outcome.acknowledged).toBeGreaterThan(0);
    expect(crashed).toBe(0);
  });
});

describe('a cache in several processes', () => {
  it('keeps nothing that is outdated', { timeout: 120_000 }, async () => {
    const outcome = await cache.playItself({ steps: 600, seed: 7, within: 60_000 });
    expect(outcome).toMatchObject({ steps: 600, stale: 0, late: 0, survived: 0, failed: 0 });
    expect(outcome.hit_share).toBeGreaterThan(0);
  });
});

describe('replicas whose replay stops and goes on', () => {
  it('show nobody what is stale', { timeout: 120_000 }, async () => {
    const outcome = await replicas.playItself({ steps: 600, seed: 7, within: 60_000 });
    expect(outcome).toMatchObject({ steps: 600, stale: 0, backwards: 0, written: 0, failed: 0 });
    expect(outcome.off_primary_share).toBeGreaterThan(0);
  });
});

describe('a database that restarts under load', () => {
  it('costs no read and no acknowledged write', { timeout: 120_000 }, async () => {
    const outcome = await restart.playItself({ steps: 10_000, seed: 7, within: 60_000 });
    expect(outcome).toMatchObject({ restarts: 1, failed_reads: 0, stale: 0, lost: 0 });
    expect(outcome.reads).toBeGreaterThan(0);
    expect(outcome.writes_acknowledged).toBeGreaterThan(0);
  });
});
