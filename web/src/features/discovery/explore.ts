/** What the two searches have in common: filters in the address, facets over them, results under them. */
import type { ResultMatch } from '@collabthon/contracts/discovery';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { type ReactNode, useCallback } from 'react';
import type { PeopleFilters, ProjectFilters } from './api.ts';

export type Kind = 'projects' | 'people';

/** What stands in the address, by the name of its parameter. */
export type Filters = Readonly<Record<string, string | number | boolean | undefined>>;

type Counts = readonly { value: string; count: number }[];

export interface SearchPage<Item> {
  items: Item[];
  total: number;
  next_cursor: string | null;
  corrected: { from: string; to: string } | null;
  facets: Record<string, Counts>;
  matches: ResultMatch[];
}

export type SearchResult<Item> = UseInfiniteQueryResult<InfiniteData<SearchPage<Item>>>;

export interface FacetOption {
  value: string;
  label: string;
  /** Results behind it; null when that is not known. */
  count: number | null;
}

/** A filter that offers values to choose from. */
export interface ChoiceFacet {
  name: string;
  legend: string;
  options: readonly FacetOption[];
  isMany?: boolean;
  /** What is chosen while nothing is said; without it "any". */
  fallback?: FacetOption;
  /** Words for a value that is not offered at the moment. */
  labelOf?: (value: string) => string;
  /** A way to values that are not offered. */
  more?: ReactNode;
}

/** A filter with a control of its own. */
export interface OwnFacet {
  names: readonly string[];
  control: ReactNode;
  /** What is chosen, in words; null when nothing is. */
  chosen: string | null;
}

export type Facet = ChoiceFacet | OwnFacet;

/** One filter that is set, and the address without it. */
export interface ActiveFilter {
  key: string;
  label: string;
  without: Filters;
}

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** Comma-separated words of the address. */
export const wordsOf = (list: unknown): string[] =>
  String(list ?? '')
    .split(',')
    .filter(Boolean);

/** The list with or without a word, as the address has it. */
export function toggleWord(list: unknown, word: string, isOn: boolean): string | undefined {
  const others = wordsOf(list).filter((other) => !isSame(other, word));
  return (isOn ? [...others, word] : others).join(',') || undefined;
}

/** What of a facet is chosen. */
export const chosenOf = (facet: ChoiceFacet, filters: Filters): string[] =>
  facet.isMany ? wordsOf(filters[facet.name]) : filters[facet.name] === undefined ? [] : [String(filters[facet.name])];

export function optionLabel({ options, labelOf }: ChoiceFacet, value: string): string {
  return options.find((option) => isSame(option.value, value))?.label ?? labelOf?.(value) ?? value;
}

/** Every filter that is set, words and order aside, in the order of the facets. */
export function activeFilters(facets: readonly Facet[], filters: Filters): ActiveFilter[] {
  const start = { ...filters, page: undefined };
  return facets.flatMap((facet): ActiveFilter[] => {
    if ('control' in facet) {
      if (facet.chosen === null) return [];
      const without = { ...start, ...Object.fromEntries(facet.names.map((name) => [name, undefined])) };
      return [{ key: facet.names.join(), label: facet.chosen, without }];
    }
    return chosenOf(facet, filters).map((value) => ({
      key: `${facet.name}=${value}`,
      label: optionLabel(facet, value),
      without: {
        ...start,
        [facet.name]: facet.isMany ? toggleWord(filters[facet.name], value, false) : undefined,
      },
    }));
  });
}

/** Words and order stay when the filters go. */
export const withoutFilters = ({ q, sort_by }: Filters): Filters => ({ q, sort_by });

export type ChangeFilters = (part: Filters, options?: { replace?: boolean }) => void;

/** Changes the address, and by it the results; the results begin anew at the first page. */
export function useChangeFilters(kind: Kind): ChangeFilters {
  const navigate = useNavigate();
  const router = useRouter();
  return useCallback(
    (part, { replace = false } = {}) => {
      const to = kind === 'projects' ? '/explore/projects' : '/explore/people';
      // Whoever is on the way to a result is not called back by words that were still resting.
      if (router.latestLocation.pathname !== to) return;
      void navigate({
        to,
        search: (now) => ({ ...now, page: undefined, ...part }) as ProjectFilters & PeopleFilters,
        replace,
        resetScroll: false,
      });
    },
    [kind, navigate, router],
  );
}
