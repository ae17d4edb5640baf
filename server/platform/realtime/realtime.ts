/**
 * Live updates: what members' open pages are told, in any process, once and in order.
 *
 * An entry is written in the transaction of the change that it tells of. Streams are fed from the database alone; words
 * between processes only say for whom it is worth looking. They are sent beside the transactions and gathered (see
 * `platform/jobs/alarm.ts` for why), so whoever hears one looks several times, and once a second all open streams are
 * compared with what there is.
 */
import { type AppStreams, streams as contracts } from '@collabthon/contracts/index';
import type { FastifyBaseLogger } from 'fastify';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Revocations } from '../auth/revocations.ts';
import { explain } from '../calls/calls.ts';
import type { Db } from '../database/database.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { BATCH, createEntryStore } from './entries.ts';
import { createStream, eventText, type Stream } from './stream.ts';
import type { Words } from './words.ts';

export type StreamType = Exclude<keyof AppStreams, 'ready' | 'reset'>;
export type StreamData<T extends StreamType> = Static<AppStreams[T]>;

export interface Realtime {
  /**
   * Tells members exactly if the transaction commits; whoever is away meanwhile hears it when they are back within a
   * day. To be called once in a transaction, with all who are told, late: it holds a lock on each until the commit.
   */
  send<T extends StreamType>(tx: Db, userIds: readonly number[], type: T, data: StreamData<T>): Promise<void>;
  /** Tells those who look at this moment, and nobody later: somebody is typing. Lost with the process. */
  whisper<T extends StreamType>(userIds: readonly number[], type: T, data: StreamData<T>): void;
  /** The member's last entry so far; 0 before there is one. */
  findPosition(userId: number): Promise<number>;
  /** Takes the connection over. @param after the last entry that the reader has; null for one who begins */
  open(
    reader: { userId: number; sessionId: number },
    after: number | null,
    response: Parameters<typeof createStream>[0]['response'],
  ): void;
  /** Ends all streams: their readers go on elsewhere. */
  close(): void;
}

/** Milliseconds from one look to the next after a word. */
const LOOKS = [0, 5, 20, 80, 300];
const COMPARE_EVERY = 1000;
const HEARTBEAT_EVERY = 20_000;
/** A stream is asked to come back, and to say again who it is, before an access token ends. */
const LONGEST = 25 * 60_000;
const MOST_OF_ONE_MEMBER = 20;
/** A word carries at most 8,000 bytes. */
const MOST_IN_A_WORD = 400;

const Word = Type.Object({
  /** Members who may have news. */
  news: Type.Optional(Type.Array(Type.Integer())),
  whisper: Type.Optional(Type.Object({ to: Type.Array(Type.Integer()), type: Type.String(), data: Type.Unknown() })),
});
type Word = Static<typeof Word>;
const wordCheck = Compile(Word);

interface Parts {
  db: Db;
  words: Words;
  /** Where nothing is served, nothing has to be heard. */
  serves: boolean;
  log: FastifyBaseLogger;
  metrics: Metrics;
  revocations: Revocations;
}

