/** The words of what only members open: editor, onboarding, my work, conversations. */
import conversations from './conversations.json';
import onboarding from './onboarding.json';
import projectForm from './project-form.json';
import work from './work.json';

export const messages = {
  conversations,
  onboarding,
  projectForm,
  work,
};
