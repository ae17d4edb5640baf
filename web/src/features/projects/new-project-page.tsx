import { useIsMutating, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { hashOf } from '../../components/identity.ts';
import { Page } from '../../components/page.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { draftsQuery } from '../../lib/draft-queries.ts';
import { useDraft } from '../../lib/drafts.ts';
import { showToast } from '../../lib/toasts.ts';
import { useForm } from '../../lib/use-form.ts';
import { useCreateProject } from './api.ts';
import { useLocalCurrency } from './currency.ts';
import { useDraftCheck } from './draft-check.ts';
import { bodyOf, emptyDraft, type ProjectDraft, readDraft } from './project-draft.ts';
import { ProjectEditor } from './project-editor.tsx';

const route = getRouteApi('/projects/new');
const prefix = 'project:new:';

export function NewProjectPage() {
  const t = useTranslations('projectForm');
  const { draft: name = '' } = route.useSearch();
  return (
    <Page title={t('newTitle')} lead={t('newLead')}>
      <NewProject key={name} name={name} />
    </Page>
  );
}

function NewProject({ name }: { name: string }) {
  const t = useTranslations('projectForm');
  const tDrafts = useTranslations('drafts');
  const navigate = useNavigate();
  const check = useDraftCheck();
  const currency = useLocalCurrency();
  const draft = useDraft<ProjectDraft>(prefix + name, emptyDraft(), (found) => readDraft(emptyDraft(), found));
  const form = useForm<ProjectDraft>(draft.value, draft);
  const posting = ['post', name];
  const create = useCreateProject(posting, () => {
    showToast(t('posted'), 'good');
    void draft.finish();
  });
  // Also when the page was left and opened again before the answer.
  const isPending = useIsMutating({ mutationKey: posting }) > 0;

  const post = () => {
    form.clear();
    const found = check(form.values);
    if (Object.keys(found).length > 0) return form.reject(found);
    const body = { ...bodyOf(form.values, currency), status: 'open' as const };
    create.mutate(
      // The same text of the same draft is the same wish: after a lost answer, or a reload, it is not posted twice.
      { body, idempotencyKey: `post-${name}-${hashOf(JSON.stringify(body))}` },
      {
        onSuccess: ({ id }) => void navigate({ to: '/projects/$id', params: { id } }),
        onError: form.fail,
      },
    );
  };

  return (
    <ProjectEditor
      draft={draft}
      form={form}
      submit={{ label: t('post'), isPending, run: post }}
      beside={<OtherDrafts except={prefix + name} />}
      extra={
        draft.phase === 'blank' ? null : (
          <Button
            look="quiet"
            onClick={() => {
              form.clear();
              draft.discard(tDrafts('discarded'));
            }}
          >
            {tDrafts('discard')}
          </Button>
        )
      }
    />
  );
}

/** What was begun before and is still waiting. */
function OtherDrafts({ except }: { except: string }) {
  const t = useTranslations('projectForm');
  const drafts = useQuery(draftsQuery(prefix)).data?.filter((other) => other.key !== except) ?? [];
  if (drafts.length === 0) return null;
  return (
    <section aria-labelledby="begun-title" className="border-t border-ink/80 pt-4">
      <h2 id="begun-title" className="text-heading">
        {t('begun')}
      </h2>
      <ul className="mt-1">
        {drafts.slice(0, 3).map((other) => (
          <li key={other.key} className="flex flex-wrap items-baseline gap-x-3 py-1">
            <Link to="/projects/new" search={{ draft: other.key.slice(prefix.length) }} className="link" dir="auto">
              {String(other.content.title || t('untitled'))}
            </Link>
            <span className="text-sm text-faint">
              <RelativeTime value={other.updated_at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
