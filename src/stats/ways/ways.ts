/** The ways to the memory of a segment, and the first one that works. */
import { closeSync, fstatSync } from 'node:fs';
import { reasonOf } from '../../thrown.js';
import { StatsError } from '../errors.js';
import type { StatsWay } from '../types.js';
import { koffiCalls } from './koffi-calls.js';
import { nodeFfiCalls } from './node-ffi-calls.js';
import { findInProc } from './proc-way.js';
import { receiveByPython } from './python3-way.js';
import { receiveDescriptor } from './receive-descriptor.js';
import { type Reached, type Way, WayError } from './way.js';

export const WAYS: readonly Way[] = [
  { name: 'node:ffi', reach: async (socket) => receiveDescriptor(await nodeFfiCalls(), socket) },
  { name: 'koffi', reach: async (socket) => receiveDescriptor(await koffiCalls(), socket) },
  { name: 'proc', reach: findInProc },
  { name: 'python3', reach: (socket) => receiveByPython(socket) },
];

export interface Opened extends Reached {
  readonly way: StatsWay;
  /** Bytes of the file. */
  readonly size: number;
  /** Device and inode of the file. */
  readonly identity: string;
}

/** The first way of `ways` that works. Rejects with StatsError: STATS_AWAY, STATS_PERMISSION, STATS_UNREACHABLE. */
export async function reachSegment(socket: string, ways: readonly Way[]): Promise<Opened> {
  const reasons: Partial<Record<StatsWay, string>> = {};
  let denied = false;
  for (const way of ways) {
    try {
      return openedOf(way.name, await way.reach(socket));
    } catch (error) {
      reasons[way.name] = reasonOf(error);
      if (!(error instanceof WayError)) continue;
      if (error.kind === 'missing' || error.kind === 'refused') throw away(socket, error.message);
      if (error.kind === 'silent') throw new StatsError('STATS_BUSY', `${socket}: ${error.message}`);
      denied ||= error.kind === 'permission';
    }
  }
  const each = Object.entries(reasons).map(([way, reason]) => `${way}: ${reason}`);
  if (denied) throw new StatsError('STATS_PERMISSION', `${socket}: ${STEPS} (${each.join('; ')})`, { ways: reasons });
  throw new StatsError('STATS_UNREACHABLE', `no way to the stats segment of ${socket}: ${each.join('; ')}`, {
    ways: reasons,
  });
}

const STEPS = 'no permission; join the group of the socket, or set unix { gid … } in startup.conf';

export const away = (socket: string, reason: string) =>
  new StatsError(
    'STATS_AWAY',
    `no counters at ${socket}: ${reason}; start VPP, or name its stats socket (statseg { socket-name … })`,
  );

/** Checks that it is a file: nothing else can be read at an offset without waiting. */
function openedOf(way: StatsWay, reached: Reached): Opened {
  const file = fstatSync(reached.fd);
  if (!file.isFile()) {
    closeSync(reached.fd);
    throw new Error('what it sent is no file');
  }
  return { ...reached, way, size: file.size, identity: `${file.dev}:${file.ino}` };
}

export interface WayReport {
  readonly way: StatsWay;
  readonly works: boolean;
  /** Why it does not work. */
  readonly reason?: string;
}

/** Tries each way, the ones behind the first that works as well: for people who ask which there are. */
export async function tryWays(socket: string, ways: readonly Way[] = WAYS): Promise<WayReport[]> {
  const reports: WayReport[] = [];
  for (const way of ways) {
    try {
      closeSync(openedOf(way.name, await way.reach(socket)).fd);
      reports.push({ way: way.name, works: true });
    } catch (error) {
      reports.push({ way: way.name, works: false, reason: reasonOf(error) });
    }
  }
  return reports;
}
