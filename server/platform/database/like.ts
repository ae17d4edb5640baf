/** Text to be found literally by LIKE. */
export const likeLiteral = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');
