/**
 * Watch mode: the server restarts when its sources change, and Vite serves the web with a proxy to it. Options go to
 * the server. When one of the two ends, or Ctrl-C is pressed, both end.
 */
import { spawn } from 'node:child_process';

const children = [
  start('node', [
    '--watch',
    '--watch-preserve-output',
    'scripts/run.mjs',
    'server/services/all.ts',
    ...process.argv.slice(2),
  ]),
  start('vite', [], 'web'),
];

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => stopAll());
const code = await Promise.race(children.map(({ ended }) => ended));
stopAll();
await Promise.all(children.map(({ ended }) => ended));
process.exit(code);

function stopAll() {
  for (const { child } of children) child.kill('SIGTERM');
}

function start(command, args, cwd = '.') {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = new Promise((resolve) => {
    child.once('exit', (exitCode) => resolve(exitCode ?? 0));
    child.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
  });
  return { child, ended };
}
