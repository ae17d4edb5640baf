import type { CollegeDomain } from '@collabthon/contracts/accounts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FormError, SelectField, TextField } from '../../components/fields.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PageSkeleton } from '../../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { api } from '../../lib/api.ts';
import { useErrorText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { useForm } from '../../lib/use-form.ts';
import { collegeDomainsQuery } from './admin-api.ts';

type Kind = CollegeDomain['kind'];
const kinds = ['student', 'alumni'] as const;
const kindOf = (value: string): Kind => (value === 'alumni' ? 'alumni' : 'student');

/** The domains whose addresses earn a badge. */
export function AdminDomainsPage() {
  const t = useTranslations('admin.domains');
  const domains = useQuery(collegeDomainsQuery);
  const [editing, setEditing] = useState<number>();
  const [revoking, setRevoking] = useState<CollegeDomain>();
  return (
    <Page title={t('title')} lead={t('lead')} width="reading">
      {domains.isPending ? <PageSkeleton /> : null}
      {domains.isError ? <ErrorState error={domains.error} onRetry={() => void domains.refetch()} /> : null}
      {domains.data?.length === 0 ? <EmptyState title={t('none')}>{t('noneText')}</EmptyState> : null}
      <ul aria-label={t('title')} className="divide-y divide-rule border-y border-rule empty:hidden">
        {domains.data?.map((domain) => (
          <li key={domain.id} className="py-3">
            {editing === domain.id ? (
              <EditDomain domain={domain} onDone={() => setEditing(undefined)} />
            ) : (
              <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
                <div className="min-w-0 flex-1 basis-64">
                  <p className="font-semibold">
                    <bdi>{domain.college}</bdi>
                  </p>
                  <p className="text-sm text-faint">
                    <bdi>{domain.domain}</bdi> · {t(`kind.${domain.kind}`)} · {t('badges', { count: domain.badges })}
                  </p>
                </div>
                <div className="flex gap-2">
                  <Button look="secondary" size="small" onClick={() => setEditing(domain.id)}>
                    {t('edit')}
                    <span className="sr-only"> {domain.domain}</span>
                  </Button>
                  <Button look="quiet" size="small" onClick={() => setRevoking(domain)}>
                    {t('revoke')}
                    <span className="sr-only"> {domain.domain}</span>
                  </Button>
                </div>
              </div>
            )}
          </li>
        ))}
      </ul>
      <Section title={t('add')} className="mt-12">
        <AddDomain />
      </Section>
      <Dialog
        title={revoking ? t('revokeTitle', { domain: revoking.domain }) : ''}
        isOpen={revoking !== undefined}
        onClose={() => setRevoking(undefined)}
      >
        {revoking ? <RevokeDomain domain={revoking} onDone={() => setRevoking(undefined)} /> : null}
      </Dialog>
    </Page>
  );
}

function useDomainsChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['admin'] });
}

function AddDomain() {
  const t = useTranslations('admin.domains');
  const changed = useDomainsChanged();
  const form = useForm<{ domain: string; college: string; kind: Kind }>({ domain: '', college: '', kind: 'student' });
  const { domain, college, kind } = form.values;
  const add = useMutation({
    mutationFn: () =>
      api('POST /admin/college-domains', {
        body: { domain: domain.trim().toLowerCase(), college: college.trim(), kind },
      }),
    onSuccess: (added) => {
      form.replace({ domain: '', college: '', kind: 'student' });
      showToast(t('added', { domain: added.domain }), 'good');
      return changed();
    },
    onError: form.fail,
  });
  return (
    <form
      method="post"
      ref={form.ref}
      noValidate
      className="grid items-start gap-4 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (form.check()) add.mutate();
      }}
    >
      <TextField
        label={t('domain')}
        name="domain"
        hint={t('domainHint')}
        required
        maxLength={253}
        autoCapitalize="none"
        spellCheck={false}
        dir="ltr"
        value={domain}
        onChange={(event) => form.set('domain', event.target.value)}
        error={form.errorAt('/domain')}
      />
      <TextField
        label={t('college')}
        name="college"
        required
        maxLength={120}
        value={college}
        onChange={(event) => form.set('college', event.target.value)}
        error={form.errorAt('/college')}
      />
      <SelectField
        label={t('kindLabel')}
        value={kind}
        choices={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        onChange={(event) => form.set('kind', kindOf(event.target.value))}
      />
      <Button type="submit" look="secondary" className="justify-self-start sm:mt-6.5" isPending={add.isPending}>
        {t('addAction')}
      </Button>
      <div className="sm:col-span-2">
        <FormError>{form.formError}</FormError>
      </div>
    </form>
  );
}

/** What the badges of a domain say. The domain itself stays: another one would be another proof. */
function EditDomain({ domain, onDone }: { domain: CollegeDomain; onDone: () => void }) {
  const t = useTranslations('admin.domains');
  const changed = useDomainsChanged();
  const form = useForm<{ college: string; kind: Kind }>({ college: domain.college, kind: domain.kind });
  const save = useMutation({
    mutationFn: () =>
      api('PUT /admin/college-domains/{id}', {
        params: { id: domain.id },
        body: { college: form.values.college.trim(), kind: form.values.kind },
      }),
    onSuccess: async () => {
      await changed();
      showToast(t('saved', { domain: domain.domain }), 'good');
      onDone();
    },
    onError: form.fail,
  });
  return (
    <form
      method="post"
      ref={form.ref}
      noValidate
      aria-label={t('editOf', { domain: domain.domain })}
      className="grid items-start gap-4 sm:grid-cols-[1fr_10rem]"
      onSubmit={(event) => {
        event.preventDefault();
        if (form.check()) save.mutate();
      }}
    >
      <TextField
        label={t('college')}
        name="college"
        hint={t('editHint', { domain: domain.domain, count: domain.badges })}
        required
        autoFocus
        maxLength={120}
        value={form.values.college}
        onChange={(event) => form.set('college', event.target.value)}
        error={form.errorAt('/college')}
      />
      <SelectField
        label={t('kindLabel')}
        value={form.values.kind}
        choices={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        onChange={(event) => form.set('kind', kindOf(event.target.value))}
      />
      <div className="flex flex-wrap gap-2 sm:col-span-2">
        <Button type="submit" size="small" isPending={save.isPending}>
          {t('save')}
        </Button>
        <Button look="quiet" size="small" onClick={onDone}>
          {t('cancel')}
        </Button>
      </div>
      <div className="sm:col-span-2">
        <FormError>{form.formError}</FormError>
      </div>
    </form>
  );
}

/** Badges that are gone do not come back, so what will happen is said first. */
function RevokeDomain({ domain, onDone }: { domain: CollegeDomain; onDone: () => void }) {
  const t = useTranslations('admin.domains');
  const textOf = useErrorText();
  const changed = useDomainsChanged();
  const revoke = useMutation({
    mutationFn: () => api('DELETE /admin/college-domains/{id}', { params: { id: domain.id } }),
    onSuccess: async () => {
      await changed();
      showToast(t('revoked', { domain: domain.domain }));
      onDone();
    },
  });
  return (
    <div className="flex flex-col gap-5">
      <p className="text-soft">{t('revokeText', { count: domain.badges, college: domain.college })}</p>
      <FormError>{revoke.isError ? textOf(revoke.error) : null}</FormError>
      <div className="flex flex-wrap gap-3">
        <Button look="danger" isPending={revoke.isPending} onClick={() => revoke.mutate()}>
          {t('revokeAction', { count: domain.badges })}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  );
}
