import type { Profile } from '@collabthon/contracts/profiles';
import type { Project } from '@collabthon/contracts/projects';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { showToast } from '../../lib/toasts.ts';
import { useSendRequest } from '../collaborations/acting.ts';
import { receivedQuery, sentQuery, teamQuery } from '../collaborations/api.ts';
import { RequestRow } from '../collaborations/request-row.tsx';
import { AskForm } from '../projects/ask-form.tsx';
import { fullName } from './names.ts';
import { fitsOf, type RoleFit } from './role-fit.ts';

/** The free seats of one of my projects, those first that this person fits, and an invitation in place. */
export function RoleInvites({ profile, project }: { profile: Profile; project: Project }) {
  const t = useTranslations('reach');
  const name = fullName(profile);
  const team = useQuery(teamQuery(project.id)).data;
  const sent = useQuery(sentQuery({ status: 'pending' })).data;
  const received = useQuery(receivedQuery({ status: 'pending' })).data;
  const tOwner = useTranslations('owner');
  const send = useSendRequest();
  const [open, setOpen] = useState<number | 'any' | null>(null);
  const fits = fitsOf(project.roles, profile.skill_levels);

  if (team?.members.some(({ person }) => person.user_id === profile.user_id)) {
    return <p className="text-soft">{t('onTeam', { name })}</p>;
  }
  // Who has asked already needs an answer, not an invitation.
  if (received?.some(({ project_id, sender_id }) => project_id === project.id && sender_id === profile.user_id)) {
    return <p className="text-soft">{t('askedAlready', { name })}</p>;
  }
  /** What came of an invitation stands where it was written. */
  const invitationTo = (roleId: number | null) =>
    sent?.find(
      ({ project_id, receiver_id, role }) =>
        project_id === project.id && receiver_id === profile.user_id && (role?.id ?? null) === roleId,
    );
  const form = (role: RoleFit['role'] | null) => (
    <div className="mt-3 w-full">
      <AskForm
        kind="invitation"
        title={tOwner('inviteTitle', { name })}
        roles={role ? [role] : []}
        draftKey={`invite:${project.id}:${profile.user_id}`}
        error={send.error}
        isPending={send.isPending}
        onSend={({ message, forget }) =>
          send.mutate(
            {
              receiver_id: profile.user_id,
              project_id: project.id,
              role_id: role?.id ?? null,
              message: message.trim() || null,
            },
            {
              onSuccess: () => {
                forget();
                setOpen(null);
                showToast(t('invited', { name }), 'good');
              },
            },
          )
        }
        onCancel={() => setOpen(null)}
      />
    </div>
  );

  if (project.roles.length === 0) {
    const invitation = invitationTo(null);
    if (invitation) return <RequestRow request={invitation} side="sent" />;
    if (open === 'any') return form(null);
    return (
      <Button className="self-start" onClick={() => setOpen('any')}>
        {t('invite')}
      </Button>
    );
  }
  if (fits.length === 0) return <p className="text-soft">{t('noSeats')}</p>;
  return (
    <ul className="divide-y divide-rule border-y border-rule" aria-label={t('roles')}>
      {fits.map(({ role, verdict }) => {
        const invitation = invitationTo(role.id);
        return (
          <li key={role.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-3">
            <div className="min-w-0 flex-1">
              <bdi className="font-semibold">{role.name}</bdi>
              <p className={`text-sm ${verdict === 'has' ? 'font-medium text-fit' : 'text-soft'}`}>
                {t(`verdict.${verdict}`, { skill: role.skill?.name ?? '' })}
              </p>
            </div>
            {open === role.id || invitation ? null : (
              <Button
                look={verdict === 'has' ? 'primary' : 'secondary'}
                size="small"
                className="max-sm:min-h-11"
                onClick={() => setOpen(role.id)}
              >
                {t.rich('inviteAs', {
                  role: role.name,
                  hidden: (chunks) => <span className="sr-only">{chunks}</span>,
                })}
              </Button>
            )}
            {open === role.id ? form(role) : null}
            {open !== role.id && invitation ? <RequestRow request={invitation} side="sent" /> : null}
          </li>
        );
      })}
    </ul>
  );
}
