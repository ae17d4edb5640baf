/** The words of notifications: their list, their settings, and the page that ends mails. */
import notifications from './notifications.json';
import settings from './settings.json';
import settingsProfile from './settings-profile.json';

export const messages = {
  notifications,
  settings,
  settingsProfile,
};
