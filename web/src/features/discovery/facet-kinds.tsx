/** Filters that projects and people share. */
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { SkillInput } from '../profiles/skill-input.tsx';
import { isLevel, levels } from '../profiles/skills.tsx';
import { type ChangeFilters, type ChoiceFacet, type FacetOption, type SearchPage, toggleWord } from './explore.ts';

type Counts = SearchPage<unknown>['facets'][string] | undefined;

/** How often a value was found; null while nothing is known. */
export const countOf = (counts: Counts, wanted: string): number | null =>
  counts ? (counts.find(({ value }) => value === wanted)?.count ?? 0) : null;

/** Values that are their own names. */
export const usePlainOptions =
  () =>
  (counts: Counts): FacetOption[] =>
    (counts ?? []).map(({ value, count }) => ({ value, label: value, count }));

/** Any of the chosen skills; what is not among the common ones can be typed. */
export function useSkillFacet(skills: string | undefined, counts: Counts, change: ChangeFilters): ChoiceFacet {
  const t = useTranslations('explore');
  const options = usePlainOptions()(counts);
  return {
    name: 'skills',
    legend: t('skills'),
    isMany: true,
    options,
    more: <OtherSkill onPick={(name) => change({ skills: toggleWord(skills, name.replaceAll(',', ' '), true) })} />,
  };
}

function OtherSkill({ onPick }: { onPick: (name: string) => void }) {
  const t = useTranslations('explore');
  const [text, setText] = useState('');
  return (
    <SkillInput
      label={t('otherSkill')}
      isLabelHidden
      placeholder={t('otherSkill')}
      value={text}
      onChange={setText}
      onPick={(name) => {
        onPick(name);
        setText('');
      }}
    />
  );
}

/** At least so good; the lowest level is what everybody has. */
export function useLevelFacet(counts: Counts): ChoiceFacet {
  const t = useTranslations('explore');
  const tSkills = useTranslations('skills');
  const label = (value: string) => {
    const level = Number(value);
    if (!isLevel(level)) return value;
    const name = tSkills(`level.${level}`);
    // Nothing is better than the best.
    return level === 4 ? name : t('atLeast', { level: name });
  };
  return {
    name: 'min_level',
    legend: t('level'),
    labelOf: label,
    options: levels
      .filter((level) => level > 1)
      .map((level) => ({ value: String(level), label: label(String(level)), count: countOf(counts, String(level)) })),
  };
}
