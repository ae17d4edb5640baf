import type { Project } from '@collabthon/contracts/projects';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { ClockIcon, CoinIcon, FlagIcon, PlaceIcon } from '../../components/icons.tsx';
import { Tag } from '../../components/tag.tsx';
import { useDay, useMoneyRange } from '../../lib/format.ts';

const tones = {
  draft: 'warm',
  open: 'good',
  in_progress: 'plain',
  completed: 'plain',
  cancelled: 'bad',
  expired: 'bad',
} as const;

export function StatusTag({ status }: { status: Project['status'] }) {
  const t = useTranslations('project');
  return <Tag tone={tones[status]}>{t(`status.${status}`)}</Tag>;
}

function Fact({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="inline-flex items-center gap-1.5">
      {icon}
      {children}
    </li>
  );
}

const icon = 'size-4 text-faint';

/** Where, how much time, for how much money, until when: what decides whether to read on. */
export function ProjectFacts({ project }: { project: Project }) {
  const t = useTranslations('project');
  const moneyRange = useMoneyRange();
  const day = useDay();
  const money = moneyRange({ min: project.budget_min, max: project.budget_max, currency: project.currency });
  const place = project.place
    ? project.is_remote
      ? t('placeOrRemote', { place: project.place })
      : project.place
    : t(project.is_remote ? 'remote' : 'placeOpen');
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm text-soft">
      <Fact icon={<PlaceIcon className={icon} />}>{place}</Fact>
      {project.hours_per_week ? (
        <Fact icon={<ClockIcon className={icon} />}>{t('hours', { hours: project.hours_per_week })}</Fact>
      ) : null}
      <Fact icon={<CoinIcon className={icon} />}>
        {money ? t(`money.${money.kind}`, { amount: money.text }) : t('money.none')}
      </Fact>
      {project.deadline ? (
        <Fact icon={<FlagIcon className={icon} />}>{t('deadline', { date: day(project.deadline) })}</Fact>
      ) : null}
    </ul>
  );
}
