import type { MatchFactor } from '@collabthon/contracts/discovery';
import { useFormatter, useTranslations } from 'use-intl';
import { goals } from '../profiles/open-to-field.tsx';

type Fact = MatchFactor['facts'][string] | undefined;

const listOf = (fact: Fact): string[] => (Array.isArray(fact) ? fact : []);

/** The facts behind a factor's points, as sentences that hold for whoever reads them. */
export function useFactText(): (factor: MatchFactor) => string {
  const t = useTranslations('match.facts');
  const tPerson = useTranslations('person');
  const format = useFormatter();

  const lists = (
    facts: MatchFactor['facts'],
    names: readonly ('matched' | 'missing' | 'shared' | 'brings')[],
  ): string =>
    names
      .flatMap((name) =>
        listOf(facts[name]).length > 0
          ? [t(name, { list: format.list(listOf(facts[name]), { type: 'conjunction' }) })]
          : [],
      )
      .join(' ');

  const hoursText = ({ hours, needed, their_hours }: MatchFactor['facts']): string => {
    if (typeof hours === 'number' && typeof needed === 'number') return t('needed', { hours, needed });
    if (typeof hours === 'number' && typeof their_hours === 'number')
      return t('bothHours', { hours, theirs: their_hours });
    return '';
  };

  const interestText = ({ common }: MatchFactor['facts'], points: number | null): string => {
    const names = goals.filter((goal) => listOf(common).includes(goal)).map((goal) => tPerson(`openTo.${goal}`));
    if (names.length > 0) return t('common', { list: format.list(names, { type: 'conjunction' }) });
    return t(points ? 'interested' : 'otherInterest');
  };

  return ({ factor, points, facts }) => {
    switch (factor) {
      case 'skills':
        return lists(facts, ['matched', 'missing', 'shared', 'brings']);
      case 'level':
        if (facts.below === undefined) return t('levelsClose');
        return listOf(facts.below).length > 0
          ? t('below', { list: format.list(listOf(facts.below), { type: 'conjunction' }) })
          : t('levelReached');
      case 'availability':
        return hoursText(facts);
      case 'interest':
        return interestText(facts, points);
      case 'college':
        return points
          ? t('sameCollege')
          : typeof facts.college === 'string'
            ? t('otherCollege', { college: facts.college })
            : '';
      case 'activity':
        return typeof facts.days_ago === 'number' ? t('daysAgo', { days: facts.days_ago }) : '';
    }
  };
}
