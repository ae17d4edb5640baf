/** What both pages of background work are made of. */
import { type ReactNode, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { ChevronIcon } from '../../components/icons.tsx';

/** Names and errors are written by programs: they run from left to right in every language, and break anywhere. */
export const Code = ({ children }: { children: ReactNode }) => (
  <code dir="ltr" className="font-mono text-[0.9em] wrap-anywhere">
    {children}
  </code>
);

/** Data as it is kept, for those who look into it. */
export const Json = ({ value, label }: { value: unknown; label: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with the keyboard
  <section aria-label={label} tabIndex={0} className="max-h-96 overflow-auto rounded-control bg-well p-3">
    <pre dir="ltr" className="font-mono text-sm whitespace-pre-wrap wrap-anywhere">
      {JSON.stringify(value, null, 2)}
    </pre>
  </section>
);

/** What is there for who asks. Its content is made when it opens. */
export function OnDemand({ summary, children }: { summary: ReactNode; children: () => ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="group/more" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="-ms-2 inline-flex min-h-9 list-none items-center gap-2 rounded-control px-2 py-1.5 text-sm font-semibold hover:bg-well max-sm:min-h-11">
        {summary}
        <ChevronIcon className="size-4 transition-transform group-open/more:rotate-180" />
      </summary>
      {isOpen ? <div className="mt-1 mb-2">{children()}</div> : null}
    </details>
  );
}

interface MoreProps {
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
}

export function More({ list }: MoreProps) {
  const t = useTranslations('admin.jobs');
  if (!list.hasNextPage) return null;
  return (
    <Button
      look="secondary"
      size="small"
      className="mt-4"
      isPending={list.isFetchingNextPage}
      onClick={() => void list.fetchNextPage()}
    >
      {t('more')}
    </Button>
  );
}

const units = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const;

/** "3 min": whole, in the greatest unit that fits. */
export function useDuration(): (seconds: number) => string {
  const format = useFormatter();
  return (all) => {
    const { unit, seconds } = units.find((each) => all >= each.seconds) ?? units[3];
    return format.number(Math.floor(all / seconds), { style: 'unit', unit, unitDisplay: 'short' });
  };
}
