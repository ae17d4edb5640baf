import type { VocabularySkill } from '@collabthon/contracts/profiles';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { Combobox } from '../../components/combobox.tsx';
import { Field, FormError, TextField } from '../../components/fields.tsx';
import { api } from '../../lib/api.ts';
import { useErrorText } from '../../lib/errors.ts';
import { useNameList } from '../../lib/format.ts';
import { showToast } from '../../lib/toasts.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { useForm } from '../../lib/use-form.ts';

/** Lists of skills and the log are asked for again. */
export function useVocabularyChanged() {
  const client = useQueryClient();
  return async () => {
    void client.invalidateQueries({ queryKey: ['skills'] });
    await client.invalidateQueries({ queryKey: ['admin'] });
  };
}

/** What can be done with one skill: name it, say what else it is called, make it one with another. */
export function SkillPanel({ skill, onDone }: { skill: VocabularySkill; onDone: () => void }) {
  return (
    <div className="mt-3 grid gap-8 rounded-control border border-rule bg-sheet p-4 sm:p-5">
      <NameForm skill={skill} onDone={onDone} />
      <MergeForm skill={skill} onDone={onDone} />
    </div>
  );
}

/** How names stand in the field that is split again when it is saved. */
const written = ', ';

interface PanelProps {
  skill: VocabularySkill;
  onDone: () => void;
}

function NameForm({ skill, onDone }: PanelProps) {
  const t = useTranslations('admin.skills');
  const changed = useVocabularyChanged();
  const form = useForm({ name: skill.name, synonyms: skill.synonyms.join(written) });
  const save = useMutation({
    mutationFn: () =>
      api('PUT /admin/skills/{id}', {
        params: { id: skill.id },
        body: {
          name: form.values.name.trim(),
          synonyms: form.values.synonyms
            .split(/[,،\n]/)
            .map((name) => name.trim())
            .filter(Boolean),
        },
      }),
    onSuccess: async (after) => {
      await changed();
      showToast(t('saved', { name: after.name }), 'good');
      onDone();
    },
    onError: form.fail,
  });
  return (
    <form
      method="post"
      ref={form.ref}
      noValidate
      className="flex flex-col items-start gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (form.check()) save.mutate();
      }}
    >
      <FormError>{form.formError}</FormError>
      <TextField
        label={t('name')}
        name="name"
        hint={t('nameHint')}
        required
        maxLength={60}
        className="w-full max-w-md"
        value={form.values.name}
        onChange={(event) => form.set('name', event.target.value)}
        error={form.errorAt('/name')}
      />
      <TextField
        label={t('synonyms')}
        hint={t('synonymsHint')}
        isOptional
        className="w-full max-w-md"
        value={form.values.synonyms}
        onChange={(event) => form.set('synonyms', event.target.value)}
      />
      <Button type="submit" size="small" isPending={save.isPending}>
        {t(skill.is_curated ? 'save' : 'saveChecked')}
      </Button>
    </form>
  );
}

/** Merging cannot be taken back, so its effect is shown before. */
function MergeForm({ skill, onDone }: PanelProps) {
  const t = useTranslations('admin.skills');
  const nameList = useNameList();
  const textOf = useErrorText();
  const changed = useVocabularyChanged();
  const [text, setText] = useState('');
  const [into, setInto] = useState<VocabularySkill>();
  const wanted = useDebounced(text.trim(), 150);
  const { data } = useQuery({
    queryKey: ['admin', 'skills', 'pick', wanted],
    queryFn: ({ signal }) => api('GET /admin/skills', { query: { q: wanted, limit: 8 }, signal }),
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
  });
  const others = (text.trim() && !into ? (data?.items ?? []) : []).filter(({ id }) => id !== skill.id);
  const merge = useMutation({
    mutationFn: (target: VocabularySkill) =>
      api('POST /admin/skills/{id}/merge', { params: { id: skill.id }, body: { into_id: target.id } }),
    onSuccess: async (after) => {
      await changed();
      showToast(t('merged', { from: skill.name, into: after.name }), 'good');
      onDone();
    },
  });
  return (
    <form
      method="post"
      className="flex flex-col items-start gap-4 border-t border-rule pt-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (into) merge.mutate(into);
      }}
    >
      <FormError>{merge.isError ? textOf(merge.error) : null}</FormError>
      <Field label={t('mergeInto')} hint={t('mergeHint', { name: skill.name })} className="w-full max-w-md">
        {(wiring) => (
          <Combobox
            value={text}
            onInput={(typed) => {
              setText(typed);
              setInto(undefined);
            }}
            items={others}
            keyOf={({ id }) => String(id)}
            render={({ name, people }) => (
              <span className="flex justify-between gap-4">
                <bdi>{name}</bdi>
                <span className="text-sm text-faint">{t('people', { count: people })}</span>
              </span>
            )}
            onPick={(chosen) => {
              setInto(chosen);
              setText(chosen.name);
            }}
            listLabel={t('mergeInto')}
            input={{ ...wiring, maxLength: 60 }}
          />
        )}
      </Field>
      {into ? (
        <>
          <ul className="max-w-prose list-disc ps-5 text-soft">
            <li>{t('effect.people', { count: skill.people, from: skill.name, into: into.name })}</li>
            <li>{t('effect.level')}</li>
            <li>{t('effect.names', { names: nameList([skill.name, ...skill.synonyms]), into: into.name })}</li>
          </ul>
          <Button type="submit" look="danger" size="small" isPending={merge.isPending}>
            {t('merge', { from: skill.name, into: into.name })}
          </Button>
        </>
      ) : null}
    </form>
  );
}
