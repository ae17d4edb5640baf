import type { Collaboration } from '@collabthon/contracts/collaborations';
import type { ProjectMatch } from '@collabthon/contracts/discovery';
import type { Project } from '@collabthon/contracts/projects';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button, buttonClass } from '../../components/button.tsx';
import { Section } from '../../components/page.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { isStatus, useErrorText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { useAnswering } from '../collaborations/acting.ts';
import { answers, isOnItsWay, noticeOf } from '../collaborations/answers.ts';
import { receivedQuery, sentQuery, teamQuery } from '../collaborations/api.ts';
import { RequestRow } from '../collaborations/request-row.tsx';
import { matchQuery } from '../discovery/api.ts';
import { RoleFitNote } from '../discovery/match.tsx';
import { useCardName } from '../profiles/names.ts';
import { AskForm } from './ask-form.tsx';
import { useAsk } from './asks.ts';
import { RoleList } from './project-body.tsx';

type Role = Project['roles'][number];

/** The team's own count of taken seats is exact; the project's follows it. */
export function useRoles(project: Project): Role[] {
  const team = useQuery(teamQuery(project.id)).data;
  const taken = new Map(team?.roles.map((role) => [role.id, role.taken]));
  return project.roles.map((role) => ({ ...role, taken: taken.get(role.id) ?? role.taken }));
}

const isFree = (role: Role) => role.taken < role.seats;

/** The roles as somebody sees who only looks. */
export function Roles({ project }: { project: Project }) {
  const t = useTranslations('project');
  const roles = useRoles(project);
  return (
    <Section title={t('roles')}>
      {roles.length > 0 ? <RoleList roles={roles} /> : <p className="text-soft">{t('noRoles')}</p>}
    </Section>
  );
}

/** The roles for a visitor: signing in leads back here, with the role they chose. */
export function VisitorRoles({ project }: { project: Project }) {
  const t = useTranslations('apply');
  const tProject = useTranslations('project');
  const roles = useRoles(project);
  const isOpen = project.status === 'open';
  const signIn = (role: Role | null, isMain: boolean) => (
    <Link
      to="/sign-in"
      search={{ next: `/projects/${project.id}?role=${role?.id ?? 'any'}` }}
      className={buttonClass(isMain ? 'primary' : 'secondary')}
    >
      {t('signIn')}
      {role ? <span className="sr-only"> {t('askSuffix', { role: role.name })}</span> : null}
    </Link>
  );
  const first = roles.find(isFree);
  return (
    <Section title={tProject('roles')}>
      <p className="mb-5 max-w-prose text-soft">
        {isOpen ? t(roles.length === 0 ? 'anyRole' : first ? 'lead' : 'full') : t('closed')}
      </p>
      {roles.length === 0 && isOpen ? signIn(null, true) : null}
      <RoleList roles={roles}>
        {(role) => (isOpen && isFree(role) ? <p className="mt-3">{signIn(role, role === first)}</p> : null)}
      </RoleList>
    </Section>
  );
}

interface JoiningProps {
  project: Project;
  meId: number;
  /** The role that a link chose: its id, or `any` where there are none. */
  chosen: number | 'any' | undefined;
}

