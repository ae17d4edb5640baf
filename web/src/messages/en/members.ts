/** The words of what only members open: editor, onboarding, my work, settings. */
import conversations from './conversations.json';
import onboarding from './onboarding.json';
import projectForm from './project-form.json';
import settings from './settings.json';
import settingsProfile from './settings-profile.json';
import work from './work.json';

export const messages = {
  conversations,
  onboarding,
  projectForm,
  settings,
  settingsProfile,
  work,
};
