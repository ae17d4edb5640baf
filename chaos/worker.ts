/**
 * `chaos/worker.ts <scenario> <database>`: the process that is killed. It loads ahead of its time, works when it is told
 * to, and dies at the statement it is told; it ends by itself when its parent does.
 */
import { dieAt, isDeath } from './death.ts';
import type { Scenario } from './scenario.ts';

const [name = '', databaseUrl = ''] = process.argv.slice(2);
const { scenario } = (await import(`./scenarios/${name}.ts`)) as { scenario: Scenario };

process.on('disconnect', () => process.exit());
process.on('message', (order) => {
  if (isDeath(order)) dieAt(order);
  else void work();
});
process.send?.('loaded');

async function work(): Promise<void> {
  // The database may be restarting just now.
  for (let isOpen = false; !isOpen; ) {
    isOpen = await scenario.work(databaseUrl).then(
      () => true,
      () => false,
    );
  }
  process.send?.('working');
}
