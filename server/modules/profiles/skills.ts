/** Names of skills as people write them, and what makes two of them the same. Pure. */

/** Longest key; longer ones come from characters that unfold to many. */
const MAX_KEY = 120;

/** A name for display: composed, on one line, single spaces, nothing invisible. */
export const skillName = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .replaceAll(/ {2,}/g, ' ')
    .trim();

/**
 * What names are compared by: compatible forms and letter case are one, spaces, dashes and slashes do not count, while
 * `+`, `#` and `.` do, so that C, C++ and C# stay apart, and .NET from net. Null when there is no letter or digit, or far
 * too many.
 */
export function skillKey(text: string): string | null {
  const folded = text.normalize('NFKC').toLowerCase().normalize('NFKC');
  // A dot at the end closes a sentence; at the beginning and inside it belongs to the name.
  const key = folded
    .replaceAll(/[^\p{L}\p{M}\p{N}+#.]/gu, '')
    .normalize('NFKC')
    .replace(/\.+$/, '');
  return /[\p{L}\p{N}]/u.test(key) && key.length <= MAX_KEY ? key : null;
}

export interface SkillMention {
  name: string;
  level?: number | undefined;
  years?: number | null | undefined;
  evidence_url?: string | null | undefined;
}

export interface ResolvedMention {
  skill_id: number;
  level?: number | undefined;
  years?: number | null | undefined;
  evidence_url?: string | null | undefined;
}

/**
 * One entry for each skill, in the order of first mention: `JS` and `JavaScript` together are one skill at the higher
 * level.
 */
export function mergeMentions(mentions: readonly ResolvedMention[]): ResolvedMention[] {
  const bySkill = new Map<number, ResolvedMention>();
  for (const mention of mentions) {
    const known = bySkill.get(mention.skill_id);
    if (!known) bySkill.set(mention.skill_id, mention);
    else if ((mention.level ?? 0) > (known.level ?? 0)) bySkill.set(mention.skill_id, { ...known, ...mention });
  }
  return [...bySkill.values()];
}
