import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { usePageHead } from '../../lib/page-head.ts';
import { useRouteFocus } from '../../lib/route-focus.ts';
import { useMe } from '../accounts/api.ts';
import { conversationQuery } from './api.ts';
import { ConversationList } from './conversation-list.tsx';
import { useConversationName } from './names.ts';
import { ThreadPane } from './thread-pane.tsx';

const threadRoute = getRouteApi('/messages/$id');

/** All conversations, beside the one that is open where there is room for both. */
export function MessagesPage() {
  const t = useTranslations('conversations');
  usePageHead({ title: t('title') });
  return <Panes open={null} />;
}

export function ThreadPage() {
  const t = useTranslations('conversations');
  const { id } = threadRoute.useParams();
  const me = useMe();
  const nameOf = useConversationName();
  const conversation = useQuery(conversationQuery(id)).data;
  usePageHead({ title: conversation && me ? nameOf(conversation, me.id) : t('title') });
  return <Panes open={id} />;
}

/** Fills the window: the thread scrolls inside, and what is written stands at its foot. */
function Panes({ open }: { open: number | null }) {
  const t = useTranslations('conversations');
  const me = useMe();
  const heading = useRouteFocus<HTMLHeadingElement>();
  if (!me) return null;
  return (
    <div data-fill className="mx-auto flex min-h-0 w-full max-w-6xl flex-1 sm:px-8">
      <div
        className={`min-h-0 w-full overflow-y-auto px-5 pt-6 sm:px-0 lg:w-80 lg:shrink-0 lg:border-e lg:border-rule lg:pe-4 ${open === null ? '' : 'max-lg:hidden'}`}
      >
        <h1 ref={open === null ? heading : undefined} tabIndex={-1} className="mb-4 text-title">
          {t('title')}
        </h1>
        <ConversationList open={open} myId={me.id} />
      </div>
      {open === null ? (
        <p className="m-auto max-w-xs text-center text-soft max-lg:hidden">{t('choose')}</p>
      ) : (
        <ThreadPane key={open} id={open} myId={me.id} />
      )}
    </div>
  );
}
