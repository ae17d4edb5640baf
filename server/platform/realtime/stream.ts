/** One open stream: server-sent events on one connection, given up when its reader does not keep up. */
import type { ServerResponse } from 'node:http';

/** Bytes that may wait for a reader; one who is further behind comes back and resumes from the database. */
const MOST_WAITING = 256 * 1024;

export interface Stream {
  readonly userId: number;
  readonly sessionId: number;
  readonly openedAt: number;
  /** The last entry that was written; null until the stream has begun. */
  after: number | null;
  /** @returns false when the stream is over, or was given up just now */
  write(text: string): boolean;
  end(): void;
}

interface StreamParts {
  userId: number;
  sessionId: number;
  response: ServerResponse;
  onCut: () => void;
  onClose: () => void;
}

export function createStream({ userId, sessionId, response, onCut, onClose }: StreamParts): Stream {
  let isOver = false;
  response.on('close', () => {
    isOver = true;
    onClose();
  });
  response.on('error', () => {});
  return {
    userId,
    sessionId,
    openedAt: Date.now(),
    after: null,
    write(text) {
      if (isOver) return false;
      if (response.writableLength > MOST_WAITING) {
        isOver = true;
        onCut();
        response.destroy();
        return false;
      }
      response.write(text);
      return true;
    },
    end() {
      if (isOver) return;
      isOver = true;
      response.end();
      // Who does not read does not see the end either.
      setTimeout(() => response.destroy(), 1000).unref();
    },
  };
}

/** An entry as the browser's EventSource reads it; without a position it is not one to resume from. */
export const eventText = (type: string, data: unknown, position?: number): string =>
  `${position === undefined ? '' : `id: ${position}\n`}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
