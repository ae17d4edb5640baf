import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { useDay, useMoneyRange } from '../../lib/format.ts';
import { isLevel } from '../profiles/skills.tsx';
import { namedRoles, numberOf, type ProjectDraft } from './project-draft.ts';
import { type Group, type Merged, take } from './versions.ts';

interface VersionChoiceProps {
  title: string;
  text: string;
  mine: ProjectDraft;
  theirs: ProjectDraft;
  merged: Merged;
  onChoose: (draft: ProjectDraft) => void;
}

/** Both versions side by side, part by part: the writer says which stands. Nothing is lost until then. */
export function VersionChoice({ title, text, mine, theirs, merged, onChoose }: VersionChoiceProps) {
  const t = useTranslations('projectForm.versions');
  const [theirGroups, setTheirGroups] = useState<readonly Group[]>([]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section
      aria-labelledby="versions-title"
      className="flex flex-col gap-5 rounded-sheet border-2 border-accent bg-sheet p-5 sm:p-7"
    >
      <div>
        <h2 id="versions-title" ref={heading} tabIndex={-1} className="text-heading">
          {title}
        </h2>
        <p className="mt-1 max-w-prose text-soft">{text}</p>
      </div>
      {merged.asks.map((group) => {
        const isTheirs = theirGroups.includes(group);
        return (
          <fieldset key={group}>
            <legend className="mb-2 text-sm font-semibold">{t(`group.${group}`)}</legend>
            <div className="grid divide-y divide-rule border-y border-rule sm:grid-cols-2 sm:divide-x sm:divide-y-0">
              <Version
                name={`version-${group}`}
                label={t('mine')}
                isChosen={!isTheirs}
                onChoose={() => setTheirGroups(theirGroups.filter((other) => other !== group))}
              >
                <GroupText group={group} draft={mine} />
              </Version>
              <Version
                name={`version-${group}`}
                label={t('theirs')}
                isChosen={isTheirs}
                onChoose={() => setTheirGroups([...theirGroups, group])}
              >
                <GroupText group={group} draft={theirs} />
              </Version>
            </div>
          </fieldset>
        );
      })}
      <div>
        <Button
          onClick={() => onChoose(theirGroups.reduce((draft, group) => take(draft, group, theirs), merged.draft))}
        >
          {t('goOn')}
        </Button>
      </div>
    </section>
  );
}

function Version({
  name,
  label,
  isChosen,
  onChoose,
  children,
}: {
  name: string;
  label: string;
  isChosen: boolean;
  onChoose: () => void;
  children: ReactNode;
}) {
  return (
    <label className="flex min-w-0 items-start gap-3 p-3">
      <input type="radio" name={name} checked={isChosen} onChange={onChoose} className="mt-0.5 size-5 shrink-0" />
      <span className="min-w-0">
        <span className="block text-sm font-medium text-faint">{label}</span>
        <span className="block max-h-48 overflow-auto whitespace-pre-wrap" dir="auto">
          {children}
        </span>
      </span>
    </label>
  );
}

/** What a group says, as a reader would put it. */
function GroupText({ group, draft }: { group: Group; draft: ProjectDraft }) {
  const t = useTranslations('projectForm');
  const tProject = useTranslations('project');
  const tSkills = useTranslations('skills');
  const format = useFormatter();
  const moneyRange = useMoneyRange();
  const day = useDay();

  const roleText = (role: ProjectDraft['roles'][number]) => {
    const level = numberOf(role.level);
    return t('versions.role', {
      name: role.name,
      skill: role.skill,
      hasSkill: role.skill ? 'yes' : 'no',
      level: level && isLevel(level) ? tSkills(`level.${level}`) : t('roles.anyLevel'),
      seats: Number(role.seats) || 1,
    });
  };
  const money = () => {
    const { budget_min, budget_max, currency } = draft;
    const range = moneyRange({ min: numberOf(budget_min), max: numberOf(budget_max), currency: currency || 'USD' });
    return range ? tProject(`money.${range.kind}`, { amount: range.text }) : tProject('money.none');
  };
  const texts: Record<Group, () => string> = {
    title: () => draft.title,
    description: () => draft.description,
    skills: () => format.list(draft.required_skills, { type: 'unit' }),
    roles: () => namedRoles(draft).map(roleText).join('\n'),
    where: () => [draft.is_remote ? tProject('remote') : tProject('onSite'), draft.place].filter(Boolean).join('\n'),
    hours: () => (draft.hours_per_week ? tProject('hours', { hours: Number(draft.hours_per_week) }) : ''),
    deadline: () => (draft.deadline ? day(draft.deadline) : ''),
    timeline: () => draft.timeline,
    budget: money,
    visibility: () => t(`visible.${draft.visibility}.label`),
  };
  return <>{texts[group]() || t('versions.nothing')}</>;
}
