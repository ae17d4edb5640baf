import type { ProjectSketch } from '@collabthon/contracts/discovery';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useFormatter, useTranslations } from 'use-intl';
import { Avatar } from '../../components/avatar.tsx';
import { Section } from '../../components/page.tsx';
import { Bone } from '../../components/skeleton.tsx';
import { api } from '../../lib/api.ts';
import { useErrorText } from '../../lib/errors.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import type { RecommendedProfile } from '../discovery/api.ts';
import { Score, SkillFacts } from '../discovery/match.tsx';
import { fullName } from '../profiles/names.ts';
import { type ProjectDraft, sketchOf } from './project-draft.ts';

const shown = 5;

const likelyPeopleQuery = (sketch: ProjectSketch | null) =>
  queryOptions({
    queryKey: ['recommended', 'preview', sketch],
    queryFn: ({ signal }) =>
      api('POST /search-advanced/recommendations/preview', { body: { ...sketch, limit: shown }, signal }),
    enabled: sketch !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

/** Who would fit what is being written, as it is being written. */
export function useLikelyPeople(draft: ProjectDraft) {
  // Compared as text, so that what does not change the sketch does not ask again.
  const wanted = useDebounced(JSON.stringify(sketchOf(draft)), 600);
  const sketch = JSON.parse(wanted) as ProjectSketch | null;
  const people = useQuery(likelyPeopleQuery(sketch));
  return { isAsked: sketch !== null, people, found: sketch ? people.data : undefined };
}

export function LikelyPeople({ likely }: { likely: ReturnType<typeof useLikelyPeople> }) {
  const t = useTranslations('projectForm.people');
  const format = useFormatter();
  const { isAsked, people, found } = likely;
  const unknown = found?.unknown_skills ?? [];
  return (
    <Section title={t('title')}>
      <p role="status" className="text-sm text-soft">
        {!isAsked
          ? t('nameSkills')
          : !found
            ? null
            : unknown.length > 0 && found.items.length === 0
              ? t('unknown', { list: format.list(unknown, { type: 'disjunction' }) })
              : t('considered', { count: found.total_considered })}
      </p>
      {people.isError ? <PeopleFailed error={people.error} /> : null}
      {isAsked && people.isPending ? <Bone className="mt-4 h-72 w-full" /> : null}
      <ol className={`mt-2 divide-y divide-rule transition-opacity ${people.isPlaceholderData ? 'opacity-60' : ''}`}>
        {found?.items.map((person) => (
          <LikelyPerson key={person.id} person={person} />
        ))}
      </ol>
      {found && found.items.length > 0 ? <p className="mt-3 text-sm text-faint">{t('inviteLater')}</p> : null}
    </Section>
  );
}

function PeopleFailed({ error }: { error: unknown }) {
  const t = useTranslations('projectForm.people');
  const textOf = useErrorText();
  return (
    <p className="mt-3 border-s-4 border-danger ps-3 text-sm">
      {t('failed')} {textOf(error)}
    </p>
  );
}

function LikelyPerson({ person }: { person: RecommendedProfile }) {
  const name = fullName(person);
  return (
    <li className="flex items-center gap-3 py-3">
      <Avatar name={name} />
      <div className="min-w-0 flex-1">
        <Link
          to="/people/$id"
          params={{ id: person.user_id }}
          className="inline-block min-h-6 font-semibold hover:underline"
        >
          <bdi>{name}</bdi>
        </Link>
        <SkillFacts factors={person.reasons} who="they" />
      </div>
      <Score score={person.score} />
    </li>
  );
}
