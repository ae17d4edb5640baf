/** A week as the grid sees it: 7 x 24 hours, day 0 is Monday. */
import type { Availability, WeeklyStretch } from '@collabthon/contracts/profiles';

type Slot = Availability['slots'][number];

/** Hours shown as one block of the grid, and where the part of the day begins that most plans are made in. */
export const blockHours = 2;
const dayBegins = 6;

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

/** A rectangle of the grid, in any two corners; `from` is the first hour of a block. */
export interface Corner {
  day: number;
  from: number;
}

/** The week with every block between two corners free, or none of them. */
export function withBlocks(hours: HourSet, one: Corner, other: Corner, isFree: boolean): HourSet {
  const next = new Set(hours);
  const lastHour = Math.max(one.from, other.from) + blockHours;
  for (let day = Math.min(one.day, other.day); day <= Math.max(one.day, other.day); day++) {
    for (let hour = Math.min(one.from, other.from); hour < lastHour; hour++) {
      if (isFree) next.add(hourIndex(day, hour));
      else next.delete(hourIndex(day, hour));
    }
  }
  return next;
}

/** Parts of the week that many people name first; the corners are their first and their last block. */
export const presets = {
  afternoons: [
    { day: 0, from: 14 },
    { day: 4, from: 16 },
  ],
  evenings: [
    { day: 0, from: 18 },
    { day: 4, from: 20 },
  ],
  weekend: [
    { day: 5, from: 10 },
    { day: 6, from: 16 },
  ],
} as const satisfies Record<string, readonly [Corner, Corner]>;
export type Preset = keyof typeof presets;

/** Every hour of the preset is free already. */
export const hasPreset = (hours: HourSet, preset: Preset): boolean =>
  withBlocks(hours, presets[preset][0], presets[preset][1], true).size === hours.size;

/** The first hour to show: the night only when somebody uses it. */
export const firstHour = (...weeks: (readonly WeeklyStretch[])[]): number =>
  weeks.some((week) => week.some((stretch) => stretch.from < dayBegins)) ? 0 : dayBegins;

/** The first hours of the blocks to show. */
export const shownBlocks = (first: number): number[] =>
  Array.from({ length: (24 - first) / blockHours }, (_, at) => first + at * blockHours);

/** Hours in all. */
export const sumOf = (week: readonly WeeklyStretch[]): number => week.reduce((sum, { from, to }) => sum + to - from, 0);

/** `America/Los Angeles`: an IANA name as people read it. */
export const zoneName = (zone: string): string => zone.replaceAll('_', ' ');
