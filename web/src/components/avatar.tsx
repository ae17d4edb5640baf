const sizes = { small: 'size-7 text-[0.68rem]', normal: 'size-10 text-sm', large: 'size-20 text-2xl' };

/** A number from 0 to 7 that a name always gets; FNV-1a, so that neighbours in the alphabet differ. */
function toneOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return (hash >>> 8) % 8;
}

function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s._-]+/u)
    .filter(Boolean);
  const first = [...(words[0] ?? '?')][0] ?? '?';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return `${first}${last}`.toLocaleUpperCase();
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
