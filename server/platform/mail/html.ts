/** Mail as HTML: one frame around the text, in the language and direction of whoever reads it. */
import type { Locale } from '@collabthon/contracts/shapes';
import { directionOf } from '../http/language.ts';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text: string) =>
  text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** Makes web addresses clickable; `escaped` is HTML already, so nothing else in it is markup. */
export const linkify = (escaped: string) =>
  escaped.replaceAll(/https?:\/\/[^\s<>&]+(?:&amp;[^\s<>&]+)*/g, '<a href="$&">$&</a>');

/** A line that is an address is one of our own links; an address among words may be somebody's name for a project. */
const renderLine = (line: string) =>
  /^https?:\/\/\S+$/.test(line)
    ? `<a href="${escapeHtml(line)}" style="color:#b8320f">${escapeHtml(line)}</a>`
    : escapeHtml(line);

/**
 * The same words as the text: a paragraph for each of its paragraphs. Styles stand in the elements and layout is a table,
 * since mail clients take little else.
 */
export function toHtml({ locale, subject, text }: { locale: Locale; subject: string; text: string }): string {
  const direction = directionOf(locale);
  const start = direction === 'rtl' ? 'right' : 'left';
  const paragraphs = text
    .split('\n\n')
    .map((part) => `<p style="margin:0 0 16px">${part.split('\n').map(renderLine).join('<br>')}</p>`);
  return `<!doctype html>
<html lang="${locale}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(subject)}</title>
</head>
<body style="margin:0;background:#f9f5ee">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="560" cellpadding="0" cellspacing="0" style="max-width:100%;background:#ffffff;border:1px solid #ded9cd;border-radius:12px">
<tr><td align="${start}" style="padding:28px;font:16px/1.6 Figtree,'Readex Pro','Noto Sans Devanagari',system-ui,sans-serif;color:#1e2536;text-align:${start};overflow-wrap:anywhere">
<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">${escapeHtml(subject)}</h1>
${paragraphs.join('\n')}
</td></tr>
</table>
</td></tr></table>
</body>
</html>
`;
}
