/** The words of the settings and of notifications: their list, and the page that ends mails. */
import notifications from './notifications.json';
import settings from './settings.json';
import settingsProfile from './settings-profile.json';

export const messages = {
  notifications,
  settings,
  settingsProfile,
};
