/**
 * Work that keeps the event loop, without the time it takes: the machine may give half of the CPU to others, and work
 * that gets less than that counts as the machine's fault.
 */

import { onTestFinished } from 'vitest';

/** Advances the clock and the CPU time of this process by `ms`. Its source may stand in the file of a plugin. */
export function worksFor(ms: number): void {
  const { now } = performance;
  const { cpuUsage } = process;
  performance.now = () => now.call(performance) + ms;
  process.cpuUsage = (before) => {
    const { user, system } = cpuUsage.call(process, before);
    return { user: user + ms * 1000, system };
  };
}

/** Sets the clocks right after the test. */
export function rightAfterwards(): void {
  const { now } = performance;
  const { cpuUsage } = process;
  onTestFinished(() => {
    performance.now = now;
    process.cpuUsage = cpuUsage;
  });
}
