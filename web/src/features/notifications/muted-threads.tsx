import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/page.tsx';
import { Bone } from '../../components/skeleton.tsx';
import { ErrorState } from '../../components/states.tsx';
import { api } from '../../lib/api.ts';
import { useNameList } from '../../lib/format.ts';
import { useMe } from '../accounts/api.ts';
import { useRows } from '../collaborations/use-rows.ts';
import { useCardName } from '../profiles/names.ts';
import { kindOf, useMutes } from './use-mutes.ts';

/** What I want to hear nothing of, and the way back. */
export function MutedThreads() {
  const t = useTranslations('notifications.settings');
  const { query, muted, turn } = useMutes();
  const { box } = useRows();
  return (
    <Section title={t('mutes')}>
      <div ref={box}>
        {muted ? null : query.isError ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Bone className="h-6 w-4/5" />
        )}
        {muted?.length === 0 ? <p className="text-soft">{t('noMutes')}</p> : null}
        <ul className="divide-y divide-rule">
          {muted?.map((thread) => (
            <li key={thread}>
              <MutedThread thread={thread} onUnmute={(name) => turn({ thread, name }, false)} />
            </li>
          ))}
        </ul>
        {query.hasNextPage ? (
          <Button
            look="secondary"
            size="small"
            className="mt-4"
            isPending={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('moreMutes')}
          </Button>
        ) : null}
      </div>
    </Section>
  );
}

function MutedThread({ thread, onUnmute }: { thread: string; onUnmute: (name: string) => void }) {
  const t = useTranslations('notifications.settings');
  const { name, to, isComing } = useThread(thread);
  const label = t('thread', { kind: kindOf(thread), hasName: name ? 'yes' : 'no', name });
  return (
    <div data-row tabIndex={-1} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-52">
        {isComing ? (
          <Bone className="h-6 w-48 max-w-full" />
        ) : to ? (
          <Link to={to} className="link link-alone font-medium" dir="auto">
            {label}
          </Link>
        ) : (
          <p dir="auto">{label}</p>
        )}
      </div>
      <Button look="secondary" size="small" className="max-sm:min-h-11" onClick={() => onUnmute(name)}>
        {t('unmute')}
        <span className="sr-only"> {label}</span>
      </Button>
    </div>
  );
}

/** What a thread is called, as far as I may still see it. */
function useThread(thread: string): { name: string; to: string | undefined; isComing: boolean } {
  const [kind, number] = thread.split(':');
  const id = Number(number);
  const meId = useMe()?.id;
  const list = useNameList();
  const cardName = useCardName();
  const { data, isPending } = useQuery({
    queryKey: ['notifications', 'thread', thread],
    retry: false,
    queryFn: async ({ signal }) => {
      const params = { id };
      if (kind === 'project') return { title: (await api('GET /projects/{id}', { params, signal })).title, people: [] };
      if (kind === 'request') {
        const { project, sender, receiver } = await api('GET /collaborations/{id}', { params, signal });
        return { title: project?.title, people: [sender, receiver] };
      }
      const { project, members } = await api('GET /conversations/{id}', { params, signal });
      return { title: project?.title, people: members.slice(0, 4).map(({ person }) => person) };
    },
  });
  const others = data?.people.filter(({ user_id }) => user_id !== meId) ?? [];
  const paths: Record<string, string> = {
    project: `/projects/${id}`,
    request: '/work',
    conversation: `/messages/${id}`,
  };
  return {
    name: data?.title ?? list(others.map(cardName)),
    to: data ? paths[kind ?? ''] : undefined,
    isComing: isPending,
  };
}
