/**
 * `npm run lighthouse`: the built product with the demo campus, as a mid-range phone on slow 4G sees it (Lighthouse's
 * mobile preset), one JSON line for each public page. The medians of three runs; `-- home` for one page.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { chromiumPath } from '../e2e/chromium.ts';
import { median } from './statistics.ts';

const RUNS = 3;
const only = process.argv.slice(2);

const folder = await mkdtemp(join(tmpdir(), 'collabthon-lighthouse-'));
const port = await freePort();
const product = spawn(process.execPath, ['server/services/all.ts', '--port', String(port)], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, DATA_DIR: folder, RATE_LIMITS: 'off', LOG_LEVEL: 'error' },
});
const debugPort = await freePort();
const browser = await chromium.launch({
  executablePath: chromiumPath(),
  args: ['--no-sandbox', `--remote-debugging-port=${debugPort}`],
});

try {
  const url = await announcedAddress();
  for (const [page, path] of Object.entries(await pages(url))) {
    if (only.length > 0 && !only.includes(page)) continue;
    // The first visit after a start warms what every later visitor finds warm.
    await (await fetch(url + path)).text();
    const results: Awaited<ReturnType<typeof measure>>[] = [];
    for (let run = 0; run < RUNS; run++) results.push(await measure(url + path));
    const middle = (name: keyof Measured) => median(results.map((result) => result[name]));
    console.log(
      JSON.stringify({
        page,
        performance: middle('performance'),
        accessibility: middle('accessibility'),
        best_practices: middle('best_practices'),
        seo: middle('seo'),
        lcp_ms: middle('lcp_ms'),
        cls: middle('cls'),
        js_kb: middle('js_kb'),
      }),
    );
    for (const finding of new Set(results.flatMap(({ findings }) => findings))) console.error(`  ${page}: ${finding}`);
  }
} finally {
  await browser.close();
  product.kill('SIGTERM');
  if (product.exitCode === null) await once(product, 'exit');
  await rm(folder, { recursive: true, force: true });
}

interface Measured {
  performance: number;
  accessibility: number;
  best_practices: number;
  seo: number;
  /** Largest contentful paint, milliseconds. */
  lcp_ms: number;
  /** Cumulative layout shift. */
  cls: number;
  /** JavaScript on the wire, kilobytes of 1,000 bytes. */
  js_kb: number;
}

async function measure(url: string): Promise<Measured & { findings: string[] }> {
  const result = await lighthouse(url, { port: debugPort, logLevel: 'error' });
  if (!result) throw new Error(`Lighthouse gave no result for ${url}.`);
  const { audits, categories } = result.lhr;
  const score = (name: string) => Math.round((categories[name]?.score ?? 0) * 100);
  const requests = (audits['network-requests']?.details as { items?: NetworkRequest[] } | undefined)?.items ?? [];
  const bytes = requests
    .filter(({ resourceType }) => resourceType === 'Script')
    .reduce((total, { transferSize }) => total + transferSize, 0);
  const named = ['accessibility', 'best-practices', 'seo'].flatMap((name) => categories[name]?.auditRefs ?? []);
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    best_practices: score('best-practices'),
    seo: score('seo'),
    lcp_ms: Math.round(audits['largest-contentful-paint']?.numericValue ?? Number.NaN),
    cls: Number((audits['cumulative-layout-shift']?.numericValue ?? Number.NaN).toFixed(4)),
    js_kb: Math.round(bytes / 100) / 10,
    findings: named
      .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
      .map(({ id }) => `${id}: ${audits[id]?.title}`),
  };
}

interface NetworkRequest {
  resourceType: string;
  transferSize: number;
}

/** A project and a person that visitors may see, beside the fixed addresses. */
async function pages(url: string): Promise<Record<string, string>> {
  const first = async (path: string) => {
    const { items } = (await (await fetch(`${url}/api/v1${path}`)).json()) as {
      items: { id: number; user_id: number }[];
    };
    if (!items[0]) throw new Error(`${path} is empty; the demo campus is missing.`);
    return items[0];
  };
  const project = await first('/projects?limit=1');
  const person = await first('/profiles?limit=1');
  return {
    home: '/',
    explore: '/explore/projects',
    project: `/projects/${project.id}`,
    person: `/people/${person.user_id}`,
  };
}

async function announcedAddress(): Promise<string> {
  for await (const line of createInterface({ input: product.stdout })) {
    const address = /runs at (http:\S+)/.exec(line)?.[1];
    if (address) return address;
  }
  throw new Error('The product did not start.');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}
