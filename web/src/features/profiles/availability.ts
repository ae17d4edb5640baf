/** A week as the grid sees it: 7 x 24 hours, day 0 is Monday. */
import type { Availability, WeeklyStretch } from '@collabthon/contracts/profiles';

type Slot = Availability['slots'][number];

/** Hours shown as one block of the grid, and the part of the day that most plans are made in. */
export const blockHours = 2;
const dayBlocks: readonly number[] = [6, 8, 10, 12, 14, 16, 18, 20, 22];
const nightBlocks: readonly number[] = [0, 2, 4];

export type HourSet = ReadonlySet<number>;

const hourIndex = (day: number, hour: number): number => day * 24 + hour;

export function hoursOf(slots: readonly Slot[]): HourSet {
  const hours = new Set<number>();
  for (const slot of slots) for (let hour = slot.from; hour < slot.to; hour++) hours.add(hourIndex(slot.day - 1, hour));
  return hours;
}

/** Neighbouring hours of a day become one slot, so that a week never needs more than the 60 that the API takes. */
export function slotsOf(hours: HourSet): Slot[] {
  const slots: Slot[] = [];
  for (let day = 0; day < 7; day++) {
    let from: number | null = null;
    for (let hour = 0; hour <= 24; hour++) {
      const isFree = hour < 24 && hours.has(hourIndex(day, hour));
      if (isFree && from === null) from = hour;
      if (!isFree && from !== null) {
        slots.push({ day: day + 1, from, to: hour });
        from = null;
      }
    }
  }
  return slots;
}

/** How much of a block is free: 0, 1, or a part when somebody's hours do not follow the grid. */
export function shareOf(hours: HourSet, day: number, from: number): number {
  let free = 0;
  for (let hour = from; hour < from + blockHours; hour++) if (hours.has(hourIndex(day, hour))) free++;
  return free / blockHours;
}

export function withBlock(hours: HourSet, day: number, from: number, isFree: boolean): HourSet {
  const next = new Set(hours);
  for (let hour = from; hour < from + blockHours; hour++) {
    if (isFree) next.add(hourIndex(day, hour));
    else next.delete(hourIndex(day, hour));
  }
  return next;
}

/** Free hours within a block; a part when the zones of two people are not whole hours apart. */
export function freeIn(stretches: readonly WeeklyStretch[], day: number, from: number): number {
  return stretches
    .filter((stretch) => stretch.day === day + 1)
    .reduce(
      (sum, stretch) => sum + Math.max(0, Math.min(stretch.to, from + blockHours) - Math.max(stretch.from, from)),
      0,
    );
}

/** The blocks to show: the night only when somebody uses it. */
export function shownBlocks(...weeks: (readonly WeeklyStretch[])[]): readonly number[] {
  const usesNight = weeks.some((week) => week.some((stretch) => stretch.from < 6));
  return usesNight ? [...nightBlocks, ...dayBlocks] : dayBlocks;
}
