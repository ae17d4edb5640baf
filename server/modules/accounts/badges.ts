/** The college badge: earned by a code mailed to an address of a listed domain, good for 12 months. */
import { randomInt } from 'node:crypto';
import type { User } from '@collabthon/contracts/accounts';
import { type Db, violatedConstraint } from '../../platform/database/database.ts';
import { conflict, unprocessable } from '../../platform/http/problems.ts';
import { type Context, publishMember } from './context.ts';
import { createMails } from './mails.ts';
import { isSameText } from './secrets.ts';
import { createUserStore } from './store.ts';
import { createBadgeStore } from './store-badges.ts';
import { requireAccount } from './use-cases.ts';

/** Mails a code. @throws 422 when no listed domain covers the address, 429 when many codes were asked for */
export async function requestBadgeCode(context: Context, userId: number, email: string): Promise<void> {
  const { platform, attempts, secrets } = context;
  const { locale } = await requireAccount(context, userId);
  const address = email.toLowerCase();
  const domain = await createBadgeStore(platform.db).findCovering(address.slice(address.lastIndexOf('@') + 1));
  if (!domain) {
    throw unprocessable([
      {
        path: '/email',
        code: 'domain_not_listed',
        message: 'This domain is not on the list of colleges. Ask a moderator to add it.',
      },
    ]);
  }
  // Both count: one member may not try many addresses, nor many members bother one.
  const counters = [
    ['badge', 'member', userId],
    ['badge', 'address', address],
  ] as const;
  await attempts.assertOpen(...counters);
  await attempts.fail(...counters);
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  await platform.db.transaction(async (tx) => {
    await createBadgeStore(tx).setCode({
      userId,
      domainId: domain.id,
      email: address,
      codeHash: secrets.keyedHash('badge code', userId, code),
    });
    await platform.mail.send(tx, { to: email, ...createMails(platform.config.http.publicUrl, locale).badgeCode(code) });
  });
}

/** @throws 422 for a wrong, used or expired code, 409 when the address has earned another member's badge */
export async function confirmBadgeCode(
  context: Context,
  userId: number,
  code: string,
): Promise<NonNullable<User['college_badge']>> {
  const { platform, secrets } = context;
  // Outside the transaction below: a refused code counts, too.
  const tried = await createBadgeStore(platform.db).tryCode(userId);
  if (!tried)
    throw unprocessable([
      { path: '/code', code: 'code_expired', message: 'There is no code to enter any more. Ask for a new one.' },
    ]);
  if (!isSameText(tried.code_hash, secrets.keyedHash('badge code', userId, code))) {
    throw unprocessable([
      { path: '/code', code: 'wrong_mailed_code', message: 'This code is not right. Look at the newest mail.' },
    ]);
  }
  const granting = platform.db.transaction(async (tx) => {
    const store = createBadgeStore(tx);
    await createUserStore(tx).lock(userId);
    const isFirst = await store.takeCode(userId, tried.code_hash);
    const badge = isFirst
      ? await store.grant({
          userId,
          domainId: tried.domain_id,
          emailHash: secrets.keyedHash('badge address', tried.email),
        })
      : null;
    if (!badge) throw notGranted();
    await announceBadges(context, tx, [userId]);
    return badge;
  });
  return granting.catch((error: unknown) => {
    // Another member confirmed the same address at the same moment.
    throw violatedConstraint(error) === 'badges_email_hash_key' ? notGranted() : error;
  });
}

const notGranted = () =>
  conflict('badge_not_granted', 'This address has earned another account’s badge, or its domain was removed.');

/** Counts the accounts' versions up and tells how they are now. */
export async function announceBadges(context: Context, tx: Db, userIds: number[]): Promise<void> {
  for (const id of userIds) {
    await createUserStore(tx).change(id, {});
    await publishMember(context, tx, id);
  }
}
