/** A real SMTP server on this machine, which keeps what it takes and misbehaves on demand. */
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

/**
 * What becomes of one connection: `refuse` says no, `cut` breaks off in the middle of the mail, `swallow` takes the mail
 * and breaks off before it says so, `stall` never answers.
 */
export type Misbehaviour = 'refuse' | 'cut' | 'swallow' | 'stall';

export interface SmtpListener {
  url: string;
  /** Mails as they came over the wire, oldest first. */
  received: string[];
  /** For the next connections that bring a mail, one each; those after them are served well. */
  misbehave(...next: Misbehaviour[]): void;
  close(): Promise<void>;
}

export async function startSmtpListener(): Promise<SmtpListener> {
  const received: string[] = [];
  const planned: Misbehaviour[] = [];
  const plans = new Map<string, Misbehaviour | undefined>();
  const sockets = new Set<Socket>();
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    onMailFrom(_address, { id }, done) {
      plans.set(id, planned.shift());
      if (plans.get(id) === 'stall') return;
      done(plans.get(id) === 'refuse' ? new Error('not now') : null);
    },
    onData(stream, { id }, done) {
      const chunks: Buffer[] = [];
      if (plans.get(id) === 'cut') return cut();
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push(Buffer.concat(chunks).toString());
        if (plans.get(id) === 'swallow') cut();
        else done();
      });
    },
  });
  // Connections that are cut are meant to be.
  smtp.on('error', () => {});
  smtp.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const { port } = smtp.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    misbehave: (...next) => void planned.push(...next),
    async close() {
      cut();
      await new Promise<void>((resolve) => smtp.close(resolve));
    },
  };
}
