import type { ProfileSkill } from '@collabthon/contracts/profiles';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { CloseIcon } from '../../components/icons.tsx';
import { SkillInput } from './skill-input.tsx';
import { isLevel, type Level, levels } from './skills.tsx';

export interface SkillDraft {
  name: string;
  level: Level;
  years: number | null;
  evidence_url: string | null;
}

export const draftOf = (skill: ProfileSkill): SkillDraft => ({
  name: skill.name,
  level: isLevel(skill.level) ? skill.level : 2,
  years: skill.years,
  evidence_url: skill.evidence_url,
});

interface SkillsEditorProps {
  skills: readonly SkillDraft[];
  onChange: (skills: SkillDraft[]) => void;
  error?: string | undefined;
}

/** My skills, each with an honest level. */
export function SkillsEditor({ skills, onChange, error }: SkillsEditorProps) {
  const t = useTranslations('skills');
  const [text, setText] = useState('');

  const add = (name: string) => {
    setText('');
    const isKnown = skills.some((skill) => skill.name.toLowerCase() === name.toLowerCase());
    if (!isKnown) onChange([...skills, { name, level: 2, years: null, evidence_url: null }]);
  };
  const change = (index: number, part: Partial<SkillDraft>) =>
    onChange(skills.map((skill, other) => (other === index ? { ...skill, ...part } : skill)));

  return (
    <div>
      <div className="flex items-end gap-2">
        <SkillInput
          className="flex-1"
          label={t('add')}
          placeholder={t('addPlaceholder')}
          value={text}
          onChange={setText}
          onPick={add}
          error={error}
        />
        <Button
          look="secondary"
          onClick={() => {
            if (text.trim()) add(text.trim());
          }}
        >
          {t('addAction')}
        </Button>
      </div>
      <ul className="mt-5 divide-y divide-rule border-y border-rule empty:hidden" aria-label={t('mine')}>
        {skills.map((skill, index) => (
          <li key={skill.name} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
            <span className="me-auto font-semibold">{skill.name}</span>
            <label className="flex items-center gap-2 text-sm text-soft">
              <span className="sr-only">{t('levelOf', { skill: skill.name })}</span>
              <select
                className="field min-h-10 w-auto py-1"
                value={skill.level}
                onChange={(event) => {
                  const level = Number(event.target.value);
                  if (isLevel(level)) change(index, { level });
                }}
              >
                {levels.map((level) => (
                  <option key={level} value={level}>
                    {t(`level.${level}`)}
                  </option>
                ))}
              </select>
            </label>
            <button
              type="button"
              aria-label={t('remove', { skill: skill.name })}
              className="grid size-10 place-items-center rounded-full hover:bg-well"
              onClick={() => onChange(skills.filter((_, other) => other !== index))}
            >
              <CloseIcon className="size-4" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
