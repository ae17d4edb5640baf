import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { api } from '../../lib/api.ts';
import { inTab } from '../../lib/draft-places.ts';

interface ComposerProps {
  conversationId: number;
  myId: number;
  onSend: (text: string, clientId: string) => void;
}

/** The longest message, as the contract has it. */
const MESSAGE_LENGTH = 4000;
/** Others hear so often that somebody is writing, in milliseconds. */
const SAY_EVERY = 3_000;
/** So many characters before the end it is said how many are left. */
const WARN_BELOW = 200;

/** A place to write. What stands in it survives leaving and reloading, in this tab. */
export function Composer({ conversationId, myId, onSend }: ComposerProps) {
  const t = useTranslations('conversations');
  const [text, setText] = useState('');
  const saidAt = useRef(0);
  const field = useRef<HTMLTextAreaElement>(null);
  const kept = inTab<string>(`message ${myId} ${conversationId}`);

  // After taking over, so that the server's markup and the first of the browser are the same.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was left is taken up once
  useEffect(() => {
    const left = kept.read();
    if (left) setText((now) => now || left);
  }, []);

  const write = (next: string) => {
    setText(next);
    kept.write(next || null);
    if (next.trim() === '' || Date.now() - saidAt.current < SAY_EVERY) return;
    saidAt.current = Date.now();
    api('POST /conversations/{id}/typing', { params: { id: conversationId } }).catch(() => {});
  };
  const send = () => {
    const words = text.trim();
    if (words === '' || words.length > MESSAGE_LENGTH) return;
    write('');
    saidAt.current = 0;
    onSend(words, newId());
    field.current?.focus();
  };

  const left = MESSAGE_LENGTH - text.length;
  return (
    <form
      className="border-t border-rule px-3 pt-3 pb-3 sm:px-5"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="flex items-end gap-2">
        <textarea
          ref={field}
          dir="auto"
          rows={1}
          aria-label={t('write')}
          placeholder={t('write')}
          className="field field-sizing-content max-h-40 min-h-11 min-w-0 flex-1 resize-none"
          value={text}
          onChange={(event) => write(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            // On a touch screen Enter begins a new line; there is a button to send.
            if (matchMedia('(hover: none)').matches) return;
            event.preventDefault();
            send();
          }}
        />
        <Button type="submit" className="shrink-0" disabled={text.trim() === '' || left < 0}>
          {t('send')}
        </Button>
      </div>
      {left < WARN_BELOW ? (
        <p role="status" className={`mt-1 text-sm ${left < 0 ? 'font-medium text-danger' : 'text-faint'}`}>
          {t('left', { count: Math.abs(left), over: left < 0 ? 'yes' : 'no' })}
        </p>
      ) : null}
    </form>
  );
}

/** A UUID, also where the page is not served securely and `randomUUID` is missing. */
function newId(): string {
  if (globalThis.isSecureContext) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
