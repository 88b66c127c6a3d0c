/** Counters of interfaces: `/if`, by `sw_if_index`. */
import type { InterfaceCounters, InterfaceStats, StatsEntry, Traffic } from '../types.js';
import { ByName } from './by-name.js';

export const INTERFACE_PATTERNS = ['^/if/'];

/** Name of an interface that was deleted, until its index is used again. */
const DELETED = 'deleted';

const COMBINED = {
  rx: 'rx',
  tx: 'tx',
  rxUnicast: 'rx-unicast',
  rxMulticast: 'rx-multicast',
  rxBroadcast: 'rx-broadcast',
  txUnicast: 'tx-unicast',
  txMulticast: 'tx-multicast',
  txBroadcast: 'tx-broadcast',
} as const;

const SIMPLE = {
  rxError: 'rx-error',
  txError: 'tx-error',
  rxMiss: 'rx-miss',
  rxNoBuffer: 'rx-no-buf',
  drops: 'drops',
  punts: 'punt',
  ip4: 'ip4',
  ip6: 'ip6',
  mpls: 'mpls',
} as const;

type Fields = { -readonly [K in keyof InterfaceCounters]: InterfaceCounters[K] };

interface Vectors {
  readonly combined: readonly (readonly [
    keyof typeof COMBINED,
    readonly BigUint64Array[],
    readonly BigUint64Array[],
  ])[];
  readonly simple: readonly (readonly [keyof typeof SIMPLE, readonly BigUint64Array[]])[];
  readonly threads: number;
}

export function* interfaceCounters(entries: readonly StatsEntry[]): Generator<void, readonly InterfaceStats[]> {
  const all = new ByName(entries);
  const vectors = vectorsIn(all);
  const interfaces: InterfaceStats[] = [];
  for (const [index, name] of (all.of('/if/names', 'names')?.names ?? []).entries()) {
    if (name === undefined || name === DELETED) continue;
    const threads = Array.from({ length: vectors.threads }, (_, thread) => countersAt(vectors, thread, index));
    interfaces.push({ index, name, ...total(threads), threads });
    yield;
  }
  return interfaces;
}

function vectorsIn(all: ByName): Vectors {
  const combined = (Object.keys(COMBINED) as (keyof typeof COMBINED)[]).flatMap((field) => {
    const entry = all.of(`/if/${COMBINED[field]}`, 'combined');
    return entry === undefined ? [] : [[field, entry.packets, entry.bytes] as const];
  });
  const simple = (Object.keys(SIMPLE) as (keyof typeof SIMPLE)[]).flatMap((field) => {
    const entry = all.of(`/if/${SIMPLE[field]}`, 'simple');
    return entry === undefined ? [] : [[field, entry.counters] as const];
  });
  const threads = Math.max(0, ...[...combined, ...simple].map(([, vectors]) => vectors.length));
  return { combined, simple, threads };
}

function countersAt({ combined, simple }: Vectors, thread: number, index: number): InterfaceCounters {
  const counters: Fields = {};
  for (const [field, packets, bytes] of combined) {
    const count = packets[thread]?.[index];
    if (count !== undefined) counters[field] = { packets: count, bytes: bytes[thread][index] };
  }
  for (const [field, values] of simple) {
    const count = values[thread]?.[index];
    if (count !== undefined) counters[field] = count;
  }
  return counters;
}

/** Sums of what at least one thread has. */
function total(threads: readonly InterfaceCounters[]): InterfaceCounters {
  const sums: Fields = {};
  for (const counters of threads) {
    for (const field of Object.keys(counters) as (keyof InterfaceCounters)[]) {
      const value = counters[field] as bigint & Traffic;
      const known = sums[field] as (bigint & Traffic) | undefined;
      const next = typeof value === 'bigint' ? value + (known ?? 0n) : addTraffic(value, known);
      (sums as Record<string, bigint | Traffic>)[field] = next;
    }
  }
  return sums;
}

const addTraffic = (a: Traffic, b: Traffic | undefined): Traffic =>
  b === undefined ? a : { packets: a.packets + b.packets, bytes: a.bytes + b.bytes };
