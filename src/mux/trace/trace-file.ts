/**
 * A trace as text: JSON lines, the first one a header.
 *
 *   {"format":"vppmux-trace","version":1,"vpp":"26.06-release","schema":"358ee3…","startedAt":"2026-11-20T…Z",…}
 *   {"t":0.113,"dir":"out","gen":1,"name":"show_version","crc":"51077d14","context":77,"hex":"0563…","fields":{}}
 *   {"t":0.291,"dir":"in","gen":1,"name":"show_version_reply","crc":"c919bde1","context":77,"hex":"0564…","fields":{…}}
 *
 * `schema` is the hash of VPP's message table, as in the cache of definitions; another header follows where VPP
 * comes back with other messages. `hex` is the message, `fields` the same for people. `{"dropped":12}` stands where
 * 12 messages are missing. Messages may hold secrets.
 */

import { hexOf, jsonLine } from '../json/json-value.js';
import type { Connection, TraceEntry } from '../types.js';

export const TRACE_FORMAT = 'vppmux-trace';
export const TRACE_VERSION = 1;

export interface TraceHeader {
  readonly format: typeof TRACE_FORMAT;
  readonly version: typeof TRACE_VERSION;
  /** VPP's version string, where known. */
  readonly vpp?: string;
  /** Hash of VPP's message table; missing before the first session. */
  readonly schema?: string;
  /** ISO 8601; `t` of all lines counts from here. */
  readonly startedAt: string;
  readonly socket: string;
}

export interface TraceLine {
  /** Milliseconds, to the microsecond. */
  readonly t: number;
  /** Direction as this program sees it. */
  readonly dir: 'in' | 'out';
  /** Generation of the session. */
  readonly gen: number;
  /** Missing, like `crc`, where the id is not in VPP's table. */
  readonly name?: string;
  readonly crc?: string;
  readonly context?: number;
  /** Channel of the request, and its name. */
  readonly channel?: number;
  readonly client?: string;
  /** Size of the body in bytes, where `hex` has only its beginning. */
  readonly size?: number;
  /** The whole body, `_vl_msg_id` first. */
  readonly hex: string;
  /** Fields as `toJson` writes them, with all arms of unions; missing where the message cannot be decoded. */
  readonly fields?: unknown;
}

/** Number of messages that were not kept or not read in time. */
export interface TraceGap {
  readonly dropped: number;
}

export interface TraceWriterOptions {
  /** Largest body that is written whole, bytes; a longer one is cut, without fields. Default: no limit. */
  readonly maxBody?: number;
}

/** Bytes written of a body that is too long. */
const BEGINNING = 64;

/** Writes one trace, line by line. Lines have no line ends. */
export class TraceWriter {
  private begun = false;
  private schema: string | undefined;
  private readonly maxBody: number;

  /** `from`: origin of `t`, on the clock of `TraceEntry.at`. */
  constructor(
    private readonly vpp: Pick<Connection, 'status' | 'tableHash'>,
    private readonly from: number,
    { maxBody = Number.POSITIVE_INFINITY }: TraceWriterOptions = {},
  ) {
    this.maxBody = maxBody;
  }

  /** Gives the line of `entry`; before it a header, when there was none or VPP has other messages than before. */
  *lines(entry: TraceEntry): Generator<string> {
    const { schema } = entry;
    if (!this.begun || (schema !== undefined && schema !== this.schema)) yield this.header(schema);
    yield jsonLine(this.lineOf(entry));
  }

  /** Gives the header, for a trace that begins before there is an entry. */
  header(schema = this.vpp.tableHash): string {
    const { status, tableHash } = this.vpp;
    this.begun = true;
    this.schema = schema;
    const header: TraceHeader = {
      format: TRACE_FORMAT,
      version: TRACE_VERSION,
      vpp: schema === tableHash ? status.version : undefined,
      schema,
      startedAt: new Date(performance.timeOrigin + this.from).toISOString(),
      socket: status.socket,
    };
    return JSON.stringify(header);
  }

  private lineOf(entry: TraceEntry): TraceLine {
    const { at, direction, generation, name, crc, context, channel, channelName: client, body } = entry;
    const t = Math.round((at - this.from) * 1000) / 1000;
    const head = { t, dir: direction, gen: generation, name, crc, context, channel, client };
    if (body.length <= this.maxBody) return { ...head, hex: hexOf(body), fields: entry.fields() };
    return { ...head, size: body.length, hex: hexOf(body.subarray(0, BEGINNING)) };
  }
}

/** Gives the lines of a whole trace; `vppmux mock --replay` reads them, once each has a line end. */
export function* traceLines(
  vpp: Pick<Connection, 'status' | 'tableHash'>,
  entries: readonly TraceEntry[],
): Generator<string> {
  const writer = new TraceWriter(vpp, entries[0]?.at ?? performance.now());
  if (entries.length === 0) yield writer.header();
  for (const entry of entries) yield* writer.lines(entry);
}
