/** Loaded before a command (`node --import`): writes what the process has cost to the file that VPPMUX_BENCH_COSTS names. */
import { writeFileSync } from 'node:fs';

export interface Costs {
  /** CPU seconds, those of its start included. */
  readonly cpuSeconds: number;
  /** The most memory it had, MiB. */
  readonly peak: number;
}

const file = process.env.VPPMUX_BENCH_COSTS;
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const costs: Costs = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peak: maxRSS / 1024 };
  if (file) writeFileSync(file, JSON.stringify(costs));
});
