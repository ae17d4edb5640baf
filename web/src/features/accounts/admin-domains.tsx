import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { FormError, SelectField, TextField } from '../../components/fields.tsx';
import { ErrorState } from '../../components/states.tsx';
import { api } from '../../lib/api.ts';
import { useErrorText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { useForm } from '../../lib/use-form.ts';
import { collegeDomainsQuery } from './api.ts';

export function AdminDomains() {
  const t = useTranslations('admin');
  const textOf = useErrorText();
  const client = useQueryClient();
  const domains = useQuery(collegeDomainsQuery);
  const form = useForm<{ domain: string; college: string; kind: 'student' | 'alumni' }>({
    domain: '',
    college: '',
    kind: 'student',
  });
  const refresh = () => client.invalidateQueries(collegeDomainsQuery);
  const add = useMutation({
    mutationFn: () =>
      api('POST /admin/college-domains', {
        body: { ...form.values, domain: form.values.domain.trim().toLowerCase(), college: form.values.college.trim() },
      }),
    onSuccess: () => {
      form.replace({ domain: '', college: '', kind: 'student' });
      return refresh();
    },
    onError: form.fail,
  });
  const remove = useMutation({
    mutationFn: (id: number) => api('DELETE /admin/college-domains/{id}', { params: { id } }),
    onSuccess: refresh,
    onError: (error) => showToast(textOf(error), 'bad'),
  });
  return (
    <>
      {domains.isError ? <ErrorState error={domains.error} onRetry={() => void domains.refetch()} /> : null}
      <ul className="divide-y divide-rule">
        {domains.data?.map((domain) => (
          <li key={domain.id} className="flex flex-wrap items-center gap-x-4 py-2">
            <span className="me-auto">
              <strong>{domain.domain}</strong> · {domain.college} · {t(`kind.${domain.kind}`)}
            </span>
            <Button look="quiet" size="small" onClick={() => remove.mutate(domain.id)}>
              {t('removeDomain')}
              <span className="sr-only"> {domain.domain}</span>
            </Button>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-sm text-faint">{t('domainHint')}</p>
      <form
        ref={form.ref}
        className="mt-4 grid items-start gap-4 sm:grid-cols-[1fr_1fr_10rem_auto]"
        onSubmit={(event) => {
          event.preventDefault();
          form.clear();
          add.mutate();
        }}
      >
        <TextField
          label={t('domain')}
          required
          maxLength={253}
          placeholder={t('domainPlaceholder')}
          value={form.values.domain}
          onChange={(event) => form.set('domain', event.target.value)}
          error={form.errorAt('/domain')}
        />
        <TextField
          label={t('college')}
          required
          maxLength={120}
          value={form.values.college}
          onChange={(event) => form.set('college', event.target.value)}
          error={form.errorAt('/college')}
        />
        <SelectField
          label={t('kindLabel')}
          value={form.values.kind}
          choices={[
            { value: 'student', label: t('kind.student') },
            { value: 'alumni', label: t('kind.alumni') },
          ]}
          onChange={(event) => form.set('kind', event.target.value === 'alumni' ? 'alumni' : 'student')}
        />
        <Button type="submit" look="secondary" className="sm:mt-6.5" isPending={add.isPending}>
          {t('addDomain')}
        </Button>
      </form>
      <div className="mt-3">
        <FormError>{form.formError}</FormError>
      </div>
    </>
  );
}
