import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { namedRoles, type ProjectDraft } from './project-draft.ts';
import { useSense } from './sense.ts';

/** The parts of the form, in order. */
const parts = ['what', 'roles', 'how', 'budget', 'who'] as const;
export type Part = (typeof parts)[number];

/** Which part a field stands in, by the first name of its pointer. */
const partOf: Record<string, Part> = {
  roles: 'roles',
  hours_per_week: 'how',
  deadline: 'how',
  timeline: 'how',
  is_remote: 'how',
  place: 'how',
  budget_min: 'budget',
  budget_max: 'budget',
  currency: 'budget',
  visibility: 'who',
};

export const partId = (part: Part) => `part-${part}`;

/** `open` still has to be written; `optional` may stay empty. */
function stateOf(part: Part, draft: ProjectDraft): 'done' | 'open' | 'optional' {
  switch (part) {
    case 'what':
      return draft.title.trim() && draft.description.trim() ? 'done' : 'open';
    case 'roles':
      return namedRoles(draft).some((role) => role.name.trim()) ? 'done' : 'optional';
    case 'how':
      return draft.hours_per_week || draft.deadline || draft.timeline || draft.place ? 'done' : 'optional';
    case 'budget':
      return draft.budget_min || draft.budget_max ? 'done' : 'optional';
    case 'who':
      return 'done';
  }
}

/** One part of the form, numbered, with what it is for. */
export function FormPart({ part, children }: { part: Part; children: ReactNode }) {
  const t = useTranslations('projectForm.part');
  return (
    <section
      id={partId(part)}
      tabIndex={-1}
      aria-labelledby={`${partId(part)}-title`}
      className="border-t border-ink/80 pt-4"
    >
      <h2 id={`${partId(part)}-title`} className="text-heading">
        {t(`${part}.title`)}
      </h2>
      <p className="mt-1 mb-5 max-w-prose text-soft">{t(`${part}.lead`)}</p>
      {children}
    </section>
  );
}

export type PartState = ReturnType<typeof stateOf> | 'look';

/**
 * How each part stands; `look` holds something that would be refused.
 *
 * @param errors what was refused, by the pointers of its fields
 */
export function usePartStates(draft: ProjectDraft, errors: Readonly<Record<string, unknown>>): [Part, PartState][] {
  const { wrong } = useSense()(draft);
  const fields = [...Object.keys(wrong), ...Object.keys(errors).map((pointer) => pointer.split('/')[1] ?? '')];
  const faulty = new Set(fields.map((field) => partOf[field] ?? 'what'));
  return parts.map((part) => [part, faulty.has(part) ? 'look' : stateOf(part, draft)]);
}

interface FormProgressProps {
  states: readonly [Part, PartState][];
  /** Instead of following the link. */
  onGo?: (part: Part) => void;
}

/** How far the writing is: every part at a glance, each a step away. */
export function FormProgress({ states, onGo }: FormProgressProps) {
  const t = useTranslations('projectForm');
  return (
    <nav aria-label={t('progress')}>
      <ol className="flex flex-col">
        {states.map(([part, state]) => {
          return (
            <li key={part}>
              <a
                href={`#${partId(part)}`}
                onClick={(event) => {
                  if (!onGo) return;
                  event.preventDefault();
                  onGo(part);
                }}
                className="group flex min-h-11 items-center gap-3 py-1"
              >
                <PartMark isDone={state === 'done'} />
                <span className="font-medium decoration-accent decoration-2 underline-offset-4 group-hover:underline">
                  {t(`part.${part}.title`)}
                </span>
                <span className={`ms-auto text-sm ${state === 'look' ? 'font-semibold text-danger' : 'text-faint'}`}>
                  {t(`partState.${state}`)}
                </span>
              </a>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function PartMark({ isDone }: { isDone: boolean }) {
  return (
    <svg viewBox="0 0 16 16" className="size-4 shrink-0" aria-hidden="true" focusable="false">
      {isDone ? (
        <>
          <circle cx="8" cy="8" r="7.5" className="fill-ink" />
          <path
            d="m4.800 8.200 2.200 2.200 4.200-4.600"
            fill="none"
            strokeWidth="1.8"
            strokeLinecap="round"
            className="stroke-paper"
          />
        </>
      ) : (
        <circle cx="8" cy="8" r="6.800" fill="none" strokeWidth="1.4" className="stroke-edge" />
      )}
    </svg>
  );
}
