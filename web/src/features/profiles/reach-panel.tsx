import type { Collaboration } from '@collabthon/contracts/collaborations';
import type { Profile } from '@collabthon/contracts/profiles';
import { type UseQueryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button, buttonClass } from '../../components/button.tsx';
import { SelectField } from '../../components/fields.tsx';
import { Section } from '../../components/page.tsx';
import { showToast } from '../../lib/toasts.ts';
import { useMe } from '../accounts/api.ts';
import { useSendRequest } from '../collaborations/acting.ts';
import { receivedQuery, sentQuery } from '../collaborations/api.ts';
import { RequestRow } from '../collaborations/request-row.tsx';
import { seatFor } from '../collaborations/stakes.ts';
import { myProjectsQuery } from '../projects/api.ts';
import { AskForm } from '../projects/ask-form.tsx';
import { fullName } from './names.ts';
import { PersonFit } from './person-fit.tsx';
import { RoleInvites } from './role-invites.tsx';

/** Whether what the panel is made of still comes: it appears at once, so that it does not move what stands below. What failed has come, too. */
export function useIsReachComing(personId: number): boolean {
  const me = useMe();
  const lists = [myProjectsQuery, sentQuery({ status: 'pending' }), receivedQuery({ status: 'pending' })];
  const isComing = useQueries({
    queries: lists.map((query) => ({ ...(query as UseQueryOptions), enabled: Boolean(me) })),
  }).some(({ isFetched }) => !isFetched);
  return Boolean(me) && me?.id !== personId && isComing;
}

/** How somebody fits, and how to reach them: invite them to one of my projects, or ask to connect. */
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
  const [projectId, setProjectId] = useState('');
  const mine = useQuery(myProjectsQuery).data?.filter(({ status }) => status === 'open' || status === 'in_progress');
  const allSent = useQuery(sentQuery({ status: 'pending' })).data ?? [];
  const allReceived = useQuery(receivedQuery({ status: 'pending' })).data ?? [];
  const sent = allSent.filter(({ receiver_id }) => receiver_id === profile.user_id);
  const received = allReceived.filter(({ sender_id }) => sender_id === profile.user_id);
  const seatOf = (request: Collaboration) => {
    const roles = mine?.find(({ id }) => id === request.project_id)?.roles;
    return roles ? seatFor(request, roles, [...allReceived, ...allSent]) : null;
  };
  const project = mine?.find(({ id }) => String(id) === projectId);
  const isConnecting = [...sent, ...received].some(({ kind }) => kind === 'connection');

  return (
    <div className="flex flex-col gap-5">
      {received.map((request) => (
        <RequestRow key={request.id} request={request} side="received" seat={seatOf(request)} />
      ))}
      {mine && mine.length > 0 ? (
        <SelectField
          label={t('for')}
          value={projectId}
          onChange={(event) => setProjectId(event.target.value)}
          choices={[
            { value: '', label: t('forMe') },
            ...mine.map(({ id, title }) => ({ value: String(id), label: t('forProject', { title }) })),
          ]}
        />
      ) : null}
      <PersonFit profile={profile} projectId={project?.id} />
      {project ? (
        <RoleInvites key={project.id} profile={profile} project={project} />
      ) : (
        <>
          {sent.map((request) => (
            <RequestRow key={request.id} request={request} side="sent" />
          ))}
          {isConnecting ? null : <Connect profile={profile} isPrimary={mine?.length === 0} />}
        </>
      )}
    </div>
  );
}

function Connect({ profile, isPrimary }: { profile: Profile; isPrimary: boolean }) {
  const t = useTranslations('reach');
  const send = useSendRequest();
  const [isOpen, setOpen] = useState(false);
  if (!isOpen)
    return (
      <Button className="self-start" look={isPrimary ? 'primary' : 'secondary'} onClick={() => setOpen(true)}>
        {t('connect')}
      </Button>
    );
  return (
    <AskForm
      kind="connection"
      title={t('connect')}
      draftKey={`connect:${profile.user_id}`}
      error={send.error}
      isPending={send.isPending}
      onSend={({ message, forget }) =>
        send.mutate(
          { receiver_id: profile.user_id, project_id: null, role_id: null, message: message.trim() || null },
          {
            onSuccess: () => {
              forget();
              setOpen(false);
              showToast(t('asked', { name: fullName(profile) }), 'good');
            },
          },
        )
      }
      onCancel={() => setOpen(false)}
    />
  );
}
