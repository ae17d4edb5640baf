/** Numbers, money, days and times in the reader's language and zone. */
import { useFormatter, useLocale } from 'use-intl';
import { directionOf, type Locale } from './locales.ts';

export interface Money {
  min: number | null;
  max: number | null;
  currency: string;
}

/**
 * How amounts of a currency are written, with so many digits after the point. From right to left the sign of `US$` would
 * jump before its letters, unless a mark holds it.
 */
export function amountsIn(locale: Locale, currency: string, maximumFractionDigits = 0) {
  const formatter = new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits });
  const isRtl = directionOf(locale) === 'rtl';
  const text = (parts: readonly { type: string; value: string }[]) =>
    parts
      .map(({ type, value }) => (isRtl && type === 'currency' && /^[A-Z]/.test(value) ? `${value}\u200e` : value))
      .join('');
  return {
    one: (value: number) => text(formatter.formatToParts(value)),
    range: (min: number, max: number) => text(formatter.formatRangeToParts(min, max)),
  };
}

/** "US dollar" of `USD`, in the reader's language. */
export function useCurrencyName(): (currency: string) => string {
  const names = new Intl.DisplayNames(useLocale(), { type: 'currency', fallback: 'code' });
  return (currency) => names.of(currency) ?? currency;
}

/** `€200–400`, `€200+`, `up to €400`; null when nothing is offered. */
export function useMoneyRange(): (money: Money) => { kind: 'range' | 'from' | 'upTo'; text: string } | null {
  const locale = useLocale();
  return ({ min, max, currency }) => {
    const amounts = amountsIn(locale, currency);
    if (min !== null && max !== null) {
      return { kind: 'range', text: min === max ? amounts.one(max) : amounts.range(min, max) };
    }
    if (max !== null) return { kind: 'upTo', text: amounts.one(max) };
    if (min !== null) return { kind: 'from', text: amounts.one(min) };
    return null;
  };
}

/** Names one after another, as the reader's language lists them. Each is set apart by signs, since it runs its own way. */
export function useNameList(): (names: readonly string[]) => string {
  const format = useFormatter();
  return (names) =>
    format.list(
      names.map((name) => `\u2068${name}\u2069`),
      { type: 'unit' },
    );
}

/** Days and hours of a clock on the wall belong to no zone, so that the server and every browser write the same. */
const onTheWall = 'UTC';

/** A calendar day, `2026-11-23`, written out. */
export function useDay(): (day: string) => string {
  const format = useFormatter();
  return (day) =>
    format.dateTime(new Date(`${day}T12:00:00Z`), {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone: onTheWall,
    });
}

/** Names of the weekdays, Monday first, in the reader's language. */
export function useWeekdays(width: 'long' | 'short' | 'narrow'): string[] {
  const format = useFormatter();
  // 1 January 2024 is a Monday.
  return Array.from({ length: 7 }, (_, day) =>
    format.dateTime(new Date(Date.UTC(2024, 0, 1 + day)), { weekday: width, timeZone: onTheWall }),
  );
}

const clock = (hour: number): Date => new Date(Date.UTC(2024, 0, 1) + hour * 3_600_000);

/** `14:00` or `2 PM`, as the reader's language writes it; 24 is midnight at the end of the day. */
export function useHour(): (hour: number) => string {
  const format = useFormatter();
  return (hour) => format.dateTime(clock(hour % 24), { hour: 'numeric', minute: '2-digit', timeZone: onTheWall });
}

/** `18:00 – 20:00` for hours of one day, which may have parts: 9.75 is a quarter to ten. */
export function useHourRange(): (from: number, to: number) => string {
  const format = useFormatter();
  // Midnight at the end belongs to the same day, or the range would be written with dates.
  return (from, to) =>
    format.dateTimeRange(clock(from), clock(to === 24 ? 0 : to), {
      hour: 'numeric',
      minute: '2-digit',
      timeZone: onTheWall,
    });
}
