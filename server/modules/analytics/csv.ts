/** Comma-separated values as spreadsheets read them: RFC 4180, in UTF-8 with a byte order mark. */

type Cell = string | number | null;

/** @param rows the first one is the heading; null is an empty cell */
export const toCsv = (rows: readonly (readonly Cell[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(toCell).join(',')}\r\n`).join('')}`;

/** Text that a spreadsheet would take for a formula gets an apostrophe in front, as OWASP says of CSV injection. */
function toCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
