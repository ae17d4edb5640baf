/** Shows what is pushed to this browser, and opens what it is about. It keeps nothing and answers no request. */

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('push', (event) => {
  const { title = 'Collabthon', body = '', tag, path = '/notifications' } = read(event.data);
  event.waitUntil(
    self.registration.showNotification(title, { body, tag, dir: 'auto', icon: '/icons/icon-192.png', data: { path } }),
  );
});

/** A push that cannot be read is shown all the same: browsers end subscriptions that stay silent. */
function read(data) {
  try {
    return data?.json() ?? {};
  } catch {
    return {};
  }
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.path ?? '/notifications'));
});

/** In the window that shows it already, or in a new one. Only pages of our own. */
async function open(path) {
  const asked = new URL(path, self.location.origin);
  const { href } = asked.origin === self.location.origin ? asked : new URL('/notifications', self.location.origin);
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = windows.find(({ url }) => url === href);
  await (there ? there.focus() : self.clients.openWindow(href));
}
