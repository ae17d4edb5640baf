import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useMe } from '../accounts/api.ts';
import { fullName } from '../profiles/names.ts';
import { goals } from '../profiles/open-to-field.tsx';
import { PersonRow } from '../profiles/person-row.tsx';
import { type PeopleFilters, peopleSearchQuery } from './api.ts';
import { type Facet, type SearchPage, useChangeFilters } from './explore.ts';
import { ExploreFrame } from './explore-frame.tsx';
import { countOf, useLevelFacet, usePlainOptions, useSkillFacet } from './facet-kinds.tsx';
import { hourOptions } from './hours.ts';

const route = getRouteApi('/explore/people');

export function ExplorePeoplePage() {
  const t = useTranslations('explore');
  const filters = route.useSearch();
  const me = useMe();
  const result = useInfiniteQuery(peopleSearchQuery(filters));
  const facets = usePeopleFacets(filters, result.data?.pages[0]?.facets);
  return (
    <ExploreFrame
      kind="people"
      filters={filters}
      result={result}
      facets={facets}
      orders={[
        { value: '', label: t(filters.q ? 'order.relevance' : 'order.updated_at') },
        ...(me || filters.sort_by === 'fit' ? [{ value: 'fit', label: t('order.fit') }] : []),
      ]}
      row={(profile, view, match) => <PersonRow profile={profile} view={view} match={match} />}
      nameOf={(profile) => ({ name: fullName(profile), url: `/people/${profile.user_id}` })}
    />
  );
}

function usePeopleFacets(filters: PeopleFilters, facets: SearchPage<unknown>['facets'] = {}): Facet[] {
  const t = useTranslations('explore');
  const tPerson = useTranslations('person');
  const change = useChangeFilters('people');
  const plain = usePlainOptions();
  const skills = useSkillFacet(filters.skills, facets.skills, change);
  const level = useLevelFacet(facets.levels);
  const hours = (value: string) => t('fromHours', { hours: Number(value) });
  const year = (value: string) =>
    Number(value) <= 8 ? tPerson('yearOfStudy', { year: Number(value) }) : tPerson('graduates', { year: value });
  return [
    skills,
    level,
    {
      name: 'min_hours',
      legend: t('minHours'),
      options: hourOptions(facets.hours, 'from').map((option) => ({
        value: String(option.hours),
        label: hours(String(option.hours)),
        count: option.count,
      })),
      labelOf: hours,
    },
    {
      name: 'open_to',
      legend: t('openTo'),
      options: goals.map((value) => ({
        value,
        label: tPerson(`openTo.${value}`),
        count: countOf(facets.open_to, value),
      })),
    },
    { name: 'college', legend: t('college'), options: plain(facets.colleges) },
    { name: 'major', legend: t('major'), options: plain(facets.majors) },
    {
      name: 'year',
      legend: t('year'),
      options: [...(facets.years ?? [])]
        .sort((one, other) => Number(one.value) - Number(other.value))
        .map(({ value, count }) => ({ value, label: year(value), count })),
      labelOf: year,
    },
  ];
}
