/** Quiet hours and digest hours by the clocks of real zones, over midnight and through changes of the clock. */
import { describe, expect, it } from 'vitest';
import { nextDigest, quietUntil } from './clock.ts';

const iso = (date: Date | null) => date?.toISOString().replace('.000', '') ?? null;

describe('quiet hours', () => {
  const until = (zone: string, quiet_from: string, quiet_to: string, now: string) =>
    iso(quietUntil({ quiet_from, quiet_to, zone }, new Date(now)));
  const kolkata = (now: string) => until('Asia/Kolkata', '22:30', '07:00', now);
  const newYork = (now: string) => until('America/New_York', '22:00', '07:00', now);

  it.each([
    // 22:29, 22:30, 23:59, 00:00, 06:59 and 07:00 in Kolkata, five and a half hours ahead.
    ['2026-11-23T16:59:59Z', null],
    ['2026-11-23T17:00:00Z', '2026-11-24T01:30:00Z'],
    ['2026-11-23T18:29:59Z', '2026-11-24T01:30:00Z'],
    ['2026-11-23T18:30:00Z', '2026-11-24T01:30:00Z'],
    ['2026-11-24T01:29:59Z', '2026-11-24T01:30:00Z'],
    ['2026-11-24T01:30:00Z', null],
  ])('over midnight in Kolkata, at %s: until %s', (now, end) => {
    expect(kolkata(now)).toBe(end);
  });

  it.each([
    // The clocks go forward in the night of 8 March 2026 and back in that of 1 November: it is 07:00 an hour earlier, then later.
    ['2026-03-08T04:00:00Z', '2026-03-08T11:00:00Z'],
    ['2026-03-07T04:00:00Z', '2026-03-07T12:00:00Z'],
    ['2026-11-01T03:00:00Z', '2026-11-01T12:00:00Z'],
    ['2026-10-31T03:00:00Z', '2026-10-31T11:00:00Z'],
    ['2026-03-08T11:00:00Z', null],
    ['2026-11-01T11:59:59Z', '2026-11-01T12:00:00Z'],
  ])('through a change of the clock in New York, at %s: until %s', (now, end) => {
    expect(newYork(now)).toBe(end);
  });

  it('that end at a time which the clocks skip end after the gap', () => {
    expect(until('America/New_York', '22:00', '02:30', '2026-03-08T06:30:00Z')).toBe('2026-03-08T07:30:00Z');
  });

  it('that end at a time which comes twice end at the one that is ahead', () => {
    // 01:10 for the first and the second time.
    expect(until('America/New_York', '22:00', '01:30', '2026-11-01T05:10:00Z')).toBe('2026-11-01T05:30:00Z');
    expect(until('America/New_York', '22:00', '01:30', '2026-11-01T06:10:00Z')).toBe('2026-11-01T06:30:00Z');
  });

  it('within a day', () => {
    expect(until('UTC', '13:00', '14:00', '2026-11-23T13:30:00Z')).toBe('2026-11-23T14:00:00Z');
    expect(until('UTC', '13:00', '14:00', '2026-11-23T14:00:00Z')).toBeNull();
    expect(until('UTC', '13:00', '14:00', '2026-11-23T12:59:59Z')).toBeNull();
  });

  it('that nobody asked for hold nothing back', () => {
    expect(quietUntil({ quiet_from: null, quiet_to: null, zone: null }, new Date())).toBeNull();
  });
});

describe('the next digest', () => {
  const next = (zone: string | null, digest_hour: number, now: string) =>
    iso(nextDigest({ zone, digest_hour }, new Date(now)));

  it('is at its hour today if that is ahead, else tomorrow', () => {
    expect(next('Asia/Kolkata', 8, '2026-11-23T02:29:59Z')).toBe('2026-11-23T02:30:00Z');
    expect(next('Asia/Kolkata', 8, '2026-11-23T02:30:00Z')).toBe('2026-11-24T02:30:00Z');
    expect(next(null, 8, '2026-11-23T09:00:00Z')).toBe('2026-11-24T08:00:00Z');
  });

  it('keeps its hour through a change of the clock', () => {
    expect(next('America/New_York', 8, '2026-03-07T13:00:00Z')).toBe('2026-03-08T12:00:00Z');
    expect(next('America/New_York', 8, '2026-10-31T12:00:00Z')).toBe('2026-11-01T13:00:00Z');
    expect(next('America/New_York', 2, '2026-03-07T08:00:00Z')).toBe('2026-03-08T07:00:00Z');
  });
});
