import { queryOptions } from '@tanstack/react-query';
import { recommendedPeopleQuery, recommendedProjectsQuery } from '../discovery/api.ts';

/** So many matches make a start. */
export const enough = 5;

/** What is new here fills the lists of those of whom nothing is known; that is no match. */
const isScored = ({ score }: { score: number | null }): boolean => score !== null;

const tries = 4;
const pause = 1_000;

/**
 * What fits somebody who has just said what they can do. The index follows a saved answer within moments: a short list
 * is asked for again before it is believed.
 *
 * @param isPatient false where nothing more can come: without a skill nothing is scored
 */
export const firstMatchesQuery = (isPatient: boolean) =>
  queryOptions({
    queryKey: ['recommended', 'first', isPatient],
    queryFn: async ({ client, signal }) => {
      for (let attempt = 1; ; attempt++) {
        const [projects, people] = await Promise.all([
          client.fetchQuery({ ...recommendedProjectsQuery, staleTime: 0 }),
          client.fetchQuery({ ...recommendedPeopleQuery(), staleTime: 0 }),
        ]);
        const found = { projects: projects.filter(isScored), people: people.filter(isScored) };
        const isEnough = found.projects.length + found.people.length >= enough;
        if (isEnough || !isPatient || import.meta.env.SSR || attempt === tries) return found;
        await new Promise((resolve) => setTimeout(resolve, pause));
        signal.throwIfAborted();
      }
    },
    staleTime: 5_000,
  });
