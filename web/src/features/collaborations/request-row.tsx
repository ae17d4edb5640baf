import type { Collaboration } from '@collabthon/contracts/collaborations';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../components/avatar.tsx';
import { Button } from '../../components/button.tsx';
import { Tag } from '../../components/tag.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { useErrorText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { cardName } from '../profiles/names.ts';
import { type Decision, useDecide } from './api.ts';

const tones = { pending: 'warm', accepted: 'good', rejected: 'plain', cancelled: 'plain' } as const;

interface RequestRowProps {
  request: Collaboration;
  side: 'received' | 'sent';
}

/** A request with what can be done about it: answer one received, take back one sent. */
export function RequestRow({ request, side }: RequestRowProps) {
  const t = useTranslations('requests');
  const textOf = useErrorText();
  const other = side === 'received' ? request.sender : request.receiver;
  const name = cardName(other);
  const decide = useDecide({
    onDone: (decision) => showToast(t(`done.${decision}`, { name }), decision === 'accept' ? 'good' : 'plain'),
    onFailed: (error) => showToast(textOf(error), 'bad'),
  });
  const answer = (decision: Decision) => decide.mutate({ request, decision });

  return (
    <article className="flex flex-wrap items-start gap-x-4 gap-y-3 py-4" aria-label={t('rowLabel', { name })}>
      <Avatar name={name} />
      <div className="min-w-0 flex-1 basis-60">
        <p>
          {t.rich(`${side}.${request.kind}`, {
            person: () => (
              <Link to="/people/$id" params={{ id: other.user_id }} className="link font-semibold">
                {name}
              </Link>
            ),
            project: () =>
              request.project ? (
                <Link to="/projects/$id" params={{ id: request.project.id }} className="link font-semibold">
                  {request.project.title}
                </Link>
              ) : null,
            hasRole: request.role ? 'yes' : 'no',
            role: () => <strong>{request.role?.name}</strong>,
          })}
        </p>
        {request.message ? (
          <p className="mt-2 max-w-prose border-s-2 border-rule ps-3 whitespace-pre-wrap text-soft">
            {request.message}
          </p>
        ) : null}
        <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-faint">
          <RelativeTime value={request.created_at} />
          {request.status === 'pending' ? (
            <span>{t.rich('ends', { time: () => <RelativeTime value={request.expires_at} /> })}</span>
          ) : (
            <Tag tone={tones[request.status]}>
              {request.reason ? t(`reason.${request.reason}`) : t(`status.${request.status}`)}
            </Tag>
          )}
        </p>
      </div>
      {request.status === 'pending' ? (
        <div className="flex gap-2 max-sm:ps-14">
          {side === 'received' ? (
            <>
              <Button size="small" isPending={decide.isPending} onClick={() => answer('accept')}>
                {t('accept')}
                <span className="sr-only"> {name}</span>
              </Button>
              <Button size="small" look="secondary" isPending={decide.isPending} onClick={() => answer('reject')}>
                {t('decline')}
                <span className="sr-only"> {name}</span>
              </Button>
            </>
          ) : (
            <Button size="small" look="secondary" isPending={decide.isPending} onClick={() => answer('withdraw')}>
              {t('withdraw')}
              <span className="sr-only"> {name}</span>
            </Button>
          )}
        </div>
      ) : null}
    </article>
  );
}
