import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { goals } from '../profiles/open-to-field.tsx';
import { PersonRow } from '../profiles/person-row.tsx';
import { type PeopleFilters, peopleSearchQuery } from './api.ts';
import { ExploreFrame, ResultSummary } from './explore-frame.tsx';
import { FacetGroup, hourOptions, levelOptions, toggleWord, wordsOf } from './facets.tsx';

const route = getRouteApi('/explore/people');

export function ExplorePeoplePage() {
  const t = useTranslations('explore');
  const navigate = useNavigate();
  const filters = route.useSearch();
  const query = useInfiniteQuery(peopleSearchQuery(filters));
  const first = query.data?.pages[0];
  const people = query.data?.pages.flatMap((page) => page.items) ?? [];

  const change = useCallback(
    (part: Partial<Record<keyof PeopleFilters, string | number | undefined>>, replace = false) =>
      void navigate({
        to: '/explore/people',
        search: (now) => ({ ...now, ...part }) as PeopleFilters,
        replace,
        resetScroll: false,
      }),
    [navigate],
  );
  const search = useCallback((q: string) => change({ q: q || undefined }, true), [change]);
  const clear = () =>
    void navigate({ to: '/explore/people', search: filters.q ? { q: filters.q } : {}, resetScroll: false });
  const filterCount = Object.keys(filters).filter((name) => name !== 'q').length;

  return (
    <ExploreFrame
      kind="people"
      q={filters.q ?? ''}
      onSearch={search}
      onClear={clear}
      filterCount={filterCount}
      facets={<PeopleFacets filters={filters} facets={first?.facets} change={change} />}
      summary={first ? <ResultSummary total={first.total} corrected={first.corrected} /> : null}
    >
      {query.isPending ? <RowSkeletons count={6} rowClass="h-32" /> : null}
      {query.isError && !first ? (
        <div className="py-8">
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </div>
      ) : null}
      {first && people.length === 0 ? (
        <div className="py-8">
          <EmptyState
            title={t('people.none')}
            action={
              filterCount > 0 ? (
                <Button look="secondary" size="small" onClick={clear}>
                  {t('clear')}
                </Button>
              ) : undefined
            }
          >
            {t('people.noneText')}
          </EmptyState>
        </div>
      ) : null}
      <ul className={`divide-y divide-rule transition-opacity ${query.isPlaceholderData ? 'opacity-60' : ''}`}>
        {people.map((profile) => (
          <li key={profile.id}>
            <PersonRow profile={profile} />
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button
          look="secondary"
          className="mt-6"
          isPending={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('loadMore')}
        </Button>
      ) : null}
    </ExploreFrame>
  );
}

interface PeopleFacetsProps {
  filters: PeopleFilters;
  facets: Record<string, { value: string; count: number }[]> | undefined;
  change: (part: Partial<Record<keyof PeopleFilters, string | number | undefined>>) => void;
}

function PeopleFacets({ filters, facets = {}, change }: PeopleFacetsProps) {
  const t = useTranslations('explore');
  const tSkills = useTranslations('skills');
  const tPerson = useTranslations('person');
  const plain = (name: string) => (facets[name] ?? []).map(({ value, count }) => ({ value, label: value, count }));
  return (
    <>
      <FacetGroup
        legend={t('skills')}
        options={plain('skills')}
        chosen={wordsOf(filters.skills)}
        onToggle={(value, isOn) => change({ skills: toggleWord(filters.skills, value, isOn) })}
      />
      <FacetGroup
        legend={t('level')}
        isSingle
        chosen={filters.min_level ? [String(filters.min_level)] : []}
        onToggle={(value, isOn) => change({ min_level: isOn ? Number(value) : undefined })}
        options={levelOptions(facets.levels, filters.min_level).map(({ level, count }) => ({
          value: String(level),
          label: tSkills(`level.${level}`),
          count,
        }))}
      />
      <FacetGroup
        legend={t('college')}
        isSingle
        options={plain('colleges')}
        chosen={filters.college ? [filters.college] : []}
        onToggle={(value, isOn) => change({ college: isOn ? value : undefined })}
      />
      <FacetGroup
        legend={t('major')}
        isSingle
        options={plain('majors')}
        chosen={filters.major ? [filters.major] : []}
        onToggle={(value, isOn) => change({ major: isOn ? value : undefined })}
      />
      <FacetGroup
        legend={t('year')}
        isSingle
        chosen={filters.year ? [String(filters.year)] : []}
        onToggle={(value, isOn) => change({ year: isOn ? Number(value) : undefined })}
        options={(facets.years ?? []).map(({ value, count }) => ({
          value,
          label:
            Number(value) <= 8
              ? tPerson('yearOfStudy', { year: Number(value) })
              : tPerson('graduates', { year: value }),
          count,
        }))}
      />
      <FacetGroup
        legend={t('minHours')}
        isSingle
        chosen={filters.min_hours ? [String(filters.min_hours)] : []}
        onToggle={(value, isOn) => change({ min_hours: isOn ? Number(value) : undefined })}
        options={hourOptions(facets.hours, 'from').map(({ hours, count }) => ({
          value: String(hours),
          label: t('fromHours', { hours }),
          count,
        }))}
      />
      <FacetGroup
        legend={t('openTo')}
        isSingle
        chosen={filters.open_to ? [filters.open_to] : []}
        onToggle={(value, isOn) => change({ open_to: isOn ? value : undefined })}
        options={goals.map((goal) => ({ value: goal, label: tPerson(`openTo.${goal}`), count: null }))}
      />
    </>
  );
}
