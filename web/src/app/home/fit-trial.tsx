import type { Project } from '@collabthon/contracts/projects';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';

/** So many skills can be weighed at a glance. */
const most = 6;

/** What a match is made of, tried on a live project: the reader says what they can do, and sees which seats would fit. */
export function FitTrial({ project }: { project: Project }) {
  const t = useTranslations('home.trial');
  const format = useFormatter();
  const [mine, setMine] = useState<readonly string[]>([]);
  const asked = [
    ...new Set([...project.required_skills, ...project.roles.flatMap(({ skill }) => (skill ? [skill.name] : []))]),
  ].slice(0, most);
  if (asked.length < 2) return null;

  const fitting = project.roles.filter(
    ({ skill, seats, taken }) => skill && taken < seats && mine.includes(skill.name),
  );
  return (
    <fieldset className="mt-7 rounded-sheet border border-edge bg-sheet p-4 sm:p-5">
      <legend className="float-start mb-3 w-full font-semibold">{t('title')}</legend>
      <div className="clear-both flex flex-wrap gap-2">
        {asked.map((skill) => (
          <label
            key={skill}
            className="flex min-h-11 items-center gap-2.5 rounded-full border border-edge px-3.5 font-medium hover:border-ink has-checked:border-fit has-checked:bg-fit-wash"
          >
            <input
              type="checkbox"
              className="size-4.5"
              checked={mine.includes(skill)}
              onChange={(event) =>
                setMine(event.target.checked ? [...mine, skill] : mine.filter((each) => each !== skill))
              }
            />
            {skill}
          </label>
        ))}
      </div>
      <svg
        viewBox="0 0 240 8"
        className="mt-4 h-2 w-full rtl:-scale-x-100"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {asked.map((skill, place) => (
          <rect
            key={skill}
            x={(240 / asked.length) * place + 1}
            width={240 / asked.length - 2}
            height="8"
            className={place < mine.length ? 'fill-fit' : 'fill-rule'}
          />
        ))}
      </svg>
      <p role="status" className="mt-3 min-h-12 text-soft">
        {t('brings', { count: mine.length, of: asked.length })}{' '}
        {fitting.length > 0
          ? t('roles', {
              count: fitting.length,
              list: format.list(
                fitting.map(({ name }) => name),
                { type: 'disjunction' },
              ),
            })
          : null}
      </p>
      <p className="mt-1 text-sm text-faint">{t('rest')}</p>
    </fieldset>
  );
}
