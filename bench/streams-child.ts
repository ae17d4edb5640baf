/** The processes whose open streams are measured: the service, or bare node:http that holds the same connections. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { SigningKey } from '../server/platform/config/config.ts';
import { createService } from '../server/platform/service.ts';
import { allModules } from '../server/services/modules.ts';
import { answerParent } from './children.ts';
import { benchConfig } from './config.ts';

export type StreamsQuestion = { serve: { databaseUrl: string; signingKey: SigningKey } } | 'bare' | 'memory';
export interface StreamsAnswer {
  url: string;
  /** Bytes that the system has given to the process, after the garbage is collected. */
  memory: number;
}

let url = '';
let stop: () => Promise<void> = async () => {};

answerParent<StreamsQuestion, StreamsAnswer>(
  async (question) => {
    if (question === 'bare') url = await serveBare();
    else if (question !== 'memory') {
      const { databaseUrl, signingKey } = question.serve;
      const config = { ...benchConfig(), secrets: { signingKey } };
      const service = await createService({ config, databaseUrl, modules: allModules });
      url = await service.listen();
      stop = () => service.stop();
    }
    collectGarbage();
    return { url, memory: process.memoryUsage.rss() };
  },
  () => stop(),
);

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let time = 0; time < 3; time += 1) collect();
}

/** GET opens a stream; POST writes its body to the first five. */
async function serveBare(): Promise<string> {
  const open: ServerResponse[] = [];
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('event: ready\ndata: {}\n\n');
      open.push(response);
      return;
    }
    let text = '';
    for await (const chunk of request) text += chunk;
    for (const one of open.slice(0, 5)) one.write(`event: message.changed\ndata: ${text}\n\n`);
    response.writeHead(201).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
