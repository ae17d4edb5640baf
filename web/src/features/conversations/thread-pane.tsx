import type { Conversation } from '@collabthon/contracts/conversations';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../components/button.tsx';
import { ChevronIcon } from '../../components/icons.tsx';
import { PageSkeleton } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { isStatus } from '../../lib/errors.ts';
import { useRouteFocus } from '../../lib/route-focus.ts';
import { requestQuery } from '../collaborations/api.ts';
import { conversationQuery, threadQuery } from './api.ts';
import { Composer } from './composer.tsx';
import { useConversationName } from './names.ts';
import { Thread } from './thread.tsx';
import { useTyping } from './typing.ts';
import { useOutbox } from './use-outbox.ts';

interface ThreadPaneProps {
  id: number;
  myId: number;
}

/** One conversation: who is in it, what was said, and a place to write. */
export function ThreadPane({ id, myId }: ThreadPaneProps) {
  const t = useTranslations('conversations');
  const conversation = useQuery(conversationQuery(id));
  const thread = useQuery(threadQuery(id));
  const requestId = conversation.data?.request_id ?? null;
  const request = useQuery({ ...requestQuery(requestId ?? 0), enabled: requestId !== null });
  const { outbox, unsent } = useOutbox(myId, id);
  const failed = conversation.error ?? thread.error;

  if (failed && (isStatus(failed, 404) || !(conversation.data && thread.data)))
    return (
      <div className="w-full p-8">
        {isStatus(failed, 404) ? (
          <EmptyState
            title={t('gone')}
            action={
              <Link to="/messages" className={buttonClass('secondary', 'small')}>
                {t('all')}
              </Link>
            }
          >
            {t('goneText')}
          </EmptyState>
        ) : (
          <ErrorState
            error={failed}
            onRetry={() => {
              void conversation.refetch();
              void thread.refetch();
            }}
          />
        )}
      </div>
    );
  // Without it the conversation is shown as well, but what it says does not come in between later.
  if (!conversation.data || !thread.data || (requestId !== null && request.isPending))
    return (
      <div className="w-full p-8">
        <PageSkeleton />
      </div>
    );
  return (
    <section aria-label={t('thread')} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <Head conversation={conversation.data} myId={myId} />
      <Thread
        conversation={conversation.data}
        request={request.data}
        thread={thread.data}
        myId={myId}
        unsent={unsent}
        outbox={outbox}
      />
      <Writers conversation={conversation.data} />
      {conversation.data.is_open ? (
        <Composer
          conversationId={id}
          myId={myId}
          onSend={(text, client_id) => outbox.add({ client_id, conversation_id: id, text })}
        />
      ) : (
        <p className="border-t border-rule px-5 py-4 text-soft">{t('closed')}</p>
      )}
    </section>
  );
}

function Head({ conversation, myId }: { conversation: Conversation; myId: number }) {
  const t = useTranslations('conversations');
  const heading = useRouteFocus<HTMLHeadingElement>();
  const name = useConversationName()(conversation, myId);
  const { kind, project, members, member_count } = conversation;
  const other = members.find(({ person }) => person.user_id !== myId)?.person;
  return (
    <header className="flex min-h-16 items-center gap-3 border-b border-rule px-3 py-2 sm:px-5">
      <Link
        to="/messages"
        aria-label={t('all')}
        className="grid size-11 shrink-0 place-items-center rounded-full hover:bg-well lg:hidden"
      >
        <ChevronIcon className="size-5 rotate-90 rtl:-rotate-90" />
      </Link>
      <div className="min-w-0 flex-1">
        <h2 ref={heading} tabIndex={-1} className="truncate font-sans text-lg font-semibold">
          <bdi>{name}</bdi>
        </h2>
        {/* A title that runs against the line loses its end, and not its beginning. */}
        <p className="line-clamp-1 text-sm wrap-anywhere text-soft">
          {kind === 'team'
            ? t('people', { count: member_count })
            : project
              ? t('about', { title: project.title })
              : t('wish')}
        </p>
      </div>
      {project ? (
        <Link to="/projects/$id" params={{ id: project.id }} className={`${buttonClass('quiet', 'small')} shrink-0`}>
          {t('toProject')}
        </Link>
      ) : other ? (
        <Link to="/people/$id" params={{ id: other.user_id }} className={`${buttonClass('quiet', 'small')} shrink-0`}>
          {t('toPerson')}
        </Link>
      ) : null}
    </header>
  );
}

/** Who is writing. The line is there all the time, so that nothing moves. */
function Writers({ conversation: { id, members } }: { conversation: Conversation }) {
  const t = useTranslations('conversations');
  const names = useTyping(id).flatMap(
    (userId) => members.find(({ person }) => person.user_id === userId)?.person.name ?? [],
  );
  return (
    <p aria-live="polite" className="h-6 truncate px-5 text-sm text-faint">
      {names[0] === undefined ? null : names.length === 1 ? t('writes', { name: names[0] }) : t('severalWrite')}
    </p>
  );
}
