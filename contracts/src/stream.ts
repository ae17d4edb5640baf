/** The live stream: what open pages are told. Its own words; those of the modules stand in their contracts. */
import { Type } from 'typebox';
import { defineRoutes, defineStreams } from './contract.ts';
import { Shape } from './shapes.ts';

export const routes = defineRoutes({
  'GET /stream': {
    summary:
      'Server-sent events for the member who asks. Resumes after `Last-Event-ID`, or `after`; `reset` says that too much was missed',
    access: 'member',
    query: Shape({ after: Type.Optional(Type.Integer({ minimum: 0 })) }),
  },
  'GET /stream/position': {
    summary:
      'The last entry so far. Asked for before a page is read, it lets the stream go on from there: nothing is missed',
    access: 'member',
    response: Shape({ after: Type.Integer({ minimum: 0 }) }),
  },
});

export const streams = defineStreams({
  /** The stream goes on: whatever happens from here on will be told. */
  ready: Shape({}),
  /** What was missed is not there any more: ask for everything again. */
  reset: Shape({}),
});
