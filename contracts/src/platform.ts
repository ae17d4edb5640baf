/** What every service answers to the others, whichever modules it mounts. */
import { Type } from 'typebox';
import { defineCalls } from './contract.ts';
import { Id, Shape } from './shapes.ts';

export const calls = defineCalls({
  /** Erases what the platform itself knows of a person: mails, jobs, entries of the stream. Fails while work about them is under way. */
  'platform.forgetMember': {
    input: Shape({ user_id: Id, addresses: Type.Array(Type.String()) }),
    output: Shape({}),
  },
});
