import type { Collaboration } from '@collabthon/contracts/collaborations';
import type { Match } from '@collabthon/contracts/discovery';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../components/avatar.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { CheckIcon, ClockIcon } from '../../components/icons.tsx';
import { Tag } from '../../components/tag.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { isStatus, useErrorText } from '../../lib/errors.ts';
import { useNow } from '../../lib/now.ts';
import { showToast } from '../../lib/toasts.ts';
import { useCardName } from '../profiles/names.ts';
import { PersonLink } from '../profiles/person-link.tsx';
import { useAnswering } from './acting.ts';
import { type Answer, answers, type Decision, isOnItsWay } from './answers.ts';
import { FitOnDemand } from './fit-on-demand.tsx';
import { isInHurry, reminderOf, type Seat } from './stakes.ts';

const tones = { pending: 'warm', accepted: 'good', rejected: 'plain', cancelled: 'plain' } as const;

export interface RequestRowProps {
  request: Collaboration;
  side: 'received' | 'sent';
  /** What accepting takes, when the reader owns the project; said beforehand. */
  seat?: Seat | null;
  /** How the other side fits the project, where that is known. */
  match?: Match | undefined;
  /** It came to an end while the reader looks at it, and keeps its size. */
  stays?: boolean;
}

/** A request with what can be done about it: answer one received, take back one sent. */
export function RequestRow({ request, side, seat = null, match, stays = false }: RequestRowProps) {
  const t = useTranslations('requests');
  const other = side === 'received' ? request.sender : request.receiver;
  const name = useCardName()(other);
  const answer = answers.use().get(request.id);
  const isWaiting = request.status === 'pending';
  return (
    <article
      tabIndex={-1}
      data-row
      className="flex flex-wrap items-start gap-x-4 gap-y-3 py-5 focus-visible:outline-3 focus-visible:outline-offset-4"
      aria-label={t('rowLabel', { name })}
    >
      <Avatar name={name} />
      <div className="min-w-0 flex-1 basis-60">
        <Sentence request={request} side={side} name={name} />
        <Age request={request} name={name} isEndShown={!stays} />
        {request.message ? <Message text={request.message} /> : null}
        {side === 'received' && (isWaiting || stays) ? (
          <div className="mt-2">
            <FitOnDemand request={request} name={name} match={match} />
          </div>
        ) : null}
        {isWaiting || stays ? (
          // What came of it takes the place of what would, whatever their lengths, so that nothing below moves.
          <div className="mt-1 grid text-sm text-soft *:[grid-area:1/1]">
            <p className={isWaiting ? '' : 'invisible'}>
              {side === 'received' ? (
                <Stakes kind={request.kind} seat={seat} />
              ) : (
                <Reminder request={request} name={name} />
              )}
            </p>
            {isWaiting ? null : <Outcome request={request} name={name} />}
          </div>
        ) : null}
        {answer?.phase === 'failed' ? (
          <p className="mt-2 border-s-4 border-danger ps-3 text-sm text-danger">
            {t(`failed.${answer.decision}`, { name })}
          </p>
        ) : null}
      </div>
      {isWaiting || stays ? <Actions request={request} side={side} name={name} answer={answer} seat={seat} /> : null}
    </article>
  );
}

function Sentence({ request, side, name }: RequestRowProps & { name: string }) {
  const t = useTranslations('requests');
  const { kind } = request;
  const person = side === 'received' ? request.sender : request.receiver;
  // The project's own page says already which one it is.
  const isHere = useIsHere(request);
  return (
    <p>
      {t.rich(isHere && kind !== 'connection' ? `here.${side}.${kind}` : `${side}.${kind}`, {
        person: () => (
          <PersonLink person={person} className="font-semibold" linkClass="link" dir="auto">
            {name}
          </PersonLink>
        ),
        project: () =>
          request.project ? (
            <Link to="/projects/$id" params={{ id: request.project.id }} className="link font-semibold" dir="auto">
              {request.project.title}
            </Link>
          ) : (
            t('goneProject')
          ),
        hasRole: request.role ? 'yes' : 'no',
        role: () => <strong dir="auto">{request.role?.name}</strong>,
      })}
    </p>
  );
}

function useIsHere({ project }: Collaboration): boolean {
  const { pathname } = useLocation();
  return pathname === `/projects/${project?.id}`;
}

function useEndText(): (request: Collaboration) => string {
  const t = useTranslations('requests');
  return ({ reason, status }) => (reason ? t(`reason.${reason}`) : t(`status.${status}`));
}

/** How long it waits, and until when; or how it ended. */
function Age({ request, name, isEndShown }: { request: Collaboration; name: string; isEndShown: boolean }) {
  const t = useTranslations('requests');
  const endText = useEndText();
  const now = useNow();
  const ends = (key: 'ends' | 'endsSoon') => t.rich(key, { time: () => <RelativeTime value={request.expires_at} /> });
  return (
    <p className="mt-1 flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1 text-sm text-faint">
      <RelativeTime value={request.created_at} />
      {request.status !== 'pending' ? (
        isEndShown && <Tag tone={tones[request.status]}>{endText(request)}</Tag>
      ) : isInHurry(request, now) ? (
        <Tag tone="warm">
          <ClockIcon className="size-3.5" />
          <span>{ends('endsSoon')}</span>
        </Tag>
      ) : (
        <span>{ends('ends')}</span>
      )}
      {/* One that is still on its way has no conversation yet. */}
      {request.status === 'pending' && request.id > 0 ? (
        <Link to="/messages" search={{ request: request.id }} className="link inline-flex min-h-6 items-center">
          {t('write')}
          <span className="sr-only"> {name}</span>
        </Link>
      ) : null}
    </p>
  );
}

/** About as many letters as four lines hold. */
const shortEnough = 280;

