import { useTranslations } from 'use-intl';
import type { FieldErrors } from '../../lib/errors.ts';
import { namedRoles, type ProjectDraft } from './project-draft.ts';
import { useSense } from './sense.ts';

/** What the form can see by itself, said at the field before anything is sent. The server checks again. */
export function useDraftCheck(): (draft: ProjectDraft) => FieldErrors {
  const t = useTranslations('projectForm.check');
  const sense = useSense();
  return (draft) => {
    const errors: Record<string, string> = {};
    if (!draft.title.trim()) errors['/title'] = t('title');
    if (!draft.description.trim()) errors['/description'] = t('description');
    for (const [name, said] of Object.entries(sense(draft).wrong)) errors[`/${name}`] = said;
    for (const [index, role] of namedRoles(draft).entries())
      if (!role.name.trim()) errors[`/roles/${index}/name`] = t('roleName');
    return errors;
  };
}
