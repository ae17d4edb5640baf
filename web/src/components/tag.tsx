import type { ReactNode } from 'react';

const tones = {
  plain: 'bg-well text-soft',
  good: 'bg-fit-wash text-fit',
  warm: 'bg-mark-wash text-ink',
  bad: 'bg-danger-wash text-danger',
};

export function Tag({ tone = 'plain', children }: { tone?: keyof typeof tones; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1 rounded-full px-2.5 py-0.5 text-[0.8125rem] font-medium leading-5 ${tones[tone]}`}
    >
      {children}
    </span>
  );
}
