/**
 * `npm run load -- --url http://127.0.0.1:8000 --users 32 --seconds 60`: the guide's user mix against a running
 * service. Each user signs in as test_user, then lists, searches and creates in the weights 3:2:1. Prints one JSON
 * line; the exit code is 1 when an answer was wrong. The service has to run with RATE_LIMITS=off, since all users are
 * one account.
 */
import { parseArgs } from 'node:util';
import { runLoad } from './user-mix.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8000' },
    users: { type: 'string', default: '32' },
    seconds: { type: 'string', default: '60' },
    /** Milliseconds that a user thinks between requests. */
    think: { type: 'string', default: '0' },
    username: { type: 'string', default: 'test_user' },
    password: { type: 'string', default: 'test_password' },
    /** It creates projects and takes what it gets, so other people's servers need this said. */
    'allow-remote': { type: 'boolean', default: false },
  },
});

const url = URL.parse(values.url);
const numbers = { users: Number(values.users), seconds: Number(values.seconds), think: Number(values.think) };
const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url?.hostname ?? '');

if (!url || !(numbers.users >= 1) || !(numbers.seconds > 0) || !(numbers.think >= 0)) {
  fail('Usage: npm run load -- --url http://127.0.0.1:8000 [--users 32] [--seconds 60] [--think 0]');
} else if (!isLoopback && !values['allow-remote']) {
  fail(`${url.hostname} is another machine. Add --allow-remote if it is yours to load.`);
} else {
  const report = await runLoad({
    ...numbers,
    origin: url.origin,
    username: values.username,
    password: values.password,
  });
  console.log(JSON.stringify(report));
  process.exitCode = report.errors.total === 0 ? 0 : 1;
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
