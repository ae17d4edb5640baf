/** Where and when a member wants to hear of what. */
import {
  type NotificationPreferences,
  type NotificationPreferencesUpdate,
  notificationTopics,
} from '@collabthon/contracts/notifications';
import { conflict, type FieldError, unprocessable } from '../../platform/http/problems.ts';
import type { Platform } from '../../platform/module.ts';
import { isZone } from '../../platform/zones.ts';
import { nextDigest } from './clock.ts';
import { type ChosenChannels, channelsOf, createMemberStore, type Wishes } from './store-members.ts';

/** Threads that one member may mute. */
const MOST_MUTES = 1000;

export async function readPreferences({ db }: Platform, userId: number): Promise<NotificationPreferences> {
  return present(await createMemberStore(db).find(userId));
}

/** Changes what is named. @throws 422 for a zone that there is not, and for quiet hours that never begin */
export async function changePreferences(
  { db }: Platform,
  userId: number,
  change: NotificationPreferencesUpdate,
): Promise<NotificationPreferences> {
  return db.transaction(async (tx) => {
    const store = createMemberStore(tx);
    const next = apply(await store.lock(userId), change);
    check(next, change);
    await store.save(userId, next, next.digest_is_on ? nextDigest(next, new Date()) : null);
    return present(next);
  });
}

function apply(now: Wishes, { channels, quiet_hours, zone, digest }: NotificationPreferencesUpdate): Wishes {
  const chosen: ChosenChannels = { ...now.channels };
  for (const topic of notificationTopics) {
    if (channels?.[topic]) chosen[topic] = { ...chosen[topic], ...channels[topic] };
  }
  return {
    channels: chosen,
    quiet_from: quiet_hours === undefined ? now.quiet_from : (quiet_hours?.from ?? null),
    quiet_to: quiet_hours === undefined ? now.quiet_to : (quiet_hours?.to ?? null),
    zone: zone === undefined ? now.zone : zone,
    digest_is_on: digest?.is_on ?? now.digest_is_on,
    digest_hour: digest?.hour ?? now.digest_hour,
  };
}

function check({ quiet_from, quiet_to, zone }: Wishes, change: NotificationPreferencesUpdate): void {
  const errors: FieldError[] = [];
  if (zone !== null && !isZone(zone)) {
    errors.push({
      path: '/zone',
      code: 'unknown_zone',
      message: 'Use the IANA name of a time zone, such as Asia/Kolkata.',
    });
  }
  if (zone === null && quiet_from !== null) {
    errors.push({ path: '/zone', code: 'zone_required', message: 'Say in which time zone these hours are.' });
  }
  if (change.quiet_hours && quiet_from === quiet_to) {
    errors.push({
      path: '/quiet_hours/to',
      code: 'slot_order',
      message: 'Quiet hours end at another time than they begin.',
    });
  }
  if (errors.length > 0) throw unprocessable(errors);
}

const present = (wishes: Wishes): NotificationPreferences => ({
  channels: {
    messages: channelsOf(wishes, 'messages'),
    requests: channelsOf(wishes, 'requests'),
    answers: channelsOf(wishes, 'answers'),
    reminders: channelsOf(wishes, 'reminders'),
    team: channelsOf(wishes, 'team'),
    projects: channelsOf(wishes, 'projects'),
    account: channelsOf(wishes, 'account'),
  },
  quiet_hours:
    wishes.quiet_from === null || wishes.quiet_to === null ? null : { from: wishes.quiet_from, to: wishes.quiet_to },
  zone: wishes.zone,
  digest: { is_on: wishes.digest_is_on, hour: wishes.digest_hour },
});

/**
 * Mutes a thread, whether or not there is such a thing: the answer says nothing of what this member may not see.
 * @throws 409 `too_many_mutes`
 */
export async function muteThread({ db }: Platform, userId: number, thread: string): Promise<void> {
  await db.transaction(async (tx) => {
    const store = createMemberStore(tx);
    await store.lock(userId);
    if ((await store.countMutes(userId, thread)) >= MOST_MUTES) {
      throw conflict('too_many_mutes', `You mute ${MOST_MUTES} threads, which is the most we keep. Unmute one first.`, {
        limit: MOST_MUTES,
      });
    }
    await store.mute(userId, thread);
  });
}
