import { type ReactNode, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useDay, useMoneyRange } from '../../lib/format.ts';
import { isLevel } from '../profiles/skills.tsx';
import { namedRoles, numberOf, type ProjectDraft } from './project-draft.ts';
import { type Group, type Merged, take } from './versions.ts';

export interface Versions {
  title: string;
  text: string;
  mine: ProjectDraft;
  theirs: ProjectDraft;
  merged: Merged;
  onChoose: (draft: ProjectDraft) => void;
}

interface VersionChoiceProps extends Versions {
  isOpen: boolean;
  /** Later: the choice stays open. */
  onClose: () => void;
}

/** Both versions side by side, part by part: the writer says which stands. Nothing is lost until then. */
export function VersionChoice({ title, text, mine, theirs, merged, onChoose, isOpen, onClose }: VersionChoiceProps) {
  const t = useTranslations('projectForm.versions');
  const [theirGroups, setTheirGroups] = useState<readonly Group[]>([]);
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose}>
      <p className="mb-5 text-soft">{text}</p>
      <div className="flex flex-col gap-5">
        {merged.asks.map((group) => {
          const isTheirs = theirGroups.includes(group);
          return (
            <fieldset key={group}>
              <legend className="mb-2 text-sm font-semibold">{t(`group.${group}`)}</legend>
              <div className="grid divide-y divide-rule border-y border-rule">
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
        <div className="flex flex-wrap gap-3">
          <Button
            onClick={() => {
              onChoose(theirGroups.reduce((draft, group) => take(draft, group, theirs), merged.draft));
              onClose();
            }}
          >
            {t('goOn')}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {t('later')}
          </Button>
        </div>
      </div>
    </Dialog>
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
