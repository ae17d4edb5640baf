import type { Collaboration } from '@collabthon/contracts/collaborations';
import type { Conversation, Message } from '@collabthon/contracts/conversations';
import { useQueryClient } from '@tanstack/react-query';
import { Fragment, memo, useEffect, useRef, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { useErrorText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { markRead, readOlder, type Thread as ThreadData } from './api.ts';
import { MessageRow, UnsentRow } from './message-row.tsx';
import type { Outbox, Unsent } from './outbox.ts';
import { RequestWords } from './request-words.tsx';

interface ThreadProps {
  conversation: Conversation;
  /** The one that the conversation belongs to. */
  request: Collaboration | undefined;
  thread: ThreadData;
  myId: number;
  unsent: readonly Unsent[];
  outbox: Outbox;
}

/** Nearer to its foot than this, in pixels, a thread is read at its end. */
const NEAR = 80;

/**
 * What was said. It scrolls from its foot, so that it opens at the latest, stays there while others write, and older
 * messages that are fetched above move nothing.
 */
export function Thread({ conversation, request, thread, myId, unsent, outbox }: ThreadProps) {
  const t = useTranslations('conversations');
  const scroller = useRef<HTMLElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  /** Where the reader had read to when they came: what is new stands below a line. */
  const [mark] = useState(conversation.read_position);
  const { items, older } = thread;
  const last = items.at(-1);
  const asked = older === null && request?.message ? { request, text: request.message } : null;
  useReading(conversation, isAtEnd ? (last?.position ?? 0) : 0);
  const said = useLatestSaid(items, myId);
  const firstNew = items.find(({ position, sender }) => position > mark && sender.user_id !== myId);
  const hasNews = !isAtEnd && last !== undefined && last.position > conversation.read_position;

  return (
    <div className="relative min-h-0 flex-1">
      <section
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys
        tabIndex={0}
        aria-label={t('said')}
        className="flex h-full flex-col-reverse overflow-y-auto overscroll-contain px-3 focus-visible:outline-3 focus-visible:-outline-offset-3 sm:px-5"
        onScroll={({ currentTarget }) => setAtEnd(currentTarget.scrollTop > -NEAR)}
      >
        <div className="mt-auto py-4">
          {older === null ? (
            <p className="mx-auto mb-6 max-w-prose text-center text-sm text-faint">
              {t(conversation.kind === 'team' ? 'beginTeam' : 'beginRequest')}
            </p>
          ) : (
            <Older id={conversation.id} before={older} />
          )}
          <ol>
            {asked ? (
              <>
                <Day of={asked.request.created_at} previous={undefined} />
                <RequestWords {...asked} myId={myId} />
              </>
            ) : null}
            {items.map((message, index) => (
              <Fragment key={message.client_id}>
                <Day of={message.sent_at} previous={items[index - 1]?.sent_at ?? asked?.request.created_at} />
                {message === firstNew ? (
                  <li className="my-3 flex items-center gap-3 text-sm font-semibold text-accent-deep before:h-px before:flex-1 before:bg-accent after:h-px after:flex-1 after:bg-accent">
                    {t('new')}
                  </li>
                ) : null}
                <MessageRow
                  message={message}
                  isMine={message.sender.user_id === myId}
                  isFirst={!follows(message, items[index - 1]) || message === firstNew}
                  canChange={conversation.is_open}
                  readBy={message === last ? readers(conversation, message, myId) : null}
                />
              </Fragment>
            ))}
            {unsent.map((one) => (
              <UnsentRow key={one.client_id} unsent={one} outbox={outbox} />
            ))}
          </ol>
        </div>
      </section>
      {hasNews ? (
        <Button
          size="small"
          className="absolute inset-x-0 bottom-2 mx-auto w-fit shadow-sheet"
          onClick={() => scroller.current?.scrollTo({ top: 0, behavior: 'smooth' })}
        >
          {t('toEnd')}
        </Button>
      ) : null}
      <p role="status" className="sr-only">
        {said}
      </p>
    </div>
  );
}

/** Five minutes later, or from somebody else, a message stands by itself. */
const follows = (message: Message, previous: Message | undefined): boolean =>
  previous !== undefined &&
  previous.sender.user_id === message.sender.user_id &&
  Date.parse(message.sent_at) - Date.parse(previous.sent_at) < 5 * 60_000;

/** How many others have read a message of mine; null for those of others, and while nobody has. */
function readers({ members }: Conversation, { sender, position }: Message, myId: number): number | null {
  if (sender.user_id !== myId) return null;
  const count = members.filter(
    ({ person, read_position }) => person.user_id !== myId && read_position >= position,
  ).length;
  return count > 0 ? count : null;
}

/** Tells the server how far the reader has read, while the page is looked at. */
function useReading({ id, read_position }: Conversation, position: number): void {
  const client = useQueryClient();
  useEffect(() => {
    const read = () => {
      if (document.visibilityState === 'visible' && position > read_position) {
        markRead(client, id, position).catch(() => {});
      }
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [client, id, position, read_position]);
}

/** What others wrote while the thread was open, for those who hear the page. */
function useLatestSaid(items: readonly Message[], myId: number): string {
  const t = useTranslations('conversations');
  const [from] = useState(items.at(-1)?.position ?? 0);
  const latest = items.findLast(({ position, sender, text }) => position > from && sender.user_id !== myId && text);
  return latest ? t('heard', { name: latest.sender.name, text: latest.text ?? '' }) : '';
}

/** The day of what follows, unless what stands before it is of the same. */
const Day = memo(function Day({ of, previous }: { of: string; previous: string | undefined }) {
  const format = useFormatter();
  const dayOf = (time: string) => format.dateTime(new Date(time), { dateStyle: 'full' });
  const day = dayOf(of);
  if (previous && dayOf(previous) === day) return null;
  return <li className="my-4 text-center text-sm text-faint">{day}</li>;
});

/** Fetches older messages when it comes into sight, or is pressed. */
function Older({ id, before }: { id: number; before: number }) {
  const t = useTranslations('conversations');
  const textOf = useErrorText();
  const client = useQueryClient();
  const [isPending, setPending] = useState(false);
  const button = useRef<HTMLDivElement>(null);
  const read = () => {
    if (isPending) return;
    setPending(true);
    readOlder(client, id, before)
      .catch((error: unknown) => showToast(textOf(error), 'bad'))
      .finally(() => setPending(false));
  };
  const latest = useRef(read);
  latest.current = read;
  useEffect(() => {
    if (!button.current) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current());
    watch.observe(button.current);
    return () => watch.disconnect();
  }, []);
  return (
    // The browser holds on to what is in sight: to a message, not to this, or the messages would go down with each page.
    <div ref={button} className="flex justify-center pb-4 [overflow-anchor:none]">
      <Button look="quiet" size="small" isPending={isPending} onClick={read}>
        {t('older')}
      </Button>
    </div>
  );
}
