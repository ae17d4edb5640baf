/** The words of notifications: their list, their settings, and the page that ends mails. */
import notifications from './notifications.json';

export const messages = {
  notifications,
};
