import type { Project } from '@collabthon/contracts/projects';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../components/avatar.tsx';
import { Button, buttonClass } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Bone } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { useErrorText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { useRemoveMember } from '../collaborations/acting.ts';
import { teamQuery } from '../collaborations/api.ts';
import { useCardName } from '../profiles/names.ts';
import { PersonLink } from '../profiles/person-link.tsx';

/** Who is in, as what, since when; leaving and removing say their consequence first. */
export function TeamList({ project, viewerId }: { project: Project; viewerId: number | undefined }) {
  const t = useTranslations('team');
  const cardName = useCardName();
  const textOf = useErrorText();
  const team = useQuery(teamQuery(project.id));
  const remove = useRemoveMember(project.id);
  const [leaving, setLeaving] = useState<{ id: number; name: string }>();

  if (team.isPending) return <Bone className="h-16 w-full" />;
  if (team.isError) return <ErrorState error={team.error} onRetry={() => void team.refetch()} />;
  const isMe = leaving?.id === viewerId;
  return (
    <>
      <ul className="divide-y divide-rule">
        {team.data.members.map((member) => {
          const name = cardName(member.person);
          const mayGo = !member.is_owner && viewerId && [project.owner_id, member.person.user_id].includes(viewerId);
          return (
            <li key={member.person.user_id} className="flex items-center gap-3 py-3">
              <Avatar name={name} />
              <div className="min-w-0 flex-1">
                <PersonLink
                  person={member.person}
                  className="inline-block min-h-6 font-semibold"
                  linkClass="hover:underline"
                >
                  <bdi>{name}</bdi>
                </PersonLink>
                <p className="text-sm text-faint">
                  {member.is_owner ? t('owner') : (member.role?.name ?? t('member'))} ·{' '}
                  {t.rich('since', { time: () => <RelativeTime value={member.joined_at} /> })}
                </p>
              </div>
              {mayGo ? (
                <Button look="quiet" size="small" onClick={() => setLeaving({ id: member.person.user_id, name })}>
                  {t(viewerId === member.person.user_id ? 'leave' : 'remove')}
                  <span className="sr-only"> {name}</span>
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
      {team.data.members.length > 1 && team.data.members.some(({ person }) => person.user_id === viewerId) ? (
        <Link to="/messages" search={{ team: project.id }} className={`${buttonClass('secondary', 'small')} mt-3`}>
          {t('talk')}
        </Link>
      ) : null}
      <Dialog
        title={t(isMe ? 'leaveTitle' : 'removeTitle', { name: leaving?.name ?? '' })}
        isOpen={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
      >
        <p className="mb-6 text-soft">{t(isMe ? 'leaveText' : 'removeText', { name: leaving?.name ?? '' })}</p>
        <div className="flex flex-wrap gap-3">
          <Button
            look="danger"
            isPending={remove.isPending}
            onClick={() => {
              if (!leaving) return;
              remove.mutate(leaving.id, {
                onSuccess: () => {
                  setLeaving(undefined);
                  showToast(t(isMe ? 'left' : 'removed', { name: leaving.name }));
                },
                onError: (error) => showToast(textOf(error), 'bad'),
              });
            }}
          >
            {t(isMe ? 'leaveAction' : 'removeAction')}
          </Button>
          <Button look="quiet" onClick={() => setLeaving(undefined)}>
            {t('stay')}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
