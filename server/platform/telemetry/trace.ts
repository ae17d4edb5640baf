/**
 * The trace that this piece of work belongs to (W3C Trace Context), carried along by the runtime: from a request into
 * what it enqueues, from there into the job, and into every log line in between.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

interface Trace {
  /** 32 hexadecimal digits, the same for all that one request causes. */
  traceId: string;
  /** 16 of them: this piece of work. */
  spanId: string;
  flags: string;
}

const current = new AsyncLocalStorage<Trace>();

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;

/** Runs `work` as a part of the trace that `parent` names; as one of its own if that is no `traceparent`. */
export function runInTrace<T>(parent: unknown, work: () => T): T {
  const [, traceId, , flags = '00'] = (typeof parent === 'string' && TRACEPARENT.exec(parent)) || [];
  return current.run({ traceId: traceId ?? hex(), spanId: hex().slice(16), flags }, work);
}

/** Takes the present trace along to where the runtime would lose it: `rejoin` runs its argument in it. */
export const holdTrace = (): ((work: () => void) => void) => AsyncLocalStorage.snapshot();

/** For whoever carries the work on; undefined outside of any. */
export function traceparent(): string | undefined {
  const trace = current.getStore();
  return trace && `00-${trace.traceId}-${trace.spanId}-${trace.flags}`;
}

/** What a log line says of it. */
export const traceFields = (): { trace_id?: string } => {
  const trace = current.getStore();
  return trace ? { trace_id: trace.traceId } : {};
};

/** 32 digits; the runtime draws for many of these at once, which costs a tenth of drawing for each. */
const hex = () => randomUUID().replaceAll('-', '');
