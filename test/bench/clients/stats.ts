/** Reads all counters of a stats socket, again and again: how long each read takes, and the longest turn of the event loop meanwhile. */
import { openStats } from '../../../src/stats/index.js';

export interface StatsReads {
  /** Milliseconds of each read. */
  readonly ms: readonly number[];
  readonly entries: number;
  /** Milliseconds of the longest turn of the event loop, by read. */
  readonly longest: readonly number[];
}

const [socket, times] = [process.argv[2], Number(process.argv[3])];
const stats = openStats({ socket });
const reads = { ms: [] as number[], entries: 0, longest: [] as number[] };
let [last, longest, isOn] = [performance.now(), 0, true];
const turn = () => {
  const now = performance.now();
  longest = Math.max(longest, now - last);
  last = now;
  if (isOn) setImmediate(turn);
};
turn();
for (let n = 0; n < times; n++) {
  const start = performance.now();
  longest = 0;
  const { entries, skipped } = await stats.dump();
  reads.ms.push(performance.now() - start);
  reads.longest.push(longest);
  reads.entries = entries.length;
  if (skipped.length > 0) throw new Error(`${skipped.length} entries were skipped`);
}
isOn = false;
await stats.close();
console.log(JSON.stringify(reads));
