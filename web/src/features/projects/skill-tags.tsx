import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { CloseIcon } from '../../components/icons.tsx';
import { SkillInput } from '../profiles/skill-input.tsx';

interface SkillTagsProps {
  skills: readonly string[];
  onChange: (skills: string[]) => void;
  error: string | undefined;
}

/** Skills that the project as a whole asks for. */
export function SkillTags({ skills, onChange, error }: SkillTagsProps) {
  const t = useTranslations('projectForm');
  const tSkills = useTranslations('skills');
  const [text, setText] = useState('');
  const add = (name: string) => {
    setText('');
    const isNew = name && !skills.some((skill) => skill.toLowerCase() === name.toLowerCase());
    if (isNew) onChange([...skills, name]);
  };
  return (
    <div>
      <div className="flex items-end gap-2">
        <SkillInput
          className="flex-1"
          label={t('skills')}
          isOptional
          value={text}
          onChange={setText}
          onPick={add}
          error={error}
        />
        <Button look="secondary" onClick={() => add(text.trim())}>
          {tSkills('addAction')}
        </Button>
      </div>
      <ul className="mt-3 flex flex-wrap gap-2 empty:hidden" aria-label={t('skills')}>
        {skills.map((skill) => (
          <li key={skill} className="inline-flex items-center gap-1 rounded-full bg-well ps-3 text-sm font-medium">
            <bdi>{skill}</bdi>
            <button
              type="button"
              aria-label={tSkills('remove', { skill })}
              className="grid size-9 place-items-center rounded-full hover:bg-rule"
              onClick={() => onChange(skills.filter((other) => other !== skill))}
            >
              <CloseIcon className="size-3.5" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
