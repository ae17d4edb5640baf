/** Streams whose processes speak by NOTIFY. */
import { describeStreams } from './test-streams.ts';

describeStreams('by PostgreSQL', () => ({ url: null }));
