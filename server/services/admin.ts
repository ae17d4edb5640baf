/** `npm run admin -- …`: what only the operator of the machine may do. Works beside a running server. */
import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { createAdmin } from '../modules/accounts/index.ts';
import { loadConfig } from '../platform/config/environment.ts';
import { makeSigningKey } from '../platform/config/secrets.ts';
import { StartupError } from '../platform/config/startup-error.ts';
import { ProblemError } from '../platform/http/problems.ts';
import { createService } from '../platform/service.ts';
import { runCommand } from './lifetime.ts';
import { allModules } from './modules.ts';
import { joinDatabase } from './open-database.ts';

const usage = `Usage: npm run admin -- <command>

  create --username <name> --email <address> [--password-stdin]
      makes an operator; prints a new password, or takes the one from standard input
  make-signing-key
      prints a value for SIGNING_KEY`;

await runCommand(async () => {
  const [command, ...rest] = process.argv.slice(2);
  if (command === 'create') return create(rest);
  if (command === 'make-signing-key') return console.log(JSON.stringify(makeSigningKey()));
  if (command === undefined || command === '--help' || command === 'help') return console.log(usage);
  throw new StartupError(`"${command}" is not a command.\n${usage}`);
});

async function create(args: string[]): Promise<void> {
  const { username, email, isGiven } = readOptions(args);
  const password = isGiven ? (await text(process.stdin)).replace(/\r?\n$/, '') : randomBytes(15).toString('base64url');
  const config = loadConfig();
  const database = await joinDatabase(config);
  try {
    const service = await createService({ config, databaseUrl: database.url, modules: allModules, work: false });
    try {
      await createAdmin(service.platform, { username, email, password });
    } finally {
      await service.stop();
    }
  } catch (error) {
    throw explainRefusal(error);
  } finally {
    await database.close();
  }
  console.log(`The operator ${username} may sign in${isGiven ? '.' : ` with the password ${password}`}`);
}

function readOptions(args: string[]): { username: string; email: string; isGiven: boolean } {
  try {
    const { values } = parseArgs({
      args,
      options: {
        username: { type: 'string' },
        email: { type: 'string' },
        'password-stdin': { type: 'boolean', default: false },
      },
    });
    const { username, email, 'password-stdin': isGiven } = values;
    if (username && email) return { username, email, isGiven };
  } catch (error) {
    throw new StartupError(`${(error as Error).message}\n${usage}`);
  }
  throw new StartupError(`create wants --username and --email.\n${usage}`);
}

/** What the product answers to bad input (a taken name, a weak password) is one line here, too. */
function explainRefusal(error: unknown): unknown {
  if (!(error instanceof ProblemError) || error.status >= 500) return error;
  const reasons = error.errors?.map(({ path, message }) => `${path.slice(1)}: ${message}`).join(' ');
  return new StartupError(`The operator was not made: ${reasons || error.message}`);
}
