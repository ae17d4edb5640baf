import type { ProjectSketch } from '@collabthon/contracts/discovery';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../components/avatar.tsx';
import { ChevronIcon } from '../../components/icons.tsx';
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

/** Who would fit what is being written, as it is being written. Folded on phones, beside the form on wide screens. */
export function LikelyPeople({ draft }: { draft: ProjectDraft }) {
  const t = useTranslations('projectForm.people');
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  // Compared as text, so that what does not change the sketch does not ask again.
  const wanted = useDebounced(JSON.stringify(sketchOf(draft)), 600);
  const sketch = JSON.parse(wanted) as ProjectSketch | null;
  const people = useQuery(likelyPeopleQuery(sketch));
  const found = sketch ? people.data : undefined;

  return (
    <section aria-labelledby={`${id}-title`} className="border-t border-ink/80 pt-4">
      <div className="flex items-baseline justify-between gap-3">
        <h2 id={`${id}-title`} className="text-heading max-lg:hidden">
          {t('title')}
        </h2>
        <h2 className="w-full lg:hidden">
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={id}
            className="flex min-h-11 w-full items-center justify-between gap-3 text-start text-heading"
            onClick={() => setOpen(!isOpen)}
          >
            {found ? t('titleCount', { count: found.items.length }) : t('title')}
            <ChevronIcon className={`size-5 transition-transform ${isOpen ? 'rotate-180' : ''}`} />
          </button>
        </h2>
      </div>
      <div id={id} className={isOpen ? '' : 'max-lg:hidden'}>
        <p role="status" className="mt-1 text-sm text-soft">
          {!sketch ? t('nameSkills') : found ? t('considered', { count: found.total_considered }) : null}
        </p>
        {people.isError ? <PeopleFailed error={people.error} /> : null}
        {sketch && people.isPending ? <Bone className="mt-4 h-72 w-full" /> : null}
        <ol className={`mt-2 divide-y divide-rule transition-opacity ${people.isPlaceholderData ? 'opacity-60' : ''}`}>
          {found?.items.map((person) => (
            <LikelyPerson key={person.id} person={person} />
          ))}
        </ol>
        {found && found.items.length > 0 ? <p className="mt-3 text-sm text-faint">{t('inviteLater')}</p> : null}
      </div>
    </section>
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
