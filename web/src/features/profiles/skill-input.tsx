import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { Combobox } from '../../components/combobox.tsx';
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
  const typed = value.trim();
  const wanted = useDebounced(typed, 150);
  const { data = [] } = useQuery({
    ...skillsQuery(wanted),
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
  });

  return (
    <Field {...field}>
      {(wiring) => (
        <Combobox
          value={value}
          onInput={onChange}
          items={typed ? data : []}
          keyOf={(skill) => skill.name}
          render={(skill) => <bdi>{skill.name}</bdi>}
          onPick={(skill) => (onPick ?? onChange)(skill.name)}
          {...(onPick && { onEnter: () => typed && onPick(typed) })}
          listLabel={t('suggestions')}
          input={{ ...wiring, placeholder, maxLength: 60 }}
        />
      )}
    </Field>
  );
}
