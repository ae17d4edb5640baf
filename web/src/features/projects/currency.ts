import { useSyncExternalStore } from 'react';

export const currencies = [
  'USD',
  'EUR',
  'GBP',
  'INR',
  'MXN',
  'BRL',
  'AED',
  'SAR',
  'EGP',
  'JPY',
  'CAD',
  'AUD',
  'CHF',
  'NGN',
  'KES',
  'ZAR',
] as const;

type Currency = (typeof currencies)[number];

const byRegion: Record<string, Currency> = {
  GB: 'GBP',
  IN: 'INR',
  MX: 'MXN',
  BR: 'BRL',
  AE: 'AED',
  SA: 'SAR',
  EG: 'EGP',
  JP: 'JPY',
  CA: 'CAD',
  AU: 'AUD',
  CH: 'CHF',
  LI: 'CHF',
  NG: 'NGN',
  KE: 'KES',
  ZA: 'ZAR',
};
for (const region of [
  'DE',
  'FR',
  'ES',
  'IT',
  'NL',
  'BE',
  'AT',
  'IE',
  'PT',
  'FI',
  'GR',
  'SK',
  'SI',
  'HR',
  'EE',
  'LV',
  'LT',
  'LU',
])
  byRegion[region] = 'EUR';

const guess = (): Currency => byRegion[new Intl.Locale(navigator.language).maximize().region ?? ''] ?? 'USD';
const never = () => () => {};

/** The money of the region that the browser is set to. */
export const useLocalCurrency = (): Currency => useSyncExternalStore<Currency>(never, guess, () => 'USD');
