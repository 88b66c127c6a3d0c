/** A stats segment as a file: so many interfaces, of so many threads, with the counters and errors that VPP has of each. */
import { writeFileSync } from 'node:fs';
import { EntryType, StatsSegment } from '../../../mock-vpp/stats/segment.js';

const COMBINED = ['rx', 'tx'].flatMap((way) => ['', '-unicast', '-multicast', '-broadcast'].map((to) => way + to));
const SIMPLE = ['drops', 'punt', 'ip4', 'ip6', 'rx-no-buf', 'rx-miss', 'rx-error', 'tx-error', 'mpls'];
const ERRORS = ['interface is down', 'interface is deleted', 'no tx queue available'];
const SIZE = 64 * 1024 * 1024;

/** Writes the file. No counter is 0. */
export function writeStatsFile(path: string, interfaces: number, threads: number): void {
  const segment = new StatsSegment(SIZE);
  const { memory } = segment;
  const names = Array.from({ length: interfaces }, (_, i) => `GigabitEthernet0/${i >> 3}/${i & 7}`);
  const number = (type: number, name: string, value: number) => segment.setValue(segment.add(type, name), value);
  number(EntryType.SCALAR, '/sys/heartbeat', 7);
  number(EntryType.SCALAR, '/sys/boottime', 1_795_807_413);
  number(EntryType.GAUGE, '/sys/num_worker_threads', threads - 1);
  /** Vectors of each thread, with `size` bytes for each of `count`. */
  const counters = (type: number, name: string, count: number, size: 8 | 16) => {
    const index = segment.add(type, name);
    const byThread = memory.vector(threads * 8, threads);
    for (let thread = 0; thread < threads; thread++) {
      const column = memory.vector(count * size, count);
      for (let at = 0; at < count * size; at += 8) memory.u64(column + at, 1 + thread + at * 1_000_003);
      memory.pointer(byThread + thread * 8, column);
    }
    segment.setPointer(index, byThread);
    return index;
  };
  const list = segment.add(EntryType.NAMES, '/if/names');
  const pointers = memory.vector(interfaces * 8, interfaces);
  for (const [i, name] of names.entries()) {
    const text = memory.vector(name.length + 1, name.length + 1);
    memory.text(text, name, name.length + 1);
    memory.pointer(pointers + i * 8, text);
  }
  segment.setPointer(list, pointers);
  const entries = [
    ...COMBINED.map((name) => [name, counters(EntryType.COMBINED, `/if/${name}`, interfaces, 16)] as const),
    ...SIMPLE.map((name) => [name, counters(EntryType.SIMPLE, `/if/${name}`, interfaces, 8)] as const),
  ];
  const errors = counters(EntryType.SIMPLE, '/node/errors', interfaces * ERRORS.length, 8);
  for (const [i, name] of names.entries()) {
    for (const [counter, index] of entries) segment.addSymlink(`/interfaces/${name}/${counter}`, index, i);
    for (const [j, error] of ERRORS.entries()) {
      segment.addSymlink(`/err/${name}-output/${error}`, errors, i * ERRORS.length + j);
    }
  }
  writeFileSync(path, memory.bytes);
}
