import type { Profile } from '@collabthon/contracts/profiles';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../components/button.tsx';
import { CopyLinkButton } from '../../components/copy-link-button.tsx';
import { NotFoundPage } from '../../components/not-found-page.tsx';
import { Page } from '../../components/page.tsx';
import { PageSkeleton } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { isStatus } from '../../lib/errors.ts';
import type { PageHead } from '../../lib/page-head.ts';
import { useMe } from '../accounts/api.ts';
import { profileQuery } from './api.ts';
import { fullName } from './names.ts';
import { OwnNotes } from './own-notes.tsx';
import { PersonBody, PersonLead, PersonName } from './person-view.tsx';
import { ReachPanel, useIsReachComing } from './reach-panel.tsx';
import { useStudies } from './study-line.tsx';

const route = getRouteApi('/people/$id');

export function PersonPage() {
  const t = useTranslations('person');
  const { id } = route.useParams();
  const me = useMe();
  const query = useQuery(profileQuery(id));
  const isReachComing = useIsReachComing(id);
  if (isStatus(query.error, 404)) return me?.id === id ? <OwnBlank /> : <NotFoundPage />;
  if (query.isPending || isReachComing)
    return (
      <div className="mx-auto max-w-6xl px-5 sm:px-8">
        <PageSkeleton />
      </div>
    );
  if (!query.data)
    return (
      <Page title={t('title')}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  return <Person key={id} profile={query.data} />;
}

function OwnBlank() {
  const t = useTranslations('person');
  return (
    <Page title={t('blankTitle')} lead={t('blankLead')} width="reading">
      <Link to="/welcome" className={buttonClass()}>
        {t('blankAction')}
      </Link>
    </Page>
  );
}

function Person({ profile }: { profile: Profile }) {
  const t = useTranslations('person');
  const me = useMe();
  const head = useHead(profile);
  const isMe = me?.id === profile.user_id;
  const copyLink = <CopyLinkButton path={`/people/${profile.user_id}`} />;
  return (
    <Page
      title={fullName(profile)}
      heading={<PersonName profile={profile} />}
      lead={<PersonLead profile={profile} />}
      head={head}
      actions={
        isMe ? (
          <>
            <Link to="/settings/profile" className={buttonClass()}>
              {t('edit')}
            </Link>
            {copyLink}
          </>
        ) : null
      }
    >
      <PersonBody
        profile={profile}
        isCompared={Boolean(me) && !isMe}
        aside={
          isMe ? (
            <OwnNotes profile={profile} />
          ) : (
            <div className="flex flex-col gap-5">
              <ReachPanel profile={profile} />
              <p>{copyLink}</p>
            </div>
          )
        }
      />
    </Page>
  );
}

/** Only what everybody may see is offered to search engines and shared links. */
function useHead(profile: Profile): Omit<PageHead, 'title'> | undefined {
  const t = useTranslations('person');
  const studies = useStudies();
  if (profile.visibility !== 'public') return undefined;
  const name = fullName(profile);
  const description = profile.bio?.slice(0, 300) ?? t('description', { name, study: studies(profile).join(' · ') });
  const elsewhere = [profile.github_url, profile.linkedin_url, profile.portfolio_url].filter((href) => href);
  return {
    canonical: `/people/${profile.user_id}`,
    description,
    image: `/og/people/${profile.user_id}.png`,
    jsonLd: {
      '@type': 'ProfilePage',
      dateCreated: profile.created_at,
      dateModified: profile.updated_at,
      mainEntity: {
        '@type': 'Person',
        name,
        alternateName: profile.username,
        identifier: String(profile.user_id),
        description,
        knowsAbout: profile.skills,
        ...(profile.college && { affiliation: { '@type': 'CollegeOrUniversity', name: profile.college } }),
        ...(elsewhere.length > 0 && { sameAs: elsewhere }),
      },
    },
  };
}
