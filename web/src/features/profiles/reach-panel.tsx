import type { Profile } from '@collabthon/contracts/profiles';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button, buttonClass } from '../../components/button.tsx';
import { SelectField } from '../../components/fields.tsx';
import { Section } from '../../components/page.tsx';
import { showToast } from '../../lib/toasts.ts';
import { useMe } from '../accounts/api.ts';
import { receivedQuery, sentQuery } from '../collaborations/api.ts';
import { RequestForm } from '../collaborations/request-form.tsx';
import { RequestRow } from '../collaborations/request-row.tsx';
import { myProjectsQuery } from '../projects/api.ts';
import { fullName } from './names.ts';

/** How to reach somebody: invite them to one of my projects, or ask to connect. */
export function ReachPanel({ profile }: { profile: Profile }) {
  const t = useTranslations('reach');
  const me = useMe();
  const { href } = useLocation();
  if (me === undefined) return <div className="h-32" />;
  return (
    <Section title={t('title')}>
      {me ? (
        <MemberPanel profile={profile} />
      ) : (
        <div className="flex flex-col items-start gap-3">
          <p className="text-soft">{t('visitor')}</p>
          <Link to="/sign-in" search={{ next: href }} className={buttonClass()}>
            {t('signIn')}
          </Link>
        </div>
      )}
    </Section>
  );
}

function MemberPanel({ profile }: { profile: Profile }) {
  const t = useTranslations('reach');
  const [mode, setMode] = useState<'idle' | 'invite' | 'connect'>('idle');
  const [projectId, setProjectId] = useState('');
  const name = fullName(profile);
  const mine =
    useQuery(myProjectsQuery).data?.filter(
      (project) => project.status === 'open' || project.status === 'in_progress',
    ) ?? [];
  const sent =
    useQuery(sentQuery({ status: 'pending' })).data?.filter((request) => request.receiver_id === profile.user_id) ?? [];
  const received =
    useQuery(receivedQuery({ status: 'pending' })).data?.filter((request) => request.sender_id === profile.user_id) ??
    [];
  const project =
    mine.find((candidate) => String(candidate.id) === projectId) ?? (mine.length === 1 ? mine[0] : undefined);
  const isConnecting = sent.some((request) => request.kind === 'connection');

  const done = (text: string) => {
    setMode('idle');
    showToast(text, 'good');
  };

  return (
    <div className="flex flex-col gap-4">
      {received.map((request) => (
        <RequestRow key={request.id} request={request} side="received" />
      ))}
      {sent.map((request) => (
        <RequestRow key={request.id} request={request} side="sent" />
      ))}
      {mode === 'idle' ? (
        <div className="flex flex-wrap gap-2">
          {mine.length > 0 ? <Button onClick={() => setMode('invite')}>{t('invite')}</Button> : null}
          {isConnecting ? null : (
            <Button look={mine.length > 0 ? 'secondary' : 'primary'} onClick={() => setMode('connect')}>
              {t('connect')}
            </Button>
          )}
        </div>
      ) : null}
      {mode === 'invite' && mine.length > 1 ? (
        <SelectField
          label={t('project')}
          value={projectId}
          onChange={(event) => setProjectId(event.target.value)}
          choices={[
            { value: '', label: t('chooseProject') },
            ...mine.map((candidate) => ({ value: String(candidate.id), label: candidate.title })),
          ]}
        />
      ) : null}
      {mode === 'invite' && project ? (
        <>
          {mine.length === 1 ? <p className="font-medium">{project.title}</p> : null}
          <RequestForm
            key={project.id}
            kind="invitation"
            receiverId={profile.user_id}
            project={project}
            onSent={() => done(t('invited', { name }))}
            onCancel={() => setMode('idle')}
          />
        </>
      ) : null}
      {mode === 'connect' ? (
        <RequestForm
          kind="connection"
          receiverId={profile.user_id}
          onSent={() => done(t('asked', { name }))}
          onCancel={() => setMode('idle')}
        />
      ) : null}
    </div>
  );
}
