import type { Project } from '@collabthon/contracts/projects';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
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
      {me ? (
        <MemberPanel project={project} meId={me.id} />
      ) : (
        <div className="flex flex-col items-start gap-3">
          <p className="text-soft">{t(project.status === 'open' ? 'visitor' : 'closed')}</p>
          {project.status === 'open' ? (
            <Link to="/sign-in" search={{ next: href }} className={buttonClass()}>
              {t('signIn')}
            </Link>
          ) : null}
        </div>
      )}
    </Section>
  );
}

function MemberPanel({ project, meId }: { project: Project; meId: number }) {
  const t = useTranslations('apply');
  const team = useQuery(teamQuery(project.id)).data;
  const sent = useQuery(sentQuery({ project_id: project.id })).data;
  const received = useQuery(receivedQuery({ project_id: project.id, status: 'pending' })).data;

  const mine = team?.members.find((member) => member.person.user_id === meId);
  if (mine)
    return <p className="font-medium text-fit">{mine.role ? t('joinedAs', { role: mine.role.name }) : t('joined')}</p>;
  const invitations = received ?? [];
  const pending = sent?.filter((request) => request.status === 'pending') ?? [];
  const asked = new Set([...invitations, ...pending].map((request) => request.role?.id));
  const open = freeRoles(project).filter((role) => !asked.has(role.id));
  const mayApply = project.status === 'open' && (project.roles.length > 0 ? open.length > 0 : asked.size === 0);
  return (
    <div className="flex flex-col gap-4">
      {invitations.map((request) => (
        <RequestRow key={request.id} request={request} side="received" />
      ))}
      {pending.map((request) => (
        <RequestRow key={request.id} request={request} side="sent" />
      ))}
      {mayApply ? <Application project={project} roles={open} isFirst={asked.size === 0} /> : null}
      {!mayApply && asked.size === 0 ? (
        <p className="text-soft">{t(project.status === 'open' ? 'full' : 'closed')}</p>
      ) : null}
    </div>
  );
}

function Application({ project, roles, isFirst }: { project: Project; roles: Project['roles']; isFirst: boolean }) {
  const t = useTranslations('apply');
  const [isOpen, setOpen] = useState(false);
  if (!isOpen) {
    return (
      <div className="flex flex-col items-start gap-3">
        <p className="text-soft">{t(isFirst ? 'lead' : 'leadAnother')}</p>
        <Button look={isFirst ? 'primary' : 'secondary'} onClick={() => setOpen(true)}>
          {t('action')}
        </Button>
      </div>
    );
  }
  return (
    <RequestForm
      kind="application"
      receiverId={project.owner_id}
      project={project}
      roles={roles}
      onCancel={() => setOpen(false)}
      onSent={() => {
        setOpen(false);
        showToast(t('sent'), 'good');
      }}
    />
  );
}
