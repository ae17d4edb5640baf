/** What a notification says in a language: for mails, pushes and clients that make no sentences of their own. */
import type { Locale } from '@collabthon/contracts/shapes';
import { createTranslator } from 'use-intl/core';
import ar from './messages/ar.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };
import es from './messages/es.json' with { type: 'json' };
import hi from './messages/hi.json' with { type: 'json' };
import type { NotificationRow } from './tables.ts';

type Messages = typeof en;
export const catalogues: Record<Locale, Messages> = { en, es, hi, ar };

const translators = Object.fromEntries(
  Object.entries(catalogues).map(([locale, messages]) => [
    locale,
    createTranslator({
      locale,
      messages,
      timeZone: 'UTC',
      onError(error) {
        throw error;
      },
    }),
  ]),
) as Record<Locale, ReturnType<typeof createTranslator<Messages>>>;

export const translatorOf = (locale: Locale) => translators[locale];

/** Names that were not known then are replaced by general words. */
export function wordsOf({ kind, params }: Pick<NotificationRow, 'kind' | 'params'>, locale: Locale, excerpt = '') {
  const t = translators[locale];
  const values = {
    actor: oneLine(params.actor_name ?? t('somebody')),
    member: oneLine(params.member_name ?? t('somebody')),
    project: oneLine(params.project_title ?? t('aProject')),
    hasProject: params.project_title ? 'yes' : 'no',
    hasExcerpt: excerpt ? 'yes' : 'no',
    excerpt: oneLine(excerpt),
    role: oneLine(params.role_name ?? ''),
    hasRole: params.role_name ? 'yes' : 'no',
    request: params.request ?? 'application',
    reason: params.reason ?? 'other',
    status: params.status ?? 'other',
    expires: new Date(params.expires_at ?? 0),
  };
  return { title: t(`title.${kind}`, values), message: t(`message.${kind}`, values) };
}

/** What people call things must not look like lines of ours, such as a link that stands alone. */
const oneLine = (name: string) => name.replaceAll(/\s+/g, ' ').trim();

/** The page where there is more about it, or something to do, as a path of the web. */
export function pathOf({ kind, params }: Pick<NotificationRow, 'kind' | 'params'>): string {
  if (kind === 'welcome') return '/';
  if (kind === 'message_received') return `/messages/${params.conversation_id}`;
  if (kind.endsWith('_received') || kind === 'request_waiting') return '/work';
  if (kind === 'removed_from_team' || kind === 'project_deleted') return '/work';
  if (params.project_id !== undefined) return `/projects/${params.project_id}`;
  return params.actor_id === undefined ? '/work' : `/people/${params.actor_id}`;
}
