/**
 * Resources that the process holds: timers (those that do not keep it alive as well, which getActiveResourcesInfo()
 * leaves out), sockets, watched directories. Must be the first import of a program.
 */
import { createHook } from 'node:async_hooks';

const NAMED = new Set(['Timeout', 'PIPEWRAP', 'PIPECONNECTWRAP', 'FSEVENTWRAP', 'STATWATCHER']);
const live = new Map<number, string>();

createHook({
  init(id, type) {
    if (NAMED.has(type)) live.set(id, type);
  },
  destroy(id) {
    live.delete(id);
  },
}).enable();

/** How many of each there are once what has just ended is gone. */
export async function liveResources(): Promise<Record<string, number>> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setTimeout(resolve, 2));
  await new Promise((resolve) => setImmediate(resolve)); // the last of these timers is gone as well
  const counts: Record<string, number> = {};
  for (const type of live.values()) counts[type] = (counts[type] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort());
}
