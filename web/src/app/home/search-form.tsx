import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../components/button.tsx';
import { SearchIcon } from '../../components/icons.tsx';
import { trendingSkillsQuery } from '../../features/discovery/api.ts';

/** A plain form, which finds without scripts too, and the skills that are asked for most as ways in. */
export function SearchForm() {
  const t = useTranslations('home');
  const navigate = useNavigate();
  const trending = useQuery(trendingSkillsQuery);
  const skills = trending.data ?? [];
  return (
    <search>
      <form
        action="/explore/projects"
        className="relative max-w-xl"
        onSubmit={(event) => {
          event.preventDefault();
          const q = String(new FormData(event.currentTarget).get('q') ?? '').trim();
          void navigate({ to: '/explore/projects', search: q ? { q } : {} });
        }}
      >
        <SearchIcon className="pointer-events-none absolute inset-y-0 start-4 my-auto size-5 text-faint" />
        <input
          type="search"
          name="q"
          aria-label={t('searchLabel')}
          placeholder={t('searchPlaceholder')}
          maxLength={200}
          autoComplete="off"
          enterKeyHint="search"
          className="field min-h-13 rounded-full ps-12 pe-28 text-lg"
        />
        <button type="submit" className={`${buttonClass('secondary', 'small')} absolute end-2 top-2 rounded-full`}>
          {t('search')}
        </button>
      </form>
      {skills.length > 0 || trending.isPending ? (
        <p className="mt-4 flex min-h-23 max-w-xl content-start sm:min-h-15 flex-wrap items-baseline gap-x-4 gap-y-1 text-sm">
          {skills.length > 0 ? <span className="text-faint">{t('askedFor')}</span> : null}
          {skills.map(({ skill }) => (
            <Link key={skill} to="/explore/projects" search={{ skills: skill }} className="link py-1">
              {skill}
            </Link>
          ))}
        </p>
      ) : null}
    </search>
  );
}
