/** The daily digest: a mail of what is unread and was in no mail before, at each member's hour, at most once a day. */
import type { Contact } from '@collabthon/contracts/accounts';
import type { Db } from '../../platform/database/database.ts';
import type { MailMessage } from '../../platform/mail/mail.ts';
import type { Platform } from '../../platform/module.ts';
import { localDay, nextDigest } from './clock.ts';
import { findContact } from './mail.ts';
import { createNotificationStore } from './store.ts';
import { createDigestStore, type DueMember } from './store-digests.ts';
import { createMemberStore } from './store-members.ts';
import type { NotificationRow } from './tables.ts';
import { unsubscribeUrl } from './unsubscribe.ts';
import { pathOf, translatorOf, wordsOf } from './words.ts';

/** Members of one transaction. */
const BATCH = 100;
/** Items that the mail spells out. */
const SPELLED_OUT = 20;

/** Puts together the digests that are due. Each commits with the job that mails it. */
export async function makeDigests(platform: Platform, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const made = await platform.db.transaction(async (tx) => {
      const due = await createDigestStore(tx).lockDue(BATCH);
      for (const member of due) await makeDigest(platform, tx, member);
      return due.length;
    });
    if (made < BATCH) return;
  }
}

async function makeDigest(platform: Platform, tx: Db, member: DueMember): Promise<void> {
  const store = createDigestStore(tx);
  const now = new Date();
  const items = await store.lockItems(member.user_id);
  if (items.length === 0) return store.setDue(member.user_id, null);
  const digest_id = await store.insert(member.user_id, localDay(member.zone, now), items);
  if (digest_id === null) return store.setDue(member.user_id, nextDigest(member, now));
  await store.setDue(member.user_id, null);
  await platform.jobs.send(tx, 'notifications.send_digest', { digest_id });
}

/** Hands a digest over to the mail, with what of it is unread by now. Once, however often it is tried. */
export async function mailDigest(platform: Platform, id: number): Promise<void> {
  const digest = await createDigestStore(platform.db).find(id);
  if (!digest || digest.is_mailed) return;
  const rows = await createNotificationStore(platform.db).findMany(digest.notification_ids);
  const unread = rows
    .filter(({ read_at }) => read_at === null)
    .sort((a, b) => b.created_at.localeCompare(a.created_at) || b.id - a.id);
  const member = await createMemberStore(platform.db).find(digest.user_id);
  if (unread.length === 0 || !member.digest_is_on) return;
  const contact = await findContact(platform, member);
  // Whoever only looks at the demo has asked for no mail a day.
  if (!contact || (contact.is_demo && !member.is_saved)) return;
  await platform.db.transaction(async (tx) => {
    if (await createDigestStore(tx).claim(id)) await platform.mail.send(tx, write(platform, id, unread, contact));
  });
}

function write({ config }: Platform, id: number, items: NotificationRow[], contact: Contact): MailMessage {
  const { publicUrl } = config.http;
  const { email, locale, username, user_id } = contact;
  const t = translatorOf(locale);
  const more = items.length - SPELLED_OUT;
  return {
    to: email,
    locale,
    message_id: `digest.${id}@${new URL(publicUrl).hostname}`,
    unsubscribe_url: unsubscribeUrl(config, user_id, 'digest'),
    subject: t('mail.digestSubject', { count: items.length }),
    text: [
      t('mail.greeting', { username }),
      t('mail.digestLead'),
      ...items.slice(0, SPELLED_OUT).map((item) => `${wordsOf(item, locale).message}\n${publicUrl}${pathOf(item)}`),
      ...(more > 0 ? [t('mail.digestMore', { count: more })] : []),
      `${t('mail.settings')}\n${publicUrl}/settings/notifications`,
      'Collabthon',
    ].join('\n\n'),
  };
}
