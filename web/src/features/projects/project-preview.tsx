import { useQuery } from '@tanstack/react-query';
import { useNow, useTranslations } from 'use-intl';
import { Avatar } from '../../components/avatar.tsx';
import { Section } from '../../components/page.tsx';
import { ProjectCover } from '../../components/project-cover.tsx';
import { useMe } from '../accounts/api.ts';
import { myProfileQuery } from '../profiles/api.ts';
import { fullName } from '../profiles/names.ts';
import { useLocalCurrency } from './currency.ts';
import { ProjectBody, RoleList } from './project-body.tsx';
import { type ProjectDraft, previewOf } from './project-draft.ts';

interface ProjectPreviewProps {
  draft: ProjectDraft;
  /** Of the project, once there is one: its picture comes from it. */
  id?: number | undefined;
}

/** The project as its readers will see it. */
export function ProjectPreview({ draft, id }: ProjectPreviewProps) {
  const t = useTranslations('project');
  const tForm = useTranslations('projectForm');
  const me = useMe();
  const profile = useQuery(myProfileQuery).data;
  const now = useNow().getTime();
  const currency = useLocalCurrency();
  const owner = {
    user_id: me?.id ?? 0,
    username: me?.username ?? '',
    name: profile ? fullName(profile) : (me?.username ?? ''),
    college: profile?.college ?? null,
    is_verified_student: me?.college_badge != null,
    avatar_url: null,
  };
  const project = previewOf(draft, currency, owner, now);
  return (
    <article className="flex min-w-0 flex-col gap-10">
      <header>
        <ProjectCover seed={id} title={project.title} className="mb-6 h-36 w-full rounded-sheet sm:h-44" />
        <h2 className="text-title">
          {project.title ? <bdi>{project.title}</bdi> : <span className="text-faint">{tForm('untitled')}</span>}
        </h2>
        <p className="mt-3 flex items-center gap-2.5">
          <Avatar name={owner.name} size="small" />
          <bdi>{owner.name}</bdi>
          {owner.college ? <span className="text-faint">{owner.college}</span> : null}
        </p>
      </header>
      <ProjectBody project={project} />
      <Section title={t('roles')}>
        {project.roles.length > 0 ? <RoleList roles={project.roles} /> : <p className="text-soft">{t('noRoles')}</p>}
      </Section>
    </article>
  );
}
