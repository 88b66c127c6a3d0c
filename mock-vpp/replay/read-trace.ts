/** Reads the messages of a trace file. The format is described in docs/mock.md. */
import { printableLine, readRegularFile } from '../../src/mux/internal.js';
import { TraceError } from './trace-error.js';

export interface TraceMessage {
  /** Milliseconds since the trace began. */
  readonly t: number;
  /** Direction for the recorded client: its requests are `out`. */
  readonly dir: 'in' | 'out';
  /** Session of the client. */
  readonly gen: number;
  readonly name: string;
  readonly crc: string;
  readonly context: number | undefined;
  readonly body: Buffer;
  /** Whether only the beginning of the body was recorded. */
  readonly cut: boolean;
}

/** Number of messages that were dropped here. */
export interface Gap {
  readonly dropped: number;
}

export interface Trace {
  readonly file: string;
  /** Version text of the VPP, where known. */
  readonly vpp: string | undefined;
  readonly items: readonly (TraceMessage | Gap)[];
  /** Messages that could not be recorded, for people. */
  readonly flaws: readonly string[];
}

const FORMAT = 'vppmux-trace';
const VERSION = 1;
const LINE_FEED = 10;
/** A limit that holds a trace of hours. The file is in memory while it is read, and its messages take more. */
const TRACE_BYTES = 1 << 30;

/** Throws TRACE_INVALID, naming the line. */
export function readTrace(file: string): Trace {
  const items: (TraceMessage | Gap)[] = [];
  let vpp: string | undefined;
  let dropped = 0;
  let nameless = 0;
  let broken: { readonly number: number; readonly text: string } | undefined;
  let number = 0;
  for (const line of linesOf(file)) {
    number++;
    // The one before was not the last: then it is no line that somebody was interrupted in.
    if (broken !== undefined) throw invalid(file, broken.number, 'it is not JSON', broken.text);
    const item = parse(line);
    if (number === 1) checkHeader(file, item, line);
    if (item === undefined) broken = { number, text: line };
    else if ('format' in item) vpp ??= typeof item.vpp === 'string' ? item.vpp : undefined;
    else if (typeof item.dropped === 'number') {
      dropped += item.dropped;
      items.push({ dropped: item.dropped });
    } else if (item.name === undefined) nameless++;
    else items.push(messageOf(item, file, number, line));
  }
  if (number === 0) throw invalid(file, 1, 'there is none');
  const flaws = [
    ...(dropped > 0 ? [`messages were dropped while it was recorded: ${dropped}`] : []),
    ...(nameless > 0 ? [`messages with ids that were not in VPP's table: ${nameless}`] : []),
    ...(broken === undefined ? [] : ['its last line is not whole']),
  ];
  return { file, vpp, items, flaws };
}

export const isGap = (item: TraceMessage | Gap): item is Gap => 'dropped' in item;

function* linesOf(file: string): Generator<string> {
  let bytes: Buffer;
  try {
    bytes = readRegularFile(file, { max: TRACE_BYTES, pipes: true });
  } catch (cause) {
    throw new TraceError('TRACE_INVALID', `the trace ${file} cannot be read: ${(cause as Error).message}`, cause);
  }
  for (let at = 0; at < bytes.length; ) {
    const found = bytes.indexOf(LINE_FEED, at);
    const end = found < 0 ? bytes.length : found;
    yield bytes.toString('utf8', at, end);
    at = end + 1;
  }
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const item: unknown = JSON.parse(line);
    return typeof item === 'object' && item !== null ? (item as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function checkHeader(file: string, item: Record<string, unknown> | undefined, text: string): void {
  if (item?.format !== FORMAT) {
    throw invalid(file, 1, 'it is no header of a trace; traces are made by "vppmux trace --save FILE"', text);
  }
  if (item.version !== VERSION) {
    throw invalid(
      file,
      1,
      `version ${item.version} of the format is not known here, only ${VERSION}; use a newer vppmux`,
    );
  }
}

/** Hex digits of at least a message id. A pattern that counts pairs overflows the stack with the megabytes of a `get_api_json_reply`. */
function isHex(text: string): boolean {
  return text.length >= 4 && text.length % 2 === 0 && /^[0-9a-f]*$/.test(text);
}

function messageOf(item: Record<string, unknown>, file: string, line: number, text: string): TraceMessage {
  const { t, dir, gen, name, crc, context, hex, size } = item;
  const isMessage =
    typeof t === 'number' &&
    (dir === 'in' || dir === 'out') &&
    typeof gen === 'number' &&
    typeof name === 'string' &&
    typeof crc === 'string' &&
    (context === undefined || typeof context === 'number') &&
    typeof hex === 'string' &&
    isHex(hex);
  if (!isMessage) throw invalid(file, line, 'it is no message: t, dir, gen, name, crc and hex are needed', text);
  return { t, dir, gen, name, crc, context, body: Buffer.from(hex, 'hex'), cut: size !== undefined };
}

/** Characters of a line that are quoted. */
const QUOTED = 100;

function invalid(file: string, line: number, what: string, text = ''): TraceError {
  const shown = text.trim() === '' ? '' : `: ${printableLine(text.trim(), QUOTED)}`;
  return new TraceError('TRACE_INVALID', `the trace ${file} cannot be used: line ${line}: ${what}${shown}`);
}
