import { useTranslations } from 'use-intl';
import { useMe } from '../features/accounts/api.ts';
import { usePageHead } from '../lib/page-head.ts';
import { HowItWorks } from './home/how-it-works.tsx';
import { LiveProjects } from './home/live-projects.tsx';
import { MemberHero } from './home/member-hero.tsx';
import { VisitorHero } from './home/visitor-hero.tsx';

/** The start: for visitors what this is, for members what waits for them; for both what can be joined right now. */
export function HomePage() {
  const t = useTranslations('home');
  const tApp = useTranslations('app');
  const me = useMe();
  usePageHead({
    canonical: '/',
    description: t('lead'),
    image: '/og/home.png',
    jsonLd: {
      '@type': 'WebSite',
      name: tApp('name'),
      description: t('lead'),
      potentialAction: {
        '@type': 'SearchAction',
        target: { '@type': 'EntryPoint', urlTemplate: '/explore/projects?q={search_term_string}' },
        'query-input': 'required name=search_term_string',
      },
    },
  });

  return (
    <div className="mx-auto max-w-6xl px-5 pb-20 sm:px-8">
      {me ? <MemberHero me={me} /> : <VisitorHero />}
      <LiveProjects />
      {me ? null : <HowItWorks />}
    </div>
  );
}
