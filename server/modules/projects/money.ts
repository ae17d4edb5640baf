/** Money between the wire (major units, a number) and the table (minor units, an integer). */

export const DEFAULT_CURRENCY = 'USD';
const known = new Set(Intl.supportedValuesOf('currency'));

export const isCurrency = (code: string) => known.has(code);

const digitsOf = new Map<string, number>();

/** Decimals of a currency by ISO 4217 as the runtime knows it: 2 for USD, 0 for JPY, 3 for KWD. */
export function currencyDigits(code: string): number {
  const remembered = digitsOf.get(code);
  if (remembered !== undefined) return remembered;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: code });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  digitsOf.set(code, digits);
  return digits;
}

/**
 * Minor units of an amount in major units, or null when it has more decimals than the currency. Exact: both the
 * parser and the division give the double next to the decimal number, so equal decimals are equal doubles.
 */
export function toMinor(amount: number, digits: number): number | null {
  const minor = Math.round(amount * 10 ** digits);
  return minor / 10 ** digits === amount ? minor : null;
}

/** Major units of an amount in minor units. */
export const toMajor = (minor: number, digits: number): number => minor / 10 ** digits;
