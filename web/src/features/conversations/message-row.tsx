import type { Message } from '@collabthon/contracts/conversations';
import { useQueryClient } from '@tanstack/react-query';
import { memo, useEffect, useRef, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Avatar } from '../../components/avatar.tsx';
import { Button } from '../../components/button.tsx';
import { api } from '../../lib/api.ts';
import { useErrorText } from '../../lib/errors.ts';
import { createOverlay } from '../../lib/overlay.ts';
import { showToast, undoable } from '../../lib/toasts.ts';
import { useCardName } from '../profiles/names.ts';
import { keepMessage, readAgain } from './api.ts';
import type { Outbox, Unsent } from './outbox.ts';
import { Words } from './words.tsx';

/** What the reader has deleted or changed and the server has not taken yet, by the ids of messages. */
const changed = createOverlay<number, { text: string | null }>();

interface MessageRowProps {
  message: Message;
  isMine: boolean;
  /** It stands by itself, with name and picture. */
  isFirst: boolean;
  canChange: boolean;
  /** How many others have read it; null says nothing. */
  readBy: number | null;
}

/** Made again only when something of it changed: there may be thousands. One that is not near the window is not laid out. */
export const MessageRow = memo(function MessageRow({ message, isMine, isFirst, canChange, readBy }: MessageRowProps) {
  const t = useTranslations('conversations');
  const [isEditing, setEditing] = useState(false);
  const pending = changed.use().get(message.id);
  const text = pending ? pending.text : message.text;
  const { sender, sent_at, edited_at } = message;
  const name = useCardName()(sender);
  return (
    <li
      className={`laid-late group/message flex gap-2.5 [--about:4rem] ${isFirst ? 'mt-4' : 'mt-1'} ${isMine ? 'justify-end' : ''}`}
    >
      {isMine ? null : isFirst ? <Avatar name={name} size="small" /> : <span className="w-8 shrink-0" />}
      <div className={`flex min-w-0 max-w-[min(36rem,85%)] flex-col ${isMine ? 'items-end' : 'items-start'}`}>
        {isFirst && !isMine ? (
          <p className="mb-0.5 text-sm font-semibold">
            <bdi>{name}</bdi>
          </p>
        ) : null}
        {isEditing && text !== null ? (
          <Editing message={message} text={text} onDone={() => setEditing(false)} />
        ) : text === null ? (
          <p className="rounded-sheet border border-dashed border-edge px-3 py-1.5 text-sm text-faint italic">
            {t('deleted')}
          </p>
        ) : (
          <Words text={text} isMine={isMine} />
        )}
        <p className="mt-0.5 flex flex-wrap items-center gap-x-2 text-xs text-faint">
          {isMine && canChange && text !== null && !isEditing ? (
            <Actions message={message} onEdit={() => setEditing(true)} />
          ) : null}
          <span className="sr-only">{isMine ? t('me') : name}</span>
          <Clock value={sent_at} />
          {edited_at && text !== null ? <span>{t('edited')}</span> : null}
          {readBy === null ? null : <span>{t('readBy', { count: readBy })}</span>}
        </p>
      </div>
    </li>
  );
});

const small =
  'min-h-6 px-1 font-semibold underline-offset-2 hover:text-ink hover:underline focus-visible:text-ink [@media(hover:hover)]:opacity-0 [@media(hover:hover)]:group-hover/message:opacity-100 focus-visible:opacity-100!';

function Actions({ message, onEdit }: { message: Message; onEdit: () => void }) {
  const t = useTranslations('conversations');
  const textOf = useErrorText();
  const client = useQueryClient();
  const { id, conversation_id, position, text } = message;
  const remove = () => {
    changed.set(id, { text: null });
    undoable({
      text: t('wasDeleted'),
      undo: () => changed.set(id, null),
      async commit() {
        try {
          const params = { id: conversation_id, message_id: id };
          await api('DELETE /conversations/{id}/messages/{message_id}', { params, keepalive: true });
          await readAgain(client, conversation_id, position);
        } catch (error) {
          showToast(textOf(error), 'bad');
        }
        changed.set(id, null);
      },
    });
  };
  return (
    <>
      <button type="button" className={small} onClick={onEdit}>
        {t('edit')}
        <span className="sr-only">: {text}</span>
      </button>
      <button type="button" className={small} onClick={remove}>
        {t('delete')}
        <span className="sr-only">: {text}</span>
      </button>
    </>
  );
}

/** The text in a field of its own. What is saved shows at once, and goes back when the server does not take it. */
function Editing({ message, text, onDone }: { message: Message; text: string; onDone: () => void }) {
  const t = useTranslations('conversations');
  const textOf = useErrorText();
  const client = useQueryClient();
  const field = useRef<HTMLTextAreaElement>(null);
  const [value, setValue] = useState(text);
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(text.length, text.length);
  }, [text]);
  const save = () => {
    onDone();
    const next = value.trim();
    if (next === '' || next === text) return;
    changed.set(message.id, { text: next });
    const params = { id: message.conversation_id, message_id: message.id };
    api('PUT /conversations/{id}/messages/{message_id}', { params, body: { text: next } })
      .then((saved) => keepMessage(client, saved))
      .catch((error: unknown) => showToast(textOf(error), 'bad'))
      .finally(() => changed.set(message.id, null));
  };
  return (
    <form
      className="flex w-[min(36rem,75vw)] flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <textarea
        ref={field}
        dir="auto"
        aria-label={t('editLabel')}
        className="field field-sizing-content max-h-60 min-h-11"
        maxLength={4000}
        value={value}
        onChange={(event) => setValue(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone();
          if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault();
            save();
          }
        }}
      />
      <div className="flex justify-end gap-2">
        <Button look="quiet" size="small" onClick={onDone}>
          {t('cancel')}
        </Button>
        <Button type="submit" size="small">
          {t('save')}
        </Button>
      </div>
    </form>
  );
}

export function Clock({ value }: { value: string }) {
  const format = useFormatter();
  return (
    <time dateTime={value} className="tabular-nums">
      {format.dateTime(new Date(value), { hour: 'numeric', minute: '2-digit' })}
    </time>
  );
}

/** A message that is not there yet: how it stands, and what can be done. */
export function UnsentRow({ unsent, outbox }: { unsent: Unsent; outbox: Outbox }) {
  const t = useTranslations('conversations');
  const textOf = useErrorText();
  const { client_id, text, state, error } = unsent;
  return (
    <li className="mt-1 flex justify-end">
      <div className="flex min-w-0 max-w-[min(36rem,85%)] flex-col items-end">
        <div className={state === 'sending' ? 'opacity-70' : ''}>
          <Words text={text} isMine />
        </div>
        <div
          role={state === 'refused' ? 'alert' : undefined}
          className="mt-0.5 flex flex-wrap items-center justify-end gap-x-2 text-xs text-faint"
        >
          {state === 'refused' ? (
            <>
              <span className="font-semibold text-danger">{error ? textOf(error) : t('refused')}</span>
              <button type="button" className="link min-h-6" onClick={() => outbox.retry(client_id)}>
                {t('retry')}
              </button>
              <button type="button" className="link min-h-6" onClick={() => outbox.discard(client_id)}>
                {t('discard')}
              </button>
            </>
          ) : (
            <span>{t(state)}</span>
          )}
        </div>
      </div>
    </li>
  );
}
