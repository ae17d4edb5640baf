import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { Page, Section } from '../../components/page.tsx';
import { RowSkeletons } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { Tag } from '../../components/tag.tsx';
import { api } from '../../lib/api.ts';
import { useNameList } from '../../lib/format.ts';
import { showToast } from '../../lib/toasts.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { useForm } from '../../lib/use-form.ts';
import { SkillPanel, useVocabularyChanged } from './admin-skill-panel.tsx';
import { type VocabularyFilters, vocabularyQuery } from './admin-skills-api.ts';

const route = getRouteApi('/admin/skills');
const views = ['new', 'checked'] as const;

/** The vocabulary: what members typed is looked at, named well, and made one where it means one. */
export function AdminSkillsPage() {
  const t = useTranslations('admin.skills');
  const nameList = useNameList();
  const filters = route.useSearch();
  const navigate = useNavigate();
  const [text, setText] = useState(filters.q ?? '');
  const wanted = useDebounced(text.trim());
  const [open, setOpen] = useState<number>();
  const skills = useInfiniteQuery({ ...vocabularyQuery(filters), placeholderData: keepPreviousData });
  const set = (change: VocabularyFilters) =>
    void navigate({ to: '/admin/skills', search: { ...filters, ...change }, replace: true });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the address follows what was typed, and nothing else
  useEffect(() => {
    if (wanted !== (filters.q ?? '')) set({ q: wanted || undefined });
  }, [wanted]);

  const found = skills.data?.pages.flatMap(({ items }) => items) ?? [];
  const total = skills.data?.pages[0]?.total;
  return (
    <Page title={t('title')} lead={t('lead')} width="reading">
      <search className="mb-3 grid items-end gap-4 sm:grid-cols-[1fr_14rem]">
        <TextField
          label={t('find')}
          type="search"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={60}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <SelectField
          label={t('show')}
          value={filters.show ?? ''}
          onChange={(event) => set({ show: views.find((view) => view === event.target.value) })}
          choices={[{ value: '', label: t('all') }, ...views.map((value) => ({ value, label: t(`view.${value}`) }))]}
        />
      </search>
      <p role="status" className="mb-4 min-h-6 text-sm text-faint">
        {total === undefined ? '' : t('total', { count: total })}
      </p>
      {/* What stands below begins out of sight, so that a list that grows or shrinks moves nothing before one's eyes. */}
      <div className="min-h-dvh">
        {skills.isPending ? <RowSkeletons count={6} rowClass="h-20" /> : null}
        {skills.isError ? <ErrorState error={skills.error} onRetry={() => void skills.refetch()} /> : null}
        {skills.isSuccess && found.length === 0 ? <EmptyState title={t('none')}>{t('noneText')}</EmptyState> : null}
        <ul aria-label={t('title')} className="divide-y divide-rule border-y border-rule empty:hidden">
          {found.map((skill) => (
            <li key={skill.id} className="py-3">
              <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
                <div className="min-w-0 flex-1 basis-56">
                  <p className="flex flex-wrap items-center gap-2 font-semibold">
                    <bdi>{skill.name}</bdi>
                    {skill.is_curated ? null : <Tag tone="warm">{t('new')}</Tag>}
                  </p>
                  <p className="text-sm text-faint">
                    {t('people', { count: skill.people })}
                    {skill.synonyms.length > 0 ? (
                      <>
                        {' · '}
                        {t('also', { names: nameList(skill.synonyms) })}
                      </>
                    ) : null}
                  </p>
                </div>
                <Button
                  look="quiet"
                  size="small"
                  aria-expanded={open === skill.id}
                  onClick={() => setOpen(open === skill.id ? undefined : skill.id)}
                >
                  {t(open === skill.id ? 'close' : 'edit')}
                  <span className="sr-only"> {skill.name}</span>
                </Button>
              </div>
              {open === skill.id ? <SkillPanel skill={skill} onDone={() => setOpen(undefined)} /> : null}
            </li>
          ))}
        </ul>
        {skills.hasNextPage ? (
          <Button
            look="secondary"
            size="small"
            className="mt-4"
            isPending={skills.isFetchingNextPage}
            onClick={() => void skills.fetchNextPage()}
          >
            {t('more')}
          </Button>
        ) : null}
      </div>
      <Section title={t('add')} className="mt-12">
        <AddSkill />
      </Section>
    </Page>
  );
}

function AddSkill() {
  const t = useTranslations('admin.skills');
  const changed = useVocabularyChanged();
  const form = useForm({ name: '' });
  const add = useMutation({
    mutationFn: () => api('POST /admin/skills', { body: { name: form.values.name.trim() } }),
    onSuccess: (skill) => {
      form.replace({ name: '' });
      showToast(t('added', { name: skill.name }), 'good');
      return changed();
    },
    onError: form.fail,
  });
  return (
    <form
      method="post"
      ref={form.ref}
      noValidate
      className="flex max-w-xl flex-wrap items-start gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (form.check()) add.mutate();
      }}
    >
      <TextField
        label={t('newName')}
        name="name"
        required
        maxLength={60}
        className="min-w-48 flex-1"
        value={form.values.name}
        onChange={(event) => form.set('name', event.target.value)}
        error={form.errorAt('/name') ?? form.formError}
      />
      <Button type="submit" look="secondary" className="mt-6.5" isPending={add.isPending}>
        {t('addAction')}
      </Button>
    </form>
  );
}
