/** What stands behind the points of a match, as sentences. */
import type { MatchFactor } from '@collabthon/contracts/discovery';
import { useFormatter, useTranslations } from 'use-intl';
import { goals } from '../profiles/open-to-field.tsx';

/** Whose fit is told: the reader's own, or that of somebody they may choose. */
export type Who = 'you' | 'they';

export interface MatchFact {
  /** Speaks for the match, against it, or says only how it stands. */
  sign: 'has' | 'lacks' | 'plain';
  text: string;
}

type Facts = MatchFactor['facts'];

const listOf = (fact: Facts[string] | undefined): string[] => (Array.isArray(fact) ? fact : []);
const plain = (text: string): MatchFact[] => [{ sign: 'plain', text }];

/** Two people are compared, not a person with a project. */
const isOfPeople = (factors: readonly MatchFactor[]) => factors.some(({ facts }) => 'shared' in facts);

/** Which factors stay unknown because the reader's own profile is silent. */
export function ownGaps(factors: readonly MatchFactor[]): MatchFactor['factor'][] {
  const areTwo = isOfPeople(factors);
  return factors.flatMap(({ factor, points, facts }) => {
    const isMine =
      (factor === 'skills' && listOf(areTwo ? facts.brings : facts.missing).length > 0) ||
      (factor === 'availability' && facts.hours === undefined) ||
      (factor === 'interest' && Array.isArray(facts.open_to) && facts.open_to.length === 0) ||
      (factor === 'college' && facts.college !== undefined);
    return points === null && isMine ? [factor] : [];
  });
}

export function useMatchFacts(who: Who): (factor: MatchFactor) => MatchFact[] {
  const t = useTranslations('match');
  const tPerson = useTranslations('person');
  const format = useFormatter();
  const listed = (fact: Facts[string] | undefined) => format.list(listOf(fact), { type: 'conjunction' });

  const skillFacts = (facts: Facts): MatchFact[] =>
    (
      [
        ['matched', 'has'],
        ['missing', 'lacks'],
        ['shared', 'has'],
        ['brings', 'plain'],
      ] as const
    ).flatMap(([name, sign]) =>
      listOf(facts[name]).length > 0 ? [{ sign, text: t(`facts.${name}`, { who, list: listed(facts[name]) }) }] : [],
    );

  const hourFacts = ({ hours, needed, their_hours }: Facts): MatchFact[] => {
    if (typeof hours !== 'number') return [];
    if (typeof needed === 'number')
      return [{ sign: hours >= needed ? 'has' : 'lacks', text: t('facts.needed', { who, hours, needed }) }];
    if (typeof their_hours === 'number') return plain(t('facts.bothHours', { hours, theirs: their_hours }));
    return [];
  };

  const interestFacts = ({ common }: Facts, points: number): MatchFact[] => {
    const names = goals.filter((goal) => listOf(common).includes(goal)).map((goal) => tPerson(`openTo.${goal}`));
    if (names.length > 0) return [{ sign: 'has', text: t('facts.common', { list: format.list(names) }) }];
    return points > 0
      ? [{ sign: 'has', text: t('facts.interested', { who }) }]
      : [{ sign: 'lacks', text: t('facts.otherInterest', { who }) }];
  };

  /** Who said too little for this factor. */
  const unknownText = ({ factor, facts }: MatchFactor): string => {
    switch (factor) {
      case 'skills':
        // Named on the other side only: the person whose fit it is has none.
        if (listOf(facts.missing ?? facts.brings).length > 0) return t('unknownText.mySkills', { who });
        return t('shared' in facts ? 'unknownText.theirSkills' : 'unknownText.noSkillsAsked');
      case 'availability':
        return t(facts.hours === undefined ? 'unknownText.myHours' : 'unknownText.otherHours', { who });
      case 'interest':
        return 'open_to' in facts ? t('unknownText.myInterest', { who }) : t('unknownText.interest');
      case 'college':
        if (who === 'they') return t('unknownText.college');
        return t(facts.college === undefined ? 'unknownText.theirCollege' : 'unknownText.myCollege');
      case 'level':
        return t('unknownText.level');
      case 'activity':
        return t('unknownText.activity');
    }
  };

  return (factor) => {
    const { points, facts } = factor;
    if (points === null) return plain(unknownText(factor));
    switch (factor.factor) {
      case 'skills':
        return skillFacts(facts);
      case 'level':
        if (facts.below === undefined) return plain(t('facts.levelsClose'));
        return listOf(facts.below).length > 0
          ? [{ sign: 'lacks', text: t('facts.below', { list: listed(facts.below) }) }]
          : [{ sign: 'has', text: t('facts.levelReached') }];
      case 'availability':
        return hourFacts(facts);
      case 'interest':
        return interestFacts(facts, points);
      case 'college':
        if (points > 0) return [{ sign: 'has', text: t('facts.sameCollege') }];
        return typeof facts.college === 'string' ? plain(t('facts.otherCollege', { college: facts.college })) : [];
      case 'activity':
        return typeof facts.days_ago === 'number' ? plain(t('facts.daysAgo', { days: facts.days_ago })) : [];
    }
  };
}

/** Time and college alone make no fit: without one of the skills that are asked for there is little in common. */
export function verdictOf(score: number, factors: readonly MatchFactor[]) {
  const isStranger = factors.some(({ factor, points }) => factor === 'skills' && points === 0);
  return isStranger || score < 20 ? 'little' : score < 45 ? 'some' : score < 70 ? 'good' : 'strong';
}
