/** Where the buckets of hours begin and end, as the search counts them. */
const buckets = [
  { value: '1-5', from: 1, upTo: 5 },
  { value: '6-10', from: 6, upTo: 10 },
  { value: '11-20', from: 11, upTo: 20 },
  { value: '21+', from: 21, upTo: 80 },
] as const;

type Counts = readonly { value: string; count: number }[] | undefined;

/** Counts of buckets, added up to the two questions that people ask: at most so many hours, or at least. */
export function hourOptions(facet: Counts, side: 'upTo' | 'from'): { hours: number; count: number | null }[] {
  const counts = new Map(facet?.map(({ value, count }) => [value, count]));
  const sumOf = (some: readonly { value: string }[]) =>
    some.reduce((sum, { value }) => sum + (counts.get(value) ?? 0), 0);
  const options = buckets.map((bucket, index) => ({
    hours: bucket[side],
    count: facet ? sumOf(side === 'upTo' ? buckets.slice(0, index + 1) : buckets.slice(index)) : null,
  }));
  return options.filter(({ hours }) => hours > 1 && hours < 80);
}
