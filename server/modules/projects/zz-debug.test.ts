import { expect, test } from 'vitest';
import { testConfig } from '../../platform/config/test-config.ts';
import { startTestApp } from '../../platform/testing/test-app.ts';
test('x', async () => {
  const app = await startTestApp({ config: { log: { ...testConfig().log, level: 'debug' } } as never });
  try { const ada = await app.member(); console.log(ada.id); await app.settled(); } catch (e) { console.log(String(e)); }
  console.log('closing');
  await app.close();
}, 20000);
