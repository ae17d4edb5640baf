/**
 * Hours of the week when two people are both free, each by the clock of their own zone. Both grids are laid on one real
 * week, so that summer time, zones of half and quarter hours and the turn of the week need no rule of their own. Pure.
 */
import type { Availability, WeeklyStretch } from '@collabthon/contracts/profiles';
import { Temporal } from 'temporal-polyfill';
import { mergeSlots } from './availability.ts';

export interface Overlap {
  /** Null when either side has not said when they are free. */
  hours: number | null;
  /** My zone, in which all stretches are. */
  zone: string | null;
  mine: WeeklyStretch[];
  theirs: WeeklyStretch[];
  shared: WeeklyStretch[];
}

/** Milliseconds since the epoch, `to` exclusive. */
interface Stretch {
  from: number;
  to: number;
}

const HOUR = 3_600_000;

/**
 * The week is the one that begins with the Monday (UTC) after `now`: the same for both sides, so that both read the same
 * number of hours also when a clock changes in it.
 */
export function weeklyOverlap(mine: Availability, theirs: Availability, now: Date): Overlap {
  const week = nextWeek(now);
  const myStretches = stretchesIn(week, mine);
  const theirStretches = stretchesIn(week, theirs);
  const shared = intersect(myStretches, theirStretches);
  const isKnown = [mine, theirs].every(({ zone, slots }) => zone !== null && slots.length > 0);
  return {
    hours: isKnown ? shared.reduce((sum, { from, to }) => sum + to - from, 0) / HOUR : null,
    zone: mine.zone,
    mine: mine.slots,
    theirs: onClock(theirStretches, mine.zone),
    shared: onClock(shared, mine.zone),
  };
}

function nextWeek(now: Date): Stretch {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO('UTC').startOfDay();
  const monday = today.add({ days: 8 - today.dayOfWeek });
  return { from: monday.epochMilliseconds, to: monday.add({ days: 7 }).epochMilliseconds };
}

/** The slots as they fall in this week, in order and apart. An hour that a clock skips is lost, one that it repeats is longer. */
function stretchesIn(week: Stretch, { zone, slots }: Availability): Stretch[] {
  if (zone === null) return [];
  const found: Stretch[] = [];
  const first = Temporal.Instant.fromEpochMilliseconds(week.from).toZonedDateTimeISO(zone).toPlainDate();
  for (let date = first; ; date = date.add({ days: 1 })) {
    if (date.toZonedDateTime(zone).epochMilliseconds >= week.to) break;
    for (const { day, from, to } of slots) {
      if (day !== date.dayOfWeek) continue;
      const stretch = {
        from: Math.max(week.from, atHour(date, from, zone)),
        to: Math.min(week.to, atHour(date, to, zone)),
      };
      if (stretch.from < stretch.to) found.push(stretch);
    }
  }
  return found.sort((a, b) => a.from - b.from);
}

function atHour(date: Temporal.PlainDate, hour: number, zone: string): number {
  const clock = hour === 24 ? date.add({ days: 1 }).toPlainDateTime() : date.toPlainDateTime({ hour });
  return clock.toZonedDateTime(zone).epochMilliseconds;
}

function intersect(left: Stretch[], right: Stretch[]): Stretch[] {
  const shared: Stretch[] = [];
  for (let l = 0, r = 0; ; ) {
    const [a, b] = [left[l], right[r]];
    if (!a || !b) return shared;
    const stretch = { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
    if (stretch.from < stretch.to) shared.push(stretch);
    if (a.to < b.to) l++;
    else r++;
  }
}

/** Weekdays and hours that a clock in `zone` shows, cut at its midnights. */
function onClock(stretches: Stretch[], zone: string | null): WeeklyStretch[] {
  if (zone === null) return [];
  const shown: WeeklyStretch[] = [];
  for (const { from: begin, to: end } of stretches) {
    for (let at = begin; at < end; ) {
      const clock = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
      const midnight = clock.startOfDay().add({ days: 1 }).epochMilliseconds;
      const until = Math.min(end, midnight);
      const from = hourOf(clock);
      const to =
        until === midnight ? 24 : hourOf(Temporal.Instant.fromEpochMilliseconds(until).toZonedDateTimeISO(zone));
      // While a clock repeats an hour, the end may read earlier than the beginning.
      shown.push({ day: clock.dayOfWeek, from, to: to > from ? to : Math.min(24, from + (until - at) / HOUR) });
      at = until;
    }
  }
  return mergeSlots(shown);
}

const hourOf = (clock: Temporal.ZonedDateTime): number => clock.hour + clock.minute / 60;
