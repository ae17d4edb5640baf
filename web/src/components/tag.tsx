import type { ReactNode } from 'react';

const tones = {
  plain: 'border-rule text-soft',
  /** Dashed like a seat that nobody has taken: it is not real. */
  invented: 'border-dashed border-edge text-faint',
  good: 'border-transparent bg-fit-wash text-fit',
  warm: 'border-transparent bg-mark-wash text-ink',
  bad: 'border-transparent bg-danger-wash text-danger',
};

/** A paper label: what a thing is, or what it needs. */
export function Tag({ tone = 'plain', children }: { tone?: keyof typeof tones; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1 rounded-sm border px-2 py-px text-[0.8125rem] font-medium leading-5 ${tones[tone]}`}
    >
      {children}
    </span>
  );
}
