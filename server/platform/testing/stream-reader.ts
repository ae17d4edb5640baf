/** Reads the live stream as a browser's EventSource does, without coming back by itself. */

export interface Told {
  /** Null for what cannot be resumed from. */
  id: number | null;
  type: string;
  data: Record<string, unknown>;
}

export interface StreamReader {
  status: number;
  /** What was told so far, in order. */
  said: Told[];
  /** Resolves when the stream is over, whoever ended it. */
  ended: Promise<void>;
  leave(): void;
}

interface Options {
  token: string;
  /** The last id that was read before; the stream begins at the present without one. */
  after?: number | string | undefined;
  /** Called with each entry as it comes. */
  onTold?: (told: Told) => void;
}

/** @throws when nobody answers */
export async function readStream(url: string, { token, after, onTold }: Options): Promise<StreamReader> {
  const control = new AbortController();
  const response = await fetch(`${url}/api/v1/stream`, {
    headers: { authorization: `Bearer ${token}`, ...(after !== undefined && { 'last-event-id': String(after) }) },
    signal: control.signal,
  });
  const said: Told[] = [];
  const decoder = new TextDecoder();
  const ended = (async () => {
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const told of blocks.flatMap(readBlock)) {
        said.push(told);
        onTold?.(told);
      }
    }
  })().catch(() => {});
  return { status: response.status, said, ended, leave: () => control.abort() };
}

function readBlock(block: string): Told[] {
  const fields = new Map(block.split('\n').map((line) => line.split(/: ?(.*)/, 2) as [string, string]));
  const type = fields.get('event');
  if (!type) return [];
  const id = fields.get('id');
  return [{ id: id === undefined ? null : Number(id), type, data: JSON.parse(fields.get('data') ?? 'null') }];
}