function Message({ text }: { text: string }) {
  const t = useTranslations('requests');
  const [isOpen, setOpen] = useState(false);
  const isLong = text.length > shortEnough;
  return (
    <div dir="auto" className="mt-2 max-w-prose border-s-2 border-rule ps-3 text-soft">
      <p className={`whitespace-pre-wrap ${isLong && !isOpen ? 'line-clamp-4' : ''}`}>{text}</p>
      {isLong ? (
        <button
          type="button"
          className="link min-h-6 text-sm font-semibold"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {t(isOpen ? 'showLess' : 'showAll')}
        </button>
      ) : null}
    </div>
  );
}

/** What accepting does. */
function Stakes({ kind, seat }: { kind: Collaboration['kind']; seat: Seat | null }) {
  const t = useTranslations('requests.stakes');
  if (!seat) return t(kind);
  if (seat.free > 1) return t('seat', { free: seat.free });
  return t(seat.free === 1 ? 'last' : 'none', { others: seat.others });
}

/** When the other side is reminded. */
function Reminder({ request, name }: { request: Collaboration; name: string }) {
  const t = useTranslations('requests.reminder');
  const { at, isPast } = reminderOf(request, useNow());
  return t.rich(isPast ? 'past' : 'ahead', { name, time: () => <RelativeTime value={at} /> });
}

/** What came of it. */
function Outcome({ request, name }: { request: Collaboration; name: string }) {
  const t = useTranslations('requests');
  const { kind, status, reason, project } = request;
  return status === 'accepted' ? (
    <p className="font-medium text-fit">{t(`done.${kind}`, { name, project: project?.title ?? t('goneProject') })}</p>
  ) : (
    <p>{t(`ended.${reason ?? 'withdrawn'}`, { name })}</p>
  );
}

interface ActionsProps {
  request: Collaboration;
  side: RequestRowProps['side'];
  name: string;
  answer: Answer | undefined;
  seat: Seat | null;
}

/** The answers to choose from; once one is given, what it was, and for a while the way back. */
function Actions({ request, side, name, answer, seat }: ActionsProps) {
  const t = useTranslations('requests');
  const textOf = useErrorText();
  const endText = useEndText();
  const navigate = useNavigate();
  const isHere = useIsHere(request);
  const { box, wasPressed } = useHandover(`${request.status} ${answer?.phase}`);
  const give = useAnswering({
    undoText: (decision) => (decision === 'accept' ? '' : t(`undoText.${decision}`, { name })),
    onDone: (decision) => {
      const { project } = request;
      if (decision !== 'accept') return;
      const open = !isHere &&
        project && {
          label: t('done.open'),
          run: () => void navigate({ to: '/projects/$id', params: { id: project.id } }),
        };
      showToast(t(`done.${request.kind}`, { name, project: project?.title ?? '' }), 'good', { action: open || null });
    },
    // Without an answer the row says that it did not get through, and the banner why.
    onFailed: (error) => isStatus(error, 0) || showToast(textOf(error), 'bad'),
  });

  const given =
    request.status !== 'pending'
      ? endText(request)
      : answer && answer.phase !== 'failed'
        ? t(`answer.${answer.decision}`)
        : null;

  // A yes that ends the requests of others cannot be taken back.
  const ended = seat?.free === 1 ? seat.others : 0;
  const [isAsking, setAsking] = useState(false);
  const decide = (decision: Decision) => {
    wasPressed.current = true;
    setAsking(false);
    give(request, decision);
  };

  const button = (decision: Decision, label: ReactNode, look: 'secondary' | 'quiet') => (
    <Button
      size="small"
      look={look}
      isPending={isOnItsWay(request)}
      className="max-sm:min-h-11 max-sm:flex-1"
      onClick={() => (decision === 'accept' && ended > 0 ? setAsking(true) : decide(decision))}
    >
      {label}
      <span className="sr-only"> {name}</span>
    </Button>
  );

  return (
    <div ref={box} className="flex flex-wrap items-center gap-2 max-sm:w-full">
      {given ? (
        <>
          <p tabIndex={-1} className="min-h-9 content-center px-1 font-semibold text-soft max-sm:min-h-11">
            {given}
          </p>
          {answer?.phase === 'held' ? (
            <Button
              size="small"
              look="secondary"
              className="max-sm:min-h-11"
              aria-label={t('undoThis', { name })}
              onClick={answer.undo}
            >
              {t('undo')}
            </Button>
          ) : null}
        </>
      ) : side === 'received' ? (
        <>
          {button(
            'accept',
            <>
              <CheckIcon className="size-4 text-fit" />
              {t('accept')}
            </>,
            'secondary',
          )}
          {button('reject', t('decline'), 'quiet')}
          <Dialog title={t('lastSeat.title', { name })} isOpen={isAsking} onClose={() => setAsking(false)}>
            <p className="text-soft">{t('lastSeat.text', { others: ended })}</p>
            <div className="mt-6 flex flex-wrap gap-3">
              <Button onClick={() => decide('accept')}>{t('lastSeat.accept')}</Button>
              <Button look="quiet" onClick={() => setAsking(false)}>
                {t('lastSeat.keep')}
              </Button>
            </div>
          </Dialog>
        </>
      ) : (
        button('withdraw', t('withdraw'), 'secondary')
      )}
    </div>
  );
}

/** When the button that was pressed makes way, the focus goes to what stands in its place. */
function useHandover(phase: string) {
  const box = useRef<HTMLDivElement>(null);
  const wasPressed = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs when the buttons change
  useEffect(() => {
    if (!wasPressed.current || document.activeElement !== document.body) return;
    box.current?.querySelector<HTMLElement>('button, [tabindex]')?.focus({ preventScroll: true });
  }, [phase]);
  return { box, wasPressed };
}
