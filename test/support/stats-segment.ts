/** Reads a stats segment as VPP's readers do, from a file or from memory. */
import { readFileSync } from 'node:fs';

export interface Segment {
  readonly epoch: number;
  readonly inProgress: number;
  /** Number of entries, empty ones included. */
  readonly length: number;
  /** Name → a number, numbers by thread and column, names, or what a symlink leads to. */
  readonly entries: ReadonlyMap<string, unknown>;
}

const ENTRY = 144;

export const readSegmentFile = (path: string): Segment => readSegment(readFileSync(path));

export function readSegment(bytes: Buffer): Segment {
  const u32 = (at: number) => bytes.readUInt32LE(at);
  const u64 = (at: number) => Number(bytes.readBigUInt64LE(at));
  if (u64(0) !== 2) throw new Error(`version ${u64(0)}`);
  const target = (at: number) => u64(at) - u64(8);
  const each = <T>(vector: number, size: number, read: (at: number) => T): T[] =>
    Array.from({ length: u32(vector - 8) }, (_, index) => read(vector + index * size));
  const text = (at: number) => bytes.toString('latin1', at, bytes.indexOf(0, at));
  /** The length of a name counts its NUL. */
  const named = (at: number) => bytes.toString('latin1', at, at + u32(at - 8) - 1);
  const threads = <T>(at: number, size: number, read: (at: number) => T) =>
    each(target(at), 8, (thread) => each(target(thread), size, read));
  const amount = (at: number) => ({ packets: u64(at), bytes: u64(at + 8) });
  const directory = target(32);
  const valueAt = (at: number): unknown => {
    switch (u32(at)) {
      case 1:
      case 9:
        return u64(at + 8);
      case 2:
        return threads(at + 8, 8, u64);
      case 3:
        return threads(at + 8, 16, amount);
      case 4:
        return each(target(at + 8), 8, (name) => (u64(name) === 0 ? undefined : named(target(name))));
      case 6: {
        const whole = valueAt(directory + u32(at + 8) * ENTRY) as unknown[][];
        return whole.map((columns) => columns[u32(at + 12)]);
      }
      default:
        return undefined;
    }
  };
  const all = each(directory, ENTRY, (at) => [text(at + 16), valueAt(at)] as const);
  const entries = new Map(all.filter(([name]) => name !== ''));
  return { epoch: u64(16), inProgress: u64(24), length: all.length, entries };
}
