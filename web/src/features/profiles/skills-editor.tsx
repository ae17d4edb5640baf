import type { ProfileSkill } from '@collabthon/contracts/profiles';
import { useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/fields.tsx';
import { ChevronIcon, CloseIcon } from '../../components/icons.tsx';
import { SkillIdeas } from './skill-ideas.tsx';
import { SkillInput } from './skill-input.tsx';
import { isLevel, type Level, LevelStrokes, levels } from './skills.tsx';

export interface SkillDraft {
  name: string;
  level: Level;
  years: number | null;
  evidence_url: string | null;
}

export const emptySkill: SkillDraft = { name: '', level: 2, years: null, evidence_url: null };

export const draftOf = (skill: Pick<ProfileSkill, keyof SkillDraft>): SkillDraft => ({
  name: skill.name,
  level: isLevel(skill.level) ? skill.level : 2,
  years: skill.years,
  evidence_url: skill.evidence_url,
});

const most = 40;

interface SkillsEditorProps {
  skills: readonly SkillDraft[];
  onChange: (skills: SkillDraft[]) => void;
  errorAt: (pointer: string) => string | undefined;
  /** Whose skills to suggest. */
  major: string;
  /** Asks for years and proof, too. */
  withProof?: boolean;
}

/** My skills, each with an honest level. It stands inside of `AfterIdeas`. */
export function SkillsEditor({ skills, onChange, errorAt, major, withProof = false }: SkillsEditorProps) {
  const t = useTranslations('skills');
  const [text, setText] = useState('');
  const [said, setSaid] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const room = most - skills.length;

  const indexOf = (name: string) => skills.findIndex((skill) => skill.name.toLowerCase() === name.toLowerCase());
  const add = (name: string) => {
    setText('');
    if (indexOf(name) >= 0 || room === 0) return;
    onChange([...skills, { ...emptySkill, name }]);
    setSaid(t('added', { skill: name, level: t('level.2') }));
  };
  const remove = (index: number) => {
    setSaid(t('removed', { skill: skills[index]?.name ?? '' }));
    onChange(skills.filter((_, other) => other !== index));
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
          error={errorAt('/skills')}
        />
        <Button look="secondary" onClick={() => text.trim() && add(text.trim())}>
          {t('addAction')}
        </Button>
      </div>
      <SkillIdeas
        major={major}
        isChosen={(name) => indexOf(name) >= 0}
        onToggle={(name) => (indexOf(name) >= 0 ? remove(indexOf(name)) : add(name))}
      />
      <ul ref={list} className="mt-6 divide-y divide-rule border-y border-rule empty:hidden" aria-label={t('mine')}>
        {skills.map((skill, index) => (
          <li key={skill.name} className="py-3">
            <div className="flex items-center justify-between gap-4">
              <bdi className="min-w-0 font-semibold">{skill.name}</bdi>
              <button
                type="button"
                aria-label={t('remove', { skill: skill.name })}
                className="-my-1 -me-2 grid size-11 shrink-0 place-items-center rounded-full hover:bg-well"
                onClick={() => {
                  remove(index);
                  // The button goes with its row: the focus stays in the list, or goes back to the start of it.
                  const buttons = [...(list.current?.querySelectorAll<HTMLElement>('[data-remove]') ?? [])];
                  (buttons[index + 1] ?? buttons[index - 1])?.focus();
                }}
                data-remove
              >
                <CloseIcon className="size-4" />
              </button>
            </div>
            <LevelChoice skill={skill} onChange={(level) => change(index, { level })} />
            {withProof ? (
              <Proof
                skill={skill}
                onChange={(part) => change(index, part)}
                errorAt={(name) => errorAt(`/skills/${index}/${name}`)}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {room <= 5 ? <p className="mt-2 text-sm font-medium text-soft">{t('limit', { count: room })}</p> : null}
      <p role="status" className="sr-only">
        {said}
      </p>
    </div>
  );
}

/** Four plain words to choose from. */
function LevelChoice({ skill, onChange }: { skill: SkillDraft; onChange: (level: Level) => void }) {
  const t = useTranslations('skills');
  const name = useId();
  return (
    <fieldset className="mt-1">
      <legend className="sr-only">{t('levelOf', { skill: skill.name })}</legend>
      <div className="grid grid-cols-4 gap-1">
        {levels.map((level) => (
          <label
            key={level}
            className="flex min-h-13 flex-col items-center justify-center gap-1 rounded-control border border-edge px-1 py-1.5 text-center text-sm leading-tight text-soft hover:border-ink has-checked:border-fit has-checked:bg-fit-wash has-checked:font-semibold has-checked:text-ink has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              value={level}
              checked={level === skill.level}
              onChange={() => onChange(level)}
              className="sr-only"
            />
            <LevelStrokes level={level} />
            {t(`level.${level}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface ProofProps {
  skill: SkillDraft;
  onChange: (part: Partial<SkillDraft>) => void;
  errorAt: (name: 'years' | 'evidence_url') => string | undefined;
}

function Proof({ skill, onChange, errorAt }: ProofProps) {
  const t = useTranslations('skills');
  const isWrong = Boolean(errorAt('years') ?? errorAt('evidence_url'));
  return (
    <details className="group/proof mt-1" open={isWrong || undefined}>
      <summary className="inline-flex min-h-11 list-none items-center gap-1.5 text-sm font-medium text-soft hover:text-ink">
        {t('details')}
        <span className="sr-only"> {skill.name}</span>
        {skill.years === null ? null : <span className="font-normal">{t('years', { years: skill.years })}</span>}
        <ChevronIcon className="size-4 transition-transform group-open/proof:rotate-180" />
      </summary>
      <div className="grid gap-4 pt-1 pb-3 sm:grid-cols-[7rem_1fr]">
        <TextField
          label={t('yearsLabel')}
          type="number"
          inputMode="decimal"
          min={0}
          max={60}
          step="any"
          isOptional
          value={skill.years ?? ''}
          onChange={(event) => onChange({ years: event.target.value === '' ? null : Number(event.target.value) })}
          error={errorAt('years')}
        />
        <TextField
          label={t('proofLabel')}
          type="url"
          inputMode="url"
          isOptional
          placeholder="https://"
          maxLength={500}
          hint={t('proofHint')}
          value={skill.evidence_url ?? ''}
          onChange={(event) => onChange({ evidence_url: event.target.value })}
          error={errorAt('evidence_url')}
        />
      </div>
    </details>
  );
}
