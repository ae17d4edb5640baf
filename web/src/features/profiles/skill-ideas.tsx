import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { CheckIcon, PlusIcon } from '../../components/icons.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { skillIdeasQuery } from './api.ts';

interface SkillIdeasProps {
  major: string;
  isChosen: (name: string) => boolean;
  onToggle: (name: string) => void;
}

const perGroup = 6;

const useIdeas = (major: string) => useQuery({ ...skillIdeasQuery(major), placeholderData: keepPreviousData });

/** Around all that stands on a page with the ideas: it comes with them, so that they move nothing. */
export function AfterIdeas({ major, children }: { major: string; children: ReactNode }) {
  return useIdeas(major).isPending ? <RowSkeletons count={5} /> : children;
}

/** Skills that one may have forgotten: what others of the same major have, and what projects ask for. */
export function SkillIdeas({ major, isChosen, onToggle }: SkillIdeasProps) {
  const t = useTranslations('skills');
  const ideas = useIdeas(major);
  if (!ideas.data) return null;
  const peers = ideas.data.major.slice(0, perGroup);
  const asked = [...new Set([...ideas.data.asked, ...ideas.data.popular])]
    .filter((name) => !peers.includes(name))
    .slice(0, perGroup);
  return (
    <div className="mt-4 flex flex-col gap-4">
      <Ideas label={t('ideasMajor', { major })} names={peers} isChosen={isChosen} onToggle={onToggle} />
      <Ideas label={t('ideasAsked')} names={asked} isChosen={isChosen} onToggle={onToggle} />
    </div>
  );
}

function Ideas({
  label,
  names,
  isChosen,
  onToggle,
}: Omit<SkillIdeasProps, 'major'> & { label: string; names: string[] }) {
  if (names.length === 0) return null;
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm text-soft">{label}</legend>
      <div className="flex flex-wrap gap-2">
        {names.map((name) => {
          const isPressed = isChosen(name);
          return (
            <button
              key={name}
              type="button"
              aria-pressed={isPressed}
              onClick={() => onToggle(name)}
              className={`inline-flex min-h-11 items-center gap-1.5 rounded-control border px-3 text-sm font-medium ${isPressed ? 'border-fit bg-fit-wash text-fit' : 'border-edge hover:border-ink hover:bg-well'}`}
            >
              {isPressed ? <CheckIcon className="size-4" /> : <PlusIcon className="size-4" />}
              <bdi>{name}</bdi>
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}
