import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import type { Project } from '@collabthon/contracts/projects';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button, buttonClass } from '../../components/button.tsx';
import { Section } from '../../components/page.tsx';
import { showToast } from '../../lib/toasts.ts';
import { useMe } from '../accounts/api.ts';
import { receivedQuery, sentQuery, teamQuery } from '../collaborations/api.ts';
import { freeRoles, RequestForm } from '../collaborations/request-form.tsx';
import { RequestRow } from '../collaborations/request-row.tsx';

/** Joining, in place: apply, see what was asked, answer an invitation, or read why it is closed. */
export function ApplyPanel({ project }: { project: Project }) {
  const t = useTranslations('apply');
  const me = useMe();
  const { href } = useLocation();
  if (me === undefined) return <div className="h-32" />;
  return (
    <Section title={t('title')}>
      {me ? <MemberPanel project={project} meId={me.id} /> : (
        <div className="flex flex-col items-start gap-3">
          <p className="text-soft">{t(project.status === 'open' ? 'visitor' : 'closed')}</p>
          {project.status === 'open' ? <Link to="/sign-in" search={{ next: href }} className={buttonClass()}>{t('signIn')}</Link> : null}
        </div>
      )}
    </Section>
  );
}

function MemberPanel({ project, meId }: { project: Project; meId: number }) {
  const t = useTranslations('apply');
  const [isOpen, setOpen] = useState(false);
  const team = useQuery(teamQuery(project.id)).data;
  const sent = useQuery(sentQuery({ project_id: project.id })).data;
  const received = useQuery(receivedQuery({ project_id: project.id, status: 'pending' })).data;

  const mine = team?.members.find((member) => member.person.user_id === meId);
  if (mine) return <p className="font-medium text-fit">{mine.role ? t('joinedAs', { role: mine.role.name }) : t('joined')}</p>;
  const invitation = received?.[0];
  if (invitation) return <RequestRow request={invitation} side="received" />;
  const pending = sent?.find((request) => request.status === 'pending');
  if (pending) return <RequestRow request={pending} side="sent" />;
  if (project.status !== 'open') return <p className="text-soft">{t('closed')}</p>;
  if (project.roles.length > 0 && freeRoles(project).length === 0) return <p className="text-soft">{t('full')}</p>;
  if (!isOpen) {
    return (
      <div className="flex flex-col items-start gap-3">
        <p className="text-soft">{t('lead')}</p>
        <Button onClick={() => setOpen(true)}>{t('action')}</Button>
      </div>
    );
  }
  return (
    <RequestForm
      kind="application" receiverId={project.owner_id} project={project} onCancel={() => setOpen(false)}
      onSent={() => {
        setOpen(false);
        showToast(t('sent'), 'good');
      }}
    />
  );
}
