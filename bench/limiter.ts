/**
 * `npm run bench -- limiter`: what a request costs that is limited, its three buckets together, for 10,000 callers by turns of
 * whom some have to wait; against a million decisions a second.
 */
import { type Bucket, createLocalLimiter, policy } from '../server/platform/limits/gcra.ts';
import { median, rounded } from './statistics.ts';

const CALLERS = 10_000;
const DECISIONS = 2_000_000;
const WANTED = 1_000_000;

const policies = [policy('lists', 100, 60), policy('requests', 1200, 60), policy('address', 30_000, 60)];
const callers: Bucket[][] = Array.from({ length: CALLERS }, (_, caller) =>
  policies.map((policy, index) => ({ key: `${policy.name}:${index === 2 ? caller % 100 : caller}`, policy, cost: 1 })),
);
const nth = (n: number) => callers[n % CALLERS] ?? [];

export async function run(print: (line: object) => void, { rounds }: { rounds: number }): Promise<void> {
  const speeds: number[] = [];
  const costs: number[] = [];
  let refused = 0;
  for (let round = 0; round <= rounds; round += 1) {
    const limiter = createLocalLimiter();
    refused = 0;
    const [start, before] = [performance.now(), process.cpuUsage()];
    for (let n = 0; n < DECISIONS; n += 1) if (limiter.take(nth(n)).wait > 0) refused += 1;
    const [took, cpu] = [performance.now() - start, process.cpuUsage(before)];
    // The first one warms up.
    if (round === 0) continue;
    speeds.push((DECISIONS / took) * 1000);
    costs.push((cpu.user + cpu.system) / DECISIONS);
  }
  const ours = median(speeds);
  print({
    bench: 'limiter',
    ours: rounded(ours, 3),
    reference: WANTED,
    ratio: rounded(ours / WANTED, 3),
    unit: 'decisions/s',
    cpu_us_per_request: rounded(median(costs), 3),
    refused: rounded(refused / DECISIONS, 3),
    rounds,
  });
}
