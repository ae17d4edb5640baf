/** Operations: queues, dead letters and sagas for those who run the platform. */
import { defineModule } from '../../platform/module.ts';
import { mountRoutes } from './routes.ts';

export { discardDeadLetter, redriveDeadLetter, redriveQueue } from './dead-letters.ts';
export { presentSaga, resumeSaga } from './sagas.ts';

export const operations = defineModule({
  name: 'operations',
  mount: (platform) => ({ routes: mountRoutes(platform) }),
});
