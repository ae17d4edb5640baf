import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../components/button.tsx';
import { Page, Section } from '../components/page.tsx';
import { PageSkeleton } from '../components/skeleton.tsx';
import { ErrorState } from '../components/states.tsx';
import { saveFile } from '../lib/save-file.ts';
import { collectMyData, keptQuery } from './my-data.ts';

/** What is kept, where to change it, and for how long. */
const kinds = [
  { name: 'account', to: '/settings/account' },
  { name: 'profile', to: '/settings/profile' },
  { name: 'projects', to: '/work' },
  { name: 'requests', to: '/work' },
  { name: 'teams', to: '/work' },
  { name: 'drafts', to: '/work' },
  { name: 'sessions', to: '/settings/security' },
] as const;

export function SettingsDataPage() {
  const t = useTranslations('settings.data');
  return (
    <Page title={t('title')} lead={t('lead')} width="reading">
      <div className="flex flex-col gap-12">
        <Kept />
        <Section title={t('download.title')}>
          <Download />
        </Section>
        <Section title={t('never.title')}>
          <p className="max-w-prose text-soft">{t('never.text')}</p>
        </Section>
      </div>
    </Page>
  );
}

function Kept() {
  const t = useTranslations('settings.data.kept');
  const kept = useQuery(keptQuery);
  if (kept.isPending) return <PageSkeleton />;
  if (kept.isError) return <ErrorState error={kept.error} onRetry={() => void kept.refetch()} />;
  return (
    <dl className="divide-y divide-rule border-y border-rule">
      {kinds.map(({ name, to }) => (
        <div key={name} className="grid gap-x-6 gap-y-1 py-4 sm:grid-cols-[9rem_1fr]">
          <dt className="font-semibold">
            <Link to={to} className="link link-alone">
              {t(`${name}.name`)}
            </Link>
          </dt>
          <dd>
            {t(`${name}.what`, kept.data)}
            <span className="block text-sm text-faint">{t(`${name}.until`)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Download() {
  const t = useTranslations('settings.data.download');
  const [step, setStep] = useState({ done: 0, all: 1 });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const download = useMutation({
    mutationFn: async () => {
      running.current = new AbortController();
      const data = await collectMyData((done, all) => setStep({ done, all }), running.current.signal);
      const day = data.exported_at.slice(0, 10);
      saveFile(`collabthon-${data.account.username}-${day}.json`, 'application/json', JSON.stringify(data, null, 2));
    },
  });
  return (
    <div className="flex flex-col items-start gap-4">
      <p className="max-w-prose text-soft">{t('text')}</p>
      {download.isError ? <ErrorState error={download.error} onRetry={() => download.mutate()} /> : null}
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        <Button look="secondary" isPending={download.isPending} onClick={() => download.mutate()}>
          {t('action')}
        </Button>
        {download.isPending ? (
          <progress className="h-2 w-40" aria-label={t('progress')} value={step.done} max={step.all} />
        ) : null}
        <span role="status" className="font-medium text-fit">
          {download.isSuccess ? t('done') : ''}
        </span>
      </div>
    </div>
  );
}