/** The roles for a member: how each fits, and asking for it in place. */
export function Joining({ project, meId, chosen }: JoiningProps) {
  const t = useTranslations('apply');
  const tProject = useTranslations('project');
  const textOf = useErrorText();
  const roles = useRoles(project);
  const match = useQuery(matchQuery(project.id)).data;
  const mine = useQuery(teamQuery(project.id)).data?.members.find((member) => member.person.user_id === meId);
  const pending = useQuery(sentQuery({ project_id: project.id })).data?.filter(({ status }) => status === 'pending');
  const invitations = useQuery(receivedQuery({ project_id: project.id, status: 'pending' })).data ?? [];
  const [openFor, setOpenFor] = useState<number | 'any' | undefined>(chosen);
  const [failure, setFailure] = useState<{ of: number | 'any'; error: unknown }>();
  const owner = useCardName()(project.owner);
  const placeOf = (role: Role | null) => role?.id ?? ('any' as const);
  // What had the focus goes with the form; the row that it was in stays.
  const stayAt = (place: number | 'any') => document.getElementById(`role-${place}`)?.focus();
  const ask = useAsk(project, {
    onSent: (sent, request) => {
      // Meanwhile another form may be open.
      setOpenFor((open) => (open === placeOf(sent.role) ? undefined : open));
      showToast(t('sent', { owner }), 'good', { about: noticeOf(request) });
    },
    onFailed: (failed, error) => {
      setFailure({ of: placeOf(failed.role), error });
      // Without an answer the form says it, and the banner why.
      if (!isStatus(error, 0)) showToast(textOf(error), 'bad');
    },
  });

  useEffect(() => {
    if (chosen) document.getElementById(`role-${chosen}`)?.scrollIntoView({ block: 'center' });
  }, [chosen]);

  if (mine)
    return (
      <Section title={tProject('roles')}>
        <p className="mb-5 border-s-4 border-fit ps-4 font-medium">
          {mine.role ? t('joinedAs', { role: mine.role.name }) : t('joined')}
        </p>
        <RoleList roles={roles} />
      </Section>
    );

  const isOpen = project.status === 'open';
  const free = roles.filter(isFree);
  const place = (role: Role | null): ReactNode => {
    const asked = pending?.find((request) => (request.role?.id ?? null) === (role?.id ?? null));
    const isInvited = invitations.some((request) => request.role?.id === role?.id);
    if (asked) return <Asked request={asked} />;
    if (!isOpen || isInvited || (role && !isFree(role))) return null;
    const at = placeOf(role);
    if (openFor === at)
      return (
        <AskForm
          kind="application"
          title={role ? t('formTitle', { role: role.name }) : t('formTitleAny')}
          roles={role ? [role] : []}
          draftKey={`apply:${project.id}:${at}`}
          error={failure?.of === at ? failure.error : undefined}
          onCancel={() => {
            setOpenFor(undefined);
            stayAt(at);
          }}
          onSend={({ message, forget }) => {
            setFailure(undefined);
            stayAt(at);
            ask.mutate({ role, message, receiver: project.owner, kind: 'application', forget });
          }}
        />
      );
    return (
      <Button
        look={role === null || isBest(role, free, match) ? 'primary' : 'secondary'}
        onClick={() => setOpenFor(at)}
      >
        {t('ask')}
        {role ? <span className="sr-only"> {t('askSuffix', { role: role.name })}</span> : null}
      </Button>
    );
  };

  return (
    <Section title={tProject('roles')}>
      {invitations.map((request) => (
        <RequestRow key={request.id} request={request} side="received" />
      ))}
      <p className="mb-5 max-w-prose text-soft">
        {!isOpen ? t('closed') : roles.length === 0 ? t('anyRole') : free.length > 0 ? t('lead') : t('full')}
      </p>
      {roles.length === 0 ? (
        <div id="role-any" tabIndex={-1}>
          {place(null)}
        </div>
      ) : null}
      <RoleList roles={roles}>
        {(role) => (
          <>
            <RoleFitNote fit={match?.roles.find((fit) => fit.role_id === role.id)} role={role} />
            <div className="mt-3 empty:hidden">{place(role)}</div>
          </>
        )}
      </RoleList>
    </Section>
  );
}

/** The first free role that fits, or the first free one when none is known to. */
function isBest(role: Role, free: readonly Role[], match: ProjectMatch | undefined): boolean {
  const fits = free.find(({ id }) => match?.roles.some((fit) => fit.role_id === id && fit.fits));
  return role === (fits ?? free[0]);
}

function Asked({ request }: { request: Collaboration }) {
  const t = useTranslations('apply');
  const tCommon = useTranslations('common');
  const textOf = useErrorText();
  const answer = answers.use().get(request.id);
  const give = useAnswering({
    undoText: () => t('withdrawn'),
    onDone: () => {},
    onFailed: (error) => showToast(textOf(error), 'bad'),
  });
  const isLeaving = answer !== undefined && answer.phase !== 'failed';
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2 border-s-4 border-mark ps-4">
      <p className="min-w-0 flex-1 basis-64">
        <strong className="font-semibold">{t(isLeaving ? 'withdrawn' : 'asked')}</strong>{' '}
        <span className="text-sm text-soft">
          {isLeaving
            ? null
            : t.rich('askedWhen', {
                asked: () => <RelativeTime value={request.created_at} />,
                ends: () => <RelativeTime value={request.expires_at} />,
              })}
        </span>
        {request.message && !isLeaving ? (
          <span className="mt-1 block whitespace-pre-wrap text-soft" dir="auto">
            {request.message}
          </span>
        ) : null}
      </p>
      {/* The same button does it and undoes it, so that the focus has a place to stay; it is there before it can act. */}
      <Button
        look="secondary"
        isPending={isOnItsWay(request) || answer?.phase === 'sending'}
        onClick={answer?.phase === 'held' ? answer.undo : () => give(request, 'withdraw')}
      >
        {answer?.phase === 'held' ? tCommon('undo') : t('withdraw')}
      </Button>
    </div>
  );
}
