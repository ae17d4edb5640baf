/** Writes the notifications of an event, and sees to it that they go where their recipients want them. */
import type { NotificationChannels } from '@collabthon/contracts/notifications';
import type { Db } from '../../platform/database/database.ts';
import type { EventMeta } from '../../platform/events/events.ts';
import type { Platform } from '../../platform/module.ts';
import { nextDigest } from './clock.ts';
import { kinds } from './kinds.ts';
import { createNotificationStore } from './store.ts';
import { channelsOf, type Recipient, recipientsOf } from './store-members.ts';
import type { NotificationRow } from './tables.ts';
import type { Telling, Told } from './told.ts';

/** A mail goes out unless what it says was read in the app by then. */
const MAIL_GRACE = 5 * 60_000;

/**
 * What was old when its event was published is no news: it came from a list that somebody loaded, such as the demo
 * campus. It stands in the list, and disturbs nobody.
 */
const NEWS_FOR = 10 * 60_000;
/** What was as old as this is taken for read. */
const UNREAD_FOR = 14 * 86_400_000;

/**
 * One notification for each recipient, whatever the event says of them and however often it comes. Notifications, and
 * the jobs that deliver them, are written in `tx`, where the event is recorded as handled.
 */
export async function tellRecipients(platform: Platform, tx: Db, telling: Telling, meta: EventMeta): Promise<void> {
  const happenedAt = telling.happened_at ?? meta.published_at;
  const age = Date.parse(meta.published_at) - Date.parse(happenedAt);
  const isNews = !telling.isSilent && age <= NEWS_FOR;
  const drafts = draftsOf(telling);
  const store = createNotificationStore(tx);
  const threads = new Set([...drafts.values()].flatMap((draft) => draft.threads));
  const recipients = await recipientsOf(tx, [...drafts.keys()], [...threads]);

  const rows: Omit<NotificationRow, 'id'>[] = [];
  for (const [id, { kind, params, threads }] of drafts) {
    const recipient = recipients.get(id);
    const { topic } = kinds[kind];
    const channels = channelsOf(recipient, topic);
    const isMuted = threads.some((thread) => recipient?.muted.includes(thread));
    if (isMuted || !(channels.in_app || channels.mail || channels.push)) continue;
    rows.push({
      event_id: meta.event_id,
      recipient_id: id,
      kind,
      topic,
      params,
      threads: [...threads],
      is_listed: channels.in_app,
      created_at: happenedAt,
      read_at: age > UNREAD_FOR ? happenedAt : null,
      mailed_at: null,
      digested_at: null,
    });
  }
  // In one order for all, so that two events that tell the same people do not wait for each other.
  const written = await store.insert(rows.sort((a, b) => a.recipient_id - b.recipient_id));
  for (const notification of isNews ? written : []) {
    const recipient = recipients.get(notification.recipient_id);
    await deliver(platform, tx, notification, channelsOf(recipient, notification.topic), recipient);
  }
  const settled = telling.settles ? await store.settle(telling.settles.recipient, telling.settles.thread) : [];
  // What goes out by mail or push alone changes nothing that a page shows.
  const listed = written.filter((row) => row.is_listed).map((row) => row.recipient_id);
  const touched = new Set([...listed, ...settled]);
  await platform.realtime.send(tx, [...touched], 'notifications.changed', {});
}

/** Who is told what. Somebody whom an event concerns twice is told the first of it, nobody what they did themselves. */
function draftsOf({ actor, told }: Telling): Map<number, Told> {
  const drafts = new Map<number, Told>();
  for (const one of told) {
    for (const id of one.recipients) if (id !== actor && !drafts.has(id)) drafts.set(id, one);
  }
  return drafts;
}

async function deliver(
  { jobs }: Platform,
  tx: Db,
  { id: notification_id, recipient_id, kind, is_listed }: NotificationRow,
  channels: NotificationChannels,
  recipient: Recipient | undefined,
): Promise<void> {
  const now = Date.now();
  if (channels.mail) {
    const grace = kinds[kind].mailsAtOnce ? {} : { startAfter: new Date(now + MAIL_GRACE) };
    await jobs.send(tx, 'notifications.send_mail', { notification_id }, grace);
  }
  if (channels.push && recipient?.has_push) await jobs.send(tx, 'notifications.send_push', { notification_id });
  if (is_listed && !kinds[kind].mailsAtOnce && (recipient?.digest_is_on ?? true)) {
    await createNotificationStore(tx).awaitDigest(recipient_id, nextDigest(recipient ?? {}, new Date(now)));
  }
}
