import type { MatchFactor } from '@collabthon/contracts/discovery';
import { useFormatter, useTranslations } from 'use-intl';

/** The facts behind a factor's points, as sentences. Facts without a sentence of ours stay unsaid. */
export function useFactText(): (factor: MatchFactor) => string {
  const t = useTranslations('match.facts');
  const format = useFormatter();
  return ({ facts }) =>
    Object.entries(facts)
      .filter(([name, value]) => t.has(name as never) && value !== false && !(Array.isArray(value) && value.length === 0))
      .map(([name, value]) => {
        const words = Array.isArray(value) ? format.list(value, { type: 'conjunction' }) : value;
        return (t as (key: string, values: Record<string, string | number>) => string)(name, { value: typeof words === 'number' ? words : String(words) });
      })
      .join(' ');
}
