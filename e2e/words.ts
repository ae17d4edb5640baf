/** Finds the words of another language by the English ones, as they stand in the web's catalogues. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Locale } from '@collabthon/contracts/shapes';

type Catalogue = { [key: string]: string | Catalogue };

const folder = fileURLToPath(new URL('../web/src/messages/', import.meta.url));

/** `(english, values)` as a pattern that the text begins with; several messages may be alike in English only. */
export type Words = (english: string, values?: Record<string, string>) => RegExp;

/** @throws Error when no message has that English text, or it has forms that only the product can choose from */
export function wordsOf(language: Locale): Words {
  const english = messagesOf('en');
  const translated = new Map(messagesOf(language));
  return (text, values = {}) => {
    const found = english.filter(([, message]) => message === text).map(([key]) => translated.get(key) ?? '');
    if (found.length === 0) throw new Error(`No message reads “${text}”.`);
    const filled = found.map((message) =>
      escaped(message).replace(/\\\{(\w+)\\\}/g, (_, name: string) => escaped(values[name] ?? '')),
    );
    if (filled.some((message) => message.includes('\\{'))) throw new Error(`“${text}” has forms.`);
    return new RegExp(`^(${filled.join('|')})`);
  };
}

function messagesOf(language: Locale): [string, string][] {
  const files = readdirSync(folder + language).filter((file) => file.endsWith('.json'));
  return files.flatMap((file) =>
    flat(JSON.parse(readFileSync(`${folder}${language}/${file}`, 'utf8')) as Catalogue, file.replace('json', '')),
  );
}

const flat = (catalogue: Catalogue, path: string): [string, string][] =>
  Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`),
  );

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
