import { toneOf } from './identity.ts';

const sizes = {
  small: 'size-7 text-[0.68rem]',
  normal: 'size-10 text-sm',
  large: 'size-20 text-2xl',
};

const letter = /[\p{L}\p{N}]/u;
/** Scripts whose letters join: two of them side by side would read as a word. */
const joined = /[\p{Script=Arabic}\p{Script=Syriac}]/u;

/**
 * First letters of the first and the last word, in any script: the bare letter, because marks and vowel signs are lost
 * at this size. A name without letters shows its first sign.
 */
export function initialsOf(name: string): string {
  const words = name
    .normalize('NFC')
    .split(/[\s._-]+/u)
    .filter(Boolean);
  const firsts = words.flatMap((word) => letter.exec(word)?.[0] ?? []);
  const first = firsts[0] ?? [...(words[0] ?? '')][0] ?? '?';
  const last = firsts.length > 1 && !joined.test(first) ? (firsts.at(-1) ?? '') : '';
  return `${first}${last}`.toUpperCase();
}

/** A face until there is a picture: initials on a tone that the name decides. The name itself stands beside it. */
export function Avatar({
  name,
  size = 'normal',
  className = '',
}: {
  name: string;
  size?: keyof typeof sizes;
  className?: string;
}) {
  return (
    <span
      aria-hidden="true"
      data-tone={toneOf(name)}
      data-initials={initialsOf(name)}
      className={`avatar grid shrink-0 select-none place-items-center rounded-full font-display font-bold ${sizes[size]} ${className}`}
    />
  );
}
