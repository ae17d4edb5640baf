import { Autocomplete } from '@base-ui/react/autocomplete';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Field, type FieldProps } from '../../components/fields.tsx';
import { useDebounced } from '../../lib/use-debounced.ts';
import { skillsQuery } from './api.ts';

interface SkillInputProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  /** A suggestion was taken, or Enter pressed on free text. Without it the input just holds its text. */
  onPick?: (name: string) => void;
  placeholder?: string;
  className?: string;
}

/** A skill, typed or taken from the known ones; "JS" finds JavaScript, and an unknown name is welcome too. */
export function SkillInput({ value, onChange, onPick, placeholder, ...field }: SkillInputProps) {
  const t = useTranslations('skills');
  const wanted = useDebounced(value.trim(), 150);
  const { data = [] } = useQuery({
    ...skillsQuery(wanted),
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
  });
  const names = value.trim() ? data.map((skill) => skill.name) : [];

  const pickTyped = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' || !onPick || event.currentTarget.getAttribute('aria-activedescendant')) return;
    event.preventDefault();
    if (value.trim()) onPick(value.trim());
  };

  return (
    <Field {...field}>
      {(wiring) => (
        <Autocomplete.Root
          items={names}
          value={value}
          filter={null}
          onValueChange={(next, details) => {
            if (details.reason === 'item-press' && onPick) onPick(next);
            else onChange(next);
          }}
        >
          <Autocomplete.Input
            className="field"
            placeholder={placeholder}
            maxLength={60}
            onKeyDown={pickTyped}
            {...wiring}
          />
          <Autocomplete.Portal hidden={names.length === 0}>
            <Autocomplete.Positioner sideOffset={4} align="start" className="z-40">
              <Autocomplete.Popup className="w-[var(--anchor-width)] max-w-[var(--available-width)] rounded-control border border-rule bg-sheet py-1 shadow-sheet">
                <Autocomplete.List aria-label={t('suggestions')}>
                  {(name: string) => (
                    <Autocomplete.Item
                      key={name}
                      value={name}
                      className="cursor-pointer px-3 py-2 data-highlighted:bg-well"
                    >
                      {name}
                    </Autocomplete.Item>
                  )}
                </Autocomplete.List>
              </Autocomplete.Popup>
            </Autocomplete.Positioner>
          </Autocomplete.Portal>
        </Autocomplete.Root>
      )}
    </Field>
  );
}
