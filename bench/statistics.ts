/** What is said about a handful of measurements. */

/** The middle value; the mean of the two middle ones when there are evenly many. NaN for nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}

/** The smallest value that at least the share `p` (0 to 1) of all do not exceed (nearest rank). NaN for nothing. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN;
}

/** Rounded to so many digits that count; for figures whose noise is a few percent. */
export const rounded = (value: number, digits = 4): number => Number(value.toPrecision(digits));

export interface Comparison {
  ours: number;
  reference: number;
  /** Of the medians. */
  ratio: number;
  ours_min: number;
  ours_max: number;
  reference_min: number;
  reference_max: number;
}

/** Medians and ranges of two series, and the ratio of the medians. */
export const compareSeries = (ours: readonly number[], reference: readonly number[]): Comparison => ({
  ours: rounded(median(ours)),
  reference: rounded(median(reference)),
  ratio: rounded(median(ours) / median(reference), 3),
  ours_min: rounded(Math.min(...ours)),
  ours_max: rounded(Math.max(...ours)),
  reference_min: rounded(Math.min(...reference)),
  reference_max: rounded(Math.max(...reference)),
});
