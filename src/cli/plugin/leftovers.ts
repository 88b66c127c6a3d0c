/** Leftovers of a plugin that has closed: whatever keeps the process alive or is called later, and errors that nobody caught. */

import { setTimeout as sleep } from 'node:timers/promises';
import { endedPluginIn } from '../../agent/for-cli.js';
import type { Plugin } from '../../agent/index.js';
import type { Finding } from '../output/finding.js';
import { whereAndWhy } from './steps.js';

/** Time for resources that end by themselves. */
const PATIENCE_MS = 1000;
/** Uncaught errors that are reported; the first say it all. */
const ERRORS_SHOWN = 3;

/** Number of resources of each kind. */
export type Stock = ReadonlyMap<string, number>;

export interface Holder {
  getActiveResourcesInfo(): string[];
  eventNames(): (string | symbol)[];
  listenerCount(event: string | symbol): number;
}

/** Names that plugin authors know, by Node's names. */
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

/** Resources left after `patienceMs`, in which those that end by themselves do so. */
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

export interface UncaughtErrors {
  readonly errors: readonly unknown[];
  stop(): void;
}

/** Collects them from now on; the process goes on meanwhile. */
export function collectUncaughtErrors(): UncaughtErrors {
  const errors: unknown[] = [];
  const add = (error: unknown) => {
    if (endedPluginIn(error) === undefined) errors.push(error);
  };
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  for (const event of events) process.on(event, add);
  return {
    errors,
    stop() {
      for (const event of events) process.off(event, add);
    },
  };
}

export async function* checkLeftovers(
  plugin: Plugin,
  before: Stock,
  uncaught: readonly unknown[],
): AsyncGenerator<Finding> {
  const left = await leftOver(before, PATIENCE_MS);
  if (left.length === 0) yield { check: 'left over', ok: 'yes', detail: 'nothing' };
  else {
    const fix = 'end in "close" what create and init have begun; before, when init fails: with the service Closing';
    yield { check: 'left over', ok: 'warn', detail: `${showLeft(left)} after it has closed`, fix };
  }
  for (const error of uncaught.slice(0, ERRORS_SHOWN)) {
    const detail = `nobody caught "${whereAndWhy(error, plugin.file)}", which ends an agent`;
    yield {
      check: 'escaped',
      ok: 'no',
      detail,
      fix: 'catch it in the timer, the listener or the promise that it came from',
    };
  }
}
