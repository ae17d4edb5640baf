import type { Conversation } from '@collabthon/contracts/conversations';
import { useTranslations } from 'use-intl';
import { useCardName } from '../profiles/names.ts';

/** What a conversation is called for somebody who is in it: after its project, or after the other person. */
export function useConversationName(): (conversation: Conversation, myId: number) => string {
  const t = useTranslations('conversations');
  const cardName = useCardName();
  return ({ kind, project, members }, myId) => {
    const other = members.find(({ person }) => person.user_id !== myId)?.person;
    if (kind === 'team') return project?.title ?? t('aTeam');
    return other ? cardName(other) : (project?.title ?? t('aRequest'));
  };
}
