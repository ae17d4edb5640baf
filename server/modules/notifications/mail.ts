/** A notification as a mail of its own. */
import type { Contact } from '@collabthon/contracts/accounts';
import { Postponed } from '../../platform/jobs/outcomes.ts';
import type { MailMessage } from '../../platform/mail/mail.ts';
import type { Platform } from '../../platform/module.ts';
import { quietUntil } from './clock.ts';
import { kinds } from './kinds.ts';
import { createNotificationStore } from './store.ts';
import { channelsOf, type MemberRow, recipientsOf } from './store-members.ts';
import type { NotificationRow } from './tables.ts';
import { type Unread, unreadMessage } from './unread-message.ts';
import { unsubscribeUrl } from './unsubscribe.ts';
import { pathOf, translatorOf, wordsOf } from './words.ts';

/**
 * Hands a notification over to the mail, unless by now it was read, was in a digest, or its recipient wants no such
 * mail. Once, however often it is tried: what says so commits with the mail's own job.
 *
 * @throws Postponed in the recipient's quiet hours, until they are over
 */
export async function mailNotification(platform: Platform, id: number): Promise<void> {
  const row = await createNotificationStore(platform.db).find(id);
  if (!row || row.mailed_at !== null || row.digested_at !== null) return;
  if (row.read_at !== null && !kinds[row.kind].mailsAtOnce) return;
  const recipient = (await recipientsOf(platform.db, [row.recipient_id], row.threads)).get(row.recipient_id);
  if (!recipient || recipient.muted.length > 0 || !channelsOf(recipient, row.topic).mail) return;
  const unread = await unreadMessage(platform, row);
  if (!unread || (unread.text && (await wasMailedBefore(platform, row, unread)))) return;
  const contact = await findContact(platform, recipient);
  if (!contact) return;
  waitForQuietHours(recipient);
  await platform.db.transaction(async (tx) => {
    if (await createNotificationStore(tx).claimMail(id))
      await platform.mail.send(tx, write(platform, row, contact, unread.text));
  });
}

/** Those that follow one whose mail has not brought its reader to read on are in no mail. */
const wasMailedBefore = ({ db }: Platform, { recipient_id, threads }: NotificationRow, { readPosition }: Unread) =>
  createNotificationStore(db).wasMailed(recipient_id, threads[0] ?? '', readPosition);

/** @throws Postponed */
export function waitForQuietHours(recipient: MemberRow): void {
  const now = new Date();
  const until = quietUntil(recipient, now);
  if (until) throw new Postponed(until.getTime() - now.getTime());
}

/**
 * Where to reach a member by mail: at an address that is confirmed, of an account in use. The invented people of a demo
 * have no mailbox out there; what is for them stays in the local one, unless somebody who plays them has chosen.
 */
export async function findContact(platform: Platform, { user_id, is_saved }: MemberRow): Promise<Contact | null> {
  const contact = await platform.calls('accounts.getContact', { user_id });
  if (!contact?.is_active || !contact.is_verified) return null;
  if (contact.is_demo && !is_saved && platform.config.mail.smtpUrl !== null) return null;
  return contact;
}

function write(
  { config }: Platform,
  row: NotificationRow,
  { email, locale, username }: Contact,
  excerpt: string,
): MailMessage {
  const { publicUrl } = config.http;
  const t = translatorOf(locale);
  const { title, message } = wordsOf(row, locale, excerpt);
  return {
    to: email,
    locale,
    message_id: `notification.${row.id}@${new URL(publicUrl).hostname}`,
    unsubscribe_url: unsubscribeUrl(config, row.recipient_id, row.topic),
    subject: title,
    text: [
      t('mail.greeting', { username }),
      `${message}\n${publicUrl}${pathOf(row)}`,
      `${t('mail.settings')}\n${publicUrl}/settings/notifications`,
      'Collabthon',
    ].join('\n\n'),
  };
}
