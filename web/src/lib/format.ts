/** Numbers, money, days and times in the reader's language and zone. */
import { useFormatter, useLocale } from 'use-intl';

export interface Money {
  min: number | null;
  max: number | null;
  currency: string;
}

function amount(locale: string, currency: string, value: number): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 }).format(value);
}

/** `€200–400`, `€200+`, `up to €400`; null when nothing is offered. */
export function useMoneyRange(): (money: Money) => { kind: 'range' | 'from' | 'upTo'; text: string } | null {
  const locale = useLocale();
  return ({ min, max, currency }) => {
    if (min !== null && max !== null) {
      const formatter = new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 });
      return { kind: 'range', text: min === max ? formatter.format(max) : formatter.formatRange(min, max) };
    }
    if (max !== null) return { kind: 'upTo', text: amount(locale, currency, max) };
    if (min !== null) return { kind: 'from', text: amount(locale, currency, min) };
    return null;
  };
}

/** A calendar day without a zone must not slip to the day before, so it is read as noon. */
export function useDay(): (day: string) => string {
  const format = useFormatter();
  return (day) => format.dateTime(new Date(`${day}T12:00:00`), { day: 'numeric', month: 'short', year: 'numeric' });
}

/** Names of the weekdays, Monday first, in the reader's language. */
export function useWeekdays(width: 'long' | 'short' | 'narrow'): string[] {
  const format = useFormatter();
  // 1 January 2024 is a Monday.
  return Array.from({ length: 7 }, (_, day) => format.dateTime(new Date(2024, 0, 1 + day, 12), { weekday: width }));
}

/** `14:00` or `2 PM`, as the reader's language writes it; 24 is midnight at the end of the day. */
export function useHour(): (hour: number) => string {
  const format = useFormatter();
  return (hour) => format.dateTime(new Date(2024, 0, 1, hour % 24), { hour: 'numeric', minute: '2-digit' });
}
