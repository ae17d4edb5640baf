import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { namedRoles, type ProjectDraft } from './project-draft.ts';

/** The parts of the form, in order. */
const parts = ['what', 'roles', 'how', 'budget', 'who'] as const;
type Part = (typeof parts)[number];

const partId = (part: Part) => `part-${part}`;

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

/** How far the writing is: every part at a glance, each a step away. */
export function FormProgress({ draft }: { draft: ProjectDraft }) {
  const t = useTranslations('projectForm');
  return (
    <nav aria-label={t('progress')}>
      <ol className="flex flex-col">
        {parts.map((part) => {
          const state = stateOf(part, draft);
          return (
            <li key={part}>
              <a href={`#${partId(part)}`} className="group flex min-h-10 items-center gap-3 py-1">
                <PartMark isDone={state === 'done'} />
                <span className="font-medium decoration-accent decoration-2 underline-offset-4 group-hover:underline">
                  {t(`part.${part}.title`)}
                </span>
                <span className="ms-auto text-sm text-faint">{t(`partState.${state}`)}</span>
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
