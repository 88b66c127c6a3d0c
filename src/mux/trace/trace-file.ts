/**
 * A trace as text: JSON lines, the first one a header.
 *
 *   {"format":"vppmux-trace","version":1,"vpp":"26.06-release","schema":"358ee3…","startedAt":"2026-11-20T…Z",…}
 *   {"t":0.113,"dir":"out","gen":1,"name":"show_version","context":77,"hex":"0563…"}
 *   {"t":0.291,"dir":"in","gen":1,"name":"show_version_reply","context":77,"hex":"0564…"}
 *
 * `schema` is the hash of VPP's message table, as in the cache of definitions; `t` counts milliseconds from
 * `startedAt`; `dir` is as this program sees it; `gen` tells sessions apart. Messages may hold secrets.
 */

import type { Connection } from '../types.js';
import type { TraceEntry } from './entry.js';

export const TRACE_FORMAT = 'vppmux-trace';
export const TRACE_VERSION = 1;

export interface TraceHeader {
  readonly format: typeof TRACE_FORMAT;
  readonly version: typeof TRACE_VERSION;
  /** VPP's version text, once known. */
  readonly vpp?: string;
  /** Hash of VPP's message table; undefined before the first session. */
  readonly schema?: string;
  /** ISO 8601; `t` of the lines counts from here. */
  readonly startedAt: string;
  readonly socket: string;
}

export interface TraceLine {
  /** Milliseconds, to the microsecond. */
  readonly t: number;
  readonly dir: 'in' | 'out';
  readonly gen: number;
  readonly name?: string;
  readonly context?: number;
  /** The whole body, `_vl_msg_id` first. */
  readonly hex: string;
}

/** `from`: where `t` begins, on the clock of `TraceEntry.at`. */
export function traceHeader(vpp: Pick<Connection, 'status' | 'tableHash'>, from: number): TraceHeader {
  const { version, socket } = vpp.status;
  const startedAt = new Date(performance.timeOrigin + from).toISOString();
  return { format: TRACE_FORMAT, version: TRACE_VERSION, vpp: version, schema: vpp.tableHash, startedAt, socket };
}

export function traceLine({ at, direction, generation, name, context, body }: TraceEntry, from: number): TraceLine {
  const t = Math.round((at - from) * 1000) / 1000;
  const hex = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('hex');
  return { t, dir: direction, gen: generation, name, context, hex };
}

/** The lines of a whole trace, without line ends: what `vppmux mock --replay` reads. */
export function* traceLines(
  vpp: Pick<Connection, 'status' | 'tableHash'>,
  entries: readonly TraceEntry[],
): Generator<string> {
  const from = entries[0]?.at ?? performance.now();
  yield JSON.stringify(traceHeader(vpp, from));
  for (const entry of entries) yield JSON.stringify(traceLine(entry, from));
}
