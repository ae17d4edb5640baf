/** `chaos/worker.ts <scenario> <database>`: the process that is killed. It ends by itself when its parent does. */
import type { Scenario } from './scenario.ts';

const [name = '', databaseUrl = ''] = process.argv.slice(2);
const { scenario } = (await import(`./scenarios/${name}.ts`)) as { scenario: Scenario };

process.on('disconnect', () => process.exit());
// The database may be restarting just now.
for (let isOpen = false; !isOpen; ) {
  isOpen = await scenario.work(databaseUrl).then(
    () => true,
    () => false,
  );
}
process.send?.('ready');
