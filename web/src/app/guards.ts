/** Who may open a page, and what an id in an address may be. The server decides for itself again. */
import type { QueryClient } from '@tanstack/react-query';
import { notFound, redirect } from '@tanstack/react-router';
import { meQuery } from '../features/accounts/api.ts';

interface Guarded {
  context: { queryClient: QueryClient };
  location: { href: string };
}

/** Sends a visitor to sign in, and back here afterwards. */
export async function requireMember({ context, location }: Guarded): Promise<void> {
  const me = await context.queryClient.ensureQueryData(meQuery);
  if (!me) throw redirect({ to: '/sign-in', search: { next: location.href } });
}

/** Signing in is for visitors: a member goes on to where they wanted to. */
export async function requireVisitor({
  context,
  search,
}: Pick<Guarded, 'context'> & { search: { next?: string; problem?: string } }): Promise<void> {
  if (search.problem) return;
  const me = await context.queryClient.ensureQueryData(meQuery);
  if (me) throw redirect({ href: search.next ?? '/work' });
}

/** An admin's page does not exist for anybody else. */
export async function requireAdmin(guarded: Guarded): Promise<void> {
  await requireMember(guarded);
  if (guarded.context.queryClient.getQueryData(meQuery.queryKey)?.role !== 'admin') throw notFound();
}

export const idParams = {
  parse: ({ id }: { id: string }) => ({ id: /^[1-9]\d{0,15}$/.test(id) ? Number(id) : 0 }),
  stringify: ({ id }: { id: number }) => ({ id: String(id) }),
};

export function requireId({ params }: { params: { id: number } }): void {
  if (!Number.isSafeInteger(params.id) || params.id === 0) throw notFound();
}
