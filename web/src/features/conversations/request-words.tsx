import type { Collaboration } from '@collabthon/contracts/collaborations';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../components/avatar.tsx';
import { useCardName } from '../profiles/names.ts';
import { Clock } from './message-row.tsx';
import { Words } from './words.tsx';

interface RequestWordsProps {
  request: Collaboration;
  text: string;
  myId: number;
}

/** What was written with the request that a conversation belongs to: it stands before everything that was said. */
export function RequestWords({ request: { sender, sender_id, created_at }, text, myId }: RequestWordsProps) {
  const t = useTranslations('conversations');
  const isMine = sender_id === myId;
  const name = useCardName()(sender);
  return (
    <li className={`mt-4 flex gap-2.5 ${isMine ? 'justify-end' : ''}`}>
      {isMine ? null : <Avatar name={name} size="small" />}
      <div className={`flex min-w-0 max-w-[min(36rem,85%)] flex-col ${isMine ? 'items-end' : 'items-start'}`}>
        {isMine ? null : (
          <p className="mb-0.5 text-sm font-semibold">
            <bdi>{name}</bdi>
          </p>
        )}
        <Words text={text} isMine={isMine} />
        <p className="mt-0.5 flex flex-wrap items-center gap-x-2 text-xs text-faint">
          <span className="sr-only">{isMine ? t('me') : name}</span>
          <Clock value={created_at} />
          <span>{t('withRequest')}</span>
        </p>
      </div>
    </li>
  );
}
