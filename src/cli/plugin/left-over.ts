/** What a plugin leaves behind: whatever would keep the process alive, or be called, after it has closed. */

import { setTimeout as sleep } from 'node:timers/promises';

/** How many there are of each kind. */
export type Stock = ReadonlyMap<string, number>;

export interface Holder {
  getActiveResourcesInfo(): string[];
  eventNames(): (string | symbol)[];
  listenerCount(event: string | symbol): number;
}

/** In the words of those who made them. */
const KINDS: Readonly<Record<string, string>> = {
  Timeout: 'timer',
  TCPSocketWrap: 'TCP connection',
  TCPServerWrap: 'TCP server',
  PipeWrap: 'Unix socket or pipe',
  PipeServerWrap: 'Unix socket server',
  UDPWrap: 'UDP socket',
  FSEventWrap: 'watched file',
  StatWatcher: 'watched file',
  ProcessWrap: 'child process',
  MessagePort: 'worker or message port',
};

/** Timers, sockets and servers that keep the process alive, and listeners of the process itself. */
export function takeStock(holder: Holder = process): Stock {
  const listeners = holder.eventNames().flatMap((event) => {
    return Array<string>(holder.listenerCount(event)).fill(`listener of process.on('${String(event)}')`);
  });
  const stock = new Map<string, number>();
  for (const kind of [...holder.getActiveResourcesInfo(), ...listeners]) {
    const name = KINDS[kind] ?? kind;
    stock.set(name, (stock.get(name) ?? 0) + 1);
  }
  return stock;
}

/** `2 × timer` for each of which there are more than before. */
export function grown(before: Stock, now: Stock): { readonly kind: string; readonly count: number }[] {
  return [...now]
    .map(([kind, count]) => ({ kind, count: count - (before.get(kind) ?? 0) }))
    .filter(({ count }) => count > 0);
}

/** What is still there after all that ends by itself has had `patienceMs` to do so. */
export async function leftOver(before: Stock, patienceMs: number, look: () => Stock = takeStock) {
  const deadline = performance.now() + patienceMs;
  let left = grown(before, look());
  while (left.length > 0 && performance.now() < deadline) {
    await sleep(20);
    left = grown(before, look());
  }
  return left;
}

export const showLeft = (left: ReturnType<typeof grown>) =>
  left.map(({ kind, count }) => `${count} × ${kind}`).join(', ');
