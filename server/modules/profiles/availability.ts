/** When somebody has time: a weekly grid in a zone, kept in one normal form. Pure. */
import type { Availability } from '@collabthon/contracts/profiles';
import type { FieldError } from '../../platform/http/problems.ts';
import { isZone } from '../../platform/zones.ts';

export type Slot = Availability['slots'][number];

/** Days for which "open to" holds without being confirmed. */
export const OPEN_TO_DAYS = 30;

/** What is wrong with an availability beyond its shape, with paths into the body; empty when nothing is. */
export function availabilityErrors({ zone, slots }: Availability): FieldError[] {
  const errors: FieldError[] = [];
  if (zone !== null && !isZone(zone)) {
    errors.push({
      path: '/availability/zone',
      code: 'unknown_zone',
      message: 'Use the IANA name of a time zone, such as Asia/Kolkata.',
    });
  }
  if (zone === null && slots.length > 0) {
    errors.push({
      path: '/availability/zone',
      code: 'zone_required',
      message: 'Say in which time zone these hours are.',
    });
  }
  for (const [at, slot] of slots.entries()) {
    if (slot.from >= slot.to) {
      errors.push({
        path: `/availability/slots/${at}/to`,
        code: 'slot_order',
        message: 'A slot ends after it begins.',
      });
    }
  }
  return errors;
}

/** Slots by day and hour, with overlapping and touching ones made one. */
export function mergeSlots<S extends { day: number; from: number; to: number }>(slots: readonly S[]): S[] {
  const merged: S[] = [];
  for (const slot of [...slots].sort((a, b) => a.day - b.day || a.from - b.from)) {
    const last = merged.at(-1);
    if (last && last.day === slot.day && slot.from <= last.to) last.to = Math.max(last.to, slot.to);
    else merged.push({ ...slot });
  }
  return merged;
}
