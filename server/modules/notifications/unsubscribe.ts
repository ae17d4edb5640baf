/**
 * Leaving by the link of a mail, without signing in (RFC 8058): the link carries who leaves what, signed with a key that
 * follows from the server's signing key (HKDF, RFC 5869). It does not expire, since mails are kept; all it can do is end
 * mails of one topic.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { type NotificationTopic, notificationTopics } from '@collabthon/contracts/notifications';
import type { Config } from '../../platform/config/config.ts';
import { notFound } from '../../platform/http/problems.ts';
import { API_BASE } from '../../platform/http/routes.ts';
import type { Platform } from '../../platform/module.ts';
import { changePreferences } from './preferences.ts';

type Mailing = NotificationTopic | 'digest';

export function unsubscribeUrl(config: Config, userId: number, mailing: Mailing): string {
  const claim = `${userId}.${mailing}`;
  return `${config.http.publicUrl}${API_BASE}/notifications/unsubscribe/${claim}.${sign(config, claim).toString('base64url')}`;
}

/** Doing it again changes nothing. @throws 404 for a token that is not ours */
export async function unsubscribe(platform: Platform, token: string): Promise<void> {
  const { userId, mailing } = readToken(platform.config, token);
  const change = mailing === 'digest' ? { digest: { is_on: false } } : { channels: { [mailing]: { mail: false } } };
  await changePreferences(platform, userId, change);
}

/** @throws 404 */
export function readToken(config: Config, token: string): { userId: number; mailing: Mailing } {
  const [user = '', mailing = '', mac = ''] = token.split('.');
  const given = Buffer.from(mac, 'base64url');
  const ours = sign(config, `${user}.${mailing}`);
  const isOurs = given.length === ours.length && timingSafeEqual(given, ours);
  if (!isOurs || !isMailing(mailing)) throw notFound('url');
  return { userId: Number(user), mailing };
}

const isMailing = (text: string): text is Mailing => ['digest', ...notificationTopics].includes(text);

function sign({ secrets }: Config, claim: string): Buffer {
  const secret = Buffer.from(secrets.signingKey.d, 'base64url');
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'collabthon unsubscribe', 32));
  return createHmac('sha256', key).update(claim).digest();
}
