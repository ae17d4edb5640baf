/** The lists of codes and the server that uses them say the same; the types see to it that it uses no others. */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fieldErrorCodes, problemCodes, signInRefusals, things } from '@collabthon/contracts/problems';
import { Problem } from '@collabthon/contracts/shapes';
import { Compile } from 'typebox/compile';
import { expect, it } from 'vitest';
import { conflict, notFound, unprocessable } from './problems.ts';

const server = fileURLToPath(new URL('../../', import.meta.url));
const source = globSync('{platform,modules,services}/**/*.ts', { cwd: server, exclude: ['**/*.test.ts'] })
  .map((file) => readFileSync(server + file, 'utf8'))
  .join('\n');

it('every code is used somewhere', () => {
  const unused = [
    ...Object.keys(problemCodes).filter((code) => !source.includes(`'${code}'`)),
    ...Object.keys(fieldErrorCodes).filter((code) => !source.includes(`code: '${code}'`)),
    ...signInRefusals.filter((reason) => !source.includes(`'${reason}'`)),
    ...things.filter((thing) => !source.includes(`notFound('${thing}')`)),
  ];
  expect(unused).toEqual([]);
});

it('a problem carries what its sentence varies by, as the contract says', () => {
  const problems = [
    conflict('declined_recently', 'Not before May.', { until: '2027-05-01' }),
    notFound('project'),
    unprocessable([{ path: '/name', code: 'too_long', message: 'Use at most 10 characters.', params: { limit: 10 } }]),
  ];
  const bodies = problems.map((problem) => problem.toBody('some-id'));
  const contract = Compile(Problem);
  for (const body of bodies) expect([...contract.Errors(body)]).toEqual([]);
  expect(bodies).toMatchObject([
    { status: 409, code: 'declined_recently', params: { until: '2027-05-01' } },
    { status: 404, code: 'not_found', params: { what: 'project' } },
    { status: 422, code: 'invalid_request', errors: [{ code: 'too_long', params: { limit: 10 } }] },
  ]);
});
