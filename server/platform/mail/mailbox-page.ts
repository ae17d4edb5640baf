/** `/dev/mail`: the mail that would have gone out, for a demo without a mail server. */
import { IdParams } from '@collabthon/contracts/shapes';
import type { FastifyInstance } from 'fastify';
import type { Db } from '../database/database.ts';
import { directionOf } from '../http/language.ts';
import { notFound } from '../http/problems.ts';
import { escapeHtml, linkify } from './html.ts';
import { findKeptHtml, type KeptMail, listKeptMails } from './mail.ts';

export function mountMailboxPage(app: FastifyInstance, db: Db): void {
  app.get<{ Querystring: { to?: string } }>(
    '/dev/mail',
    { schema: { hide: true, querystring: { type: 'object', properties: { to: { type: 'string', maxLength: 254 } } } } },
    async (request, reply) => {
      const { to } = request.query;
      const mails = await listKeptMails(db, to ? { to } : {});
      return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(renderMailbox(mails, to));
    },
  );
  app.get<{ Params: { id: number } }>(
    '/dev/mail/:id',
    { schema: { hide: true, params: IdParams } },
    async (request, reply) => {
      const html = await findKeptHtml(db, request.params.id);
      if (html === null) throw notFound('url');
      return reply
        .header('cache-control', 'no-store')
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups")
        .type('text/html; charset=utf-8')
        .send(html);
    },
  );
  app.get('/dev/mail.css', { schema: { hide: true } }, async (_request, reply) =>
    reply.header('cache-control', 'no-cache').type('text/css').send(css),
  );
}

const renderMailbox = (mails: KeptMail[], to: string | undefined) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Mailbox of the demo · Collabthon</title>
<link rel="stylesheet" href="/dev/mail.css">
</head>
<body>
<main>
<h1>Mailbox of the demo</h1>
<p>No mail server is configured, so mail that would go out is kept here. Newest first.</p>
<form><label>Only to <input name="to" type="email" value="${escapeHtml(to ?? '')}" placeholder="somebody@example.org"></label> <button>Show</button></form>
${mails.length > 0 ? mails.map(renderMail).join('\n') : '<p class="empty">Nothing here yet. Sign up, and the first mail arrives.</p>'}
</main>
</body>
</html>
`;

const renderMail = ({
  id,
  to,
  locale,
  subject,
  text,
  html,
  sent_at,
}: KeptMail) => `<article lang="${locale}" dir="${directionOf(locale)}">
<h2>${escapeHtml(subject)}</h2>
<p class="meta" lang="en" dir="ltr">to ${escapeHtml(to)} · <time>${escapeHtml(new Date(sent_at).toUTCString())}</time>${html === null ? '' : ` · <a href="/dev/mail/${id}">as HTML</a>`}</p>
<pre>${linkify(escapeHtml(text))}</pre>
</article>`;

const css = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#f9f5ee, #16191f); --ink: light-dark(#1e2536, #f1ede5); --soft: light-dark(#495060, #c1bcb1);
  --rule: light-dark(#ded9cd, #363a45); --accent: light-dark(#c83816, #f98359);
  font: 16px/1.6 Figtree, 'Readex Pro', 'Noto Sans Devanagari', system-ui, sans-serif;
  background: var(--paper); color: var(--ink);
}
main { max-width: 44rem; margin: 3rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem; } h2 { font-size: 1.15rem; margin: 0; }
form { display: flex; flex-wrap: wrap; align-items: end; gap: .5rem; margin-block: 1.5rem; }
::placeholder { color: var(--soft); opacity: 1; }
article { border-block-start: 2px solid var(--rule); padding-block: 1.25rem; }
.meta, .empty { color: var(--soft); margin: .25rem 0 .75rem; }
[dir="rtl"] > .meta { text-align: right; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: 0; }
a { color: var(--accent); }
input, button { font: inherit; color: inherit; background: transparent; border: 1px solid var(--soft); border-radius: .5rem; padding: .35rem .75rem; }
input { max-width: 100%; box-sizing: border-box; }
button { cursor: pointer; background: var(--ink); border-color: var(--ink); color: var(--paper); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;
