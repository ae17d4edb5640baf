/** The words of what only members open: editor, onboarding, my work, settings, administration. */
import admin from './admin.json';
import gallery from './gallery.json';
import onboarding from './onboarding.json';
import projectForm from './project-form.json';
import settings from './settings.json';
import settingsProfile from './settings-profile.json';
import work from './work.json';

export const messages = {
  admin,
  gallery,
  onboarding,
  projectForm,
  settings,
  settingsProfile,
  work,
};
