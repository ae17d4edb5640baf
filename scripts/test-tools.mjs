/**
 * Gets what the tests need beside npm's packages: a Chromium for the browser journeys and a Redis server. As root on
 * Debian they are installed; elsewhere their absence is said, and with CI=true it is a failure.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const tools = [
  {
    programs: ['chromium', 'chromium-browser', 'google-chrome'],
    debianPackage: 'chromium',
    purpose: 'browser journeys',
  },
  { programs: ['redis-server', 'valkey-server'], debianPackage: 'redis-server', purpose: 'tests of live updates' },
];

const missing = tools.filter(isMissing);
if (missing.length > 0 && process.geteuid?.() === 0 && isOnPath('apt-get')) installFromDebian(missing);

for (const { programs, purpose } of missing.filter(isMissing)) {
  console.error(`${programs[0]} is not installed; the ${purpose} need it.`);
  if (process.env.CI === 'true') process.exitCode = 1;
}

function installFromDebian(wanted) {
  const packages = wanted.map(({ debianPackage }) => debianPackage);
  console.log(`Installing ${packages.join(' and ')} for the tests (apt-get) …`);
  // Debian starts a Redis of its own after the installation; the tests bring their own processes.
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
}

function isMissing({ programs }) {
  return !programs.some(isOnPath);
}

function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
