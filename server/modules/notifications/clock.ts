/** When something may reach a person, by the clocks of where they are. Pure. */
import { Temporal } from 'temporal-polyfill';
import type { Wishes } from './store-members.ts';

const DAY = Temporal.Duration.from({ days: 1 });

const inZone = (now: Date, zone: string | null | undefined) =>
  Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone ?? 'UTC');

/**
 * When the quiet hours that hold now are over; null outside of them. Over midnight when they end before they begin. A
 * time that the clocks skip counts as the one after the gap; of a time that they show twice, the one that is still ahead.
 */
export function quietUntil(
  { quiet_from, quiet_to, zone }: Pick<Wishes, 'quiet_from' | 'quiet_to' | 'zone'>,
  now: Date,
): Date | null {
  if (quiet_from === null || quiet_to === null) return null;
  const here = inZone(now, zone);
  const [time, from, to] = [here.toPlainTime(), Temporal.PlainTime.from(quiet_from), Temporal.PlainTime.from(quiet_to)];
  const [hasBegun, hasNotEnded] = [
    Temporal.PlainTime.compare(time, from) >= 0,
    Temporal.PlainTime.compare(time, to) < 0,
  ];
  const isOverMidnight = Temporal.PlainTime.compare(from, to) > 0;
  if (isOverMidnight ? !(hasBegun || hasNotEnded) : !(hasBegun && hasNotEnded)) return null;
  const day = isOverMidnight && hasBegun ? here.toPlainDate().add(DAY) : here.toPlainDate();
  const ends = (['compatible', 'later'] as const).map((disambiguation) =>
    day.toPlainDateTime(to).toZonedDateTime(here.timeZoneId, { disambiguation }),
  );
  const end = ends.find((one) => one.epochMilliseconds > now.getTime());
  return end ? new Date(end.epochMilliseconds) : null;
}

/** The next time, after now, that a member's hour of the digest begins. */
export function nextDigest({ zone, digest_hour = 8 }: Partial<Pick<Wishes, 'zone' | 'digest_hour'>>, now: Date): Date {
  const here = inZone(now, zone);
  const at = (day: Temporal.PlainDate) =>
    day.toZonedDateTime({ timeZone: here.timeZoneId, plainTime: Temporal.PlainTime.from({ hour: digest_hour }) });
  const today = at(here.toPlainDate());
  const next = today.epochMilliseconds > now.getTime() ? today : at(here.toPlainDate().add(DAY));
  return new Date(next.epochMilliseconds);
}

/** The day it is there, `2026-11-23`. */
export const localDay = (zone: string | null, now: Date) => inZone(now, zone).toPlainDate().toString();