export async function createRealtime({ db, words, serves, log, metrics, revocations }: Parts): Promise<Realtime> {
  const entries = createEntryStore(db);
  const checks = new Map(Object.entries(contracts).map(([type, schema]) => [type, Compile(schema)]));
  const open = new Map<number, Set<Stream>>();
  const sent = metrics.counter('stream_entries_sent_total', 'Entries written to open streams');
  const cut = metrics.counter(
    'stream_readers_cut_total',
    'Streams that were given up because their readers were too slow',
  );
  metrics.gauge('streams_open', 'Streams that are open in this process', [], async () => [
    { labels: {}, value: [...open.values()].reduce((count, streams) => count + streams.size, 0) },
  ]);

  const begun = () =>
    [...open.entries()].flatMap(([user_id, all]) => {
      const streams = [...all].filter(({ after }) => after !== null);
      return streams.length > 0
        ? [{ user_id, after: Math.min(...streams.map(({ after }) => after ?? 0)), streams }]
        : [];
    });

  /** Members who may have news. */
  const wanted = new Set<number>();
  let feeding = false;
  const feed = async () => {
    if (feeding) return;
    feeding = true;
    try {
      while (wanted.size > 0) {
        const places = begun().filter(({ user_id }) => wanted.has(user_id));
        wanted.clear();
        if (places.length === 0) continue;
        const found = Map.groupBy(await entries.readAfter(places), ({ user_id }) => user_id);
        for (const { user_id, streams } of places) {
          const news = found.get(user_id) ?? [];
          const told = news.map(({ position, type, data }) => ({ position, text: eventText(type, data, position) }));
          // Only those that had begun: one that begins meanwhile may be further behind than what was read.
          for (const stream of streams) tell(stream, told);
          if (news.length === BATCH) wanted.add(user_id);
        }
      }
    } catch (error) {
      // The next comparison finds what this one did not.
      log.warn({ err: error }, 'open streams could not be fed');
    } finally {
      feeding = false;
    }
  };
  const tell = (stream: Stream, news: { position: number; text: string }[]) => {
    for (const { position, text } of news) {
      if (stream.after === null || position <= stream.after) continue;
      if (!stream.write(text)) return;
      stream.after = position;
      sent.inc();
    }
  };
  const look = (userIds: Iterable<number>) => {
    for (const id of userIds) if (open.has(id)) wanted.add(id);
    void feed();
  };

  /** Words to other processes and to this one, gathered until the next turn of the loop. */
  const hints = new Set<number>();
  const hint = (userIds: readonly number[]) => {
    if (hints.size === 0) setImmediate(sayHints);
    for (const id of userIds) hints.add(id);
  };
  const sayHints = () => {
    const ids = [...hints];
    hints.clear();
    for (let at = 0; at < ids.length; at += MOST_IN_A_WORD) say({ news: ids.slice(at, at + MOST_IN_A_WORD) });
  };
  const say = (word: Word) => words.say(JSON.stringify(word));
  const hear = (text: string) => {
    let word: Word;
    try {
      word = wordCheck.Parse(JSON.parse(text));
    } catch (error) {
      return log.warn({ err: error }, 'a word of another process could not be understood');
    }
    const here = (word.news ?? []).filter((id) => open.has(id));
    for (const delay of here.length > 0 ? LOOKS : []) setTimeout(() => look(here), delay).unref();
    if (!word.whisper) return;
    const { to, type, data } = word.whisper;
    const said = eventText(type, data);
    for (const id of to) for (const stream of open.get(id) ?? []) if (stream.after !== null) stream.write(said);
  };

  const check = (type: string, data: unknown) => {
    const checker = checks.get(type);
    if (!checker) throw new Error(`Nothing of the name ${type} is told.`);
    if (!checker.Check(data)) throw new Error(`What is told as ${type} does not fit: ${explain(checker.Errors(data))}`);
  };

  const compare = () => entries.findNews(begun()).then(look, () => {});
  const timers: NodeJS.Timeout[] = [];
  if (serves) {
    await words.hear(hear, () => void compare());
    timers.push(setInterval(() => void (open.size > 0 && compare()), COMPARE_EVERY));
    timers.push(setInterval(beat, HEARTBEAT_EVERY));
    for (const timer of timers) timer.unref();
  }
  function beat() {
    for (const stream of streamsWhere(() => true)) {
      if (Date.now() - stream.openedAt > LONGEST) stream.end();
      else stream.write(':\n\n');
    }
  }
  const streamsWhere = (fits: (stream: Stream) => boolean) =>
    [...open.values()].flatMap((streams) => [...streams].filter(fits));
  revocations.onRevoked((id) => {
    for (const stream of streamsWhere(({ sessionId }) => sessionId === id)) stream.end();
  });

  return {
    async send(tx, userIds, type, data) {
      if (userIds.length === 0) return;
      check(type, data);
      const ids = [...new Set(userIds)];
      await createEntryStore(tx).append(ids, type, data);
      hint(ids);
    },

    whisper(userIds, type, data) {
      check(type, data);
      for (let at = 0; at < userIds.length; at += MOST_IN_A_WORD) {
        say({ whisper: { to: userIds.slice(at, at + MOST_IN_A_WORD), type, data } });
      }
    },

    findPosition: async (userId) => (await entries.begin(userId, null)).after,

    open({ userId, sessionId }, after, response) {
      const mine = open.get(userId) ?? new Set();
      const stream = createStream({
        userId,
        sessionId,
        response,
        onCut: () => cut.inc(),
        onClose: () => {
          mine.delete(stream);
          if (mine.size === 0) open.delete(userId);
        },
      });
      mine.add(stream);
      open.set(userId, mine);
      if (mine.size > MOST_OF_ONE_MEMBER) [...mine][0]?.end();
      // It ended while it was being opened.
      if (revocations.has(sessionId)) return stream.end();
      stream.write('retry: 2000\n\n');
      entries.begin(userId, after).then(
        (beginning) => {
          stream.write(eventText(beginning.isGap ? 'reset' : 'ready', {}, beginning.after));
          stream.after = beginning.after;
          look([userId]);
        },
        () => stream.end(),
      );
    },

    close() {
      for (const timer of timers) clearInterval(timer);
      for (const stream of streamsWhere(() => true)) stream.end();
    },
  };
}
