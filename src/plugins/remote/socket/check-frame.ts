/** Checks what a client sent: after this, a frame has the members that its type has, each with a value of its type. */

import { z } from 'zod';
import type { ClientFrame, WireFields } from '../../../remote/protocol/index.js';
import { FrameFault } from './frame-fault.js';

/** Levels of lists and maps in each other: as CBOR has them, so that one form is no way around the other. */
const MAX_DEPTH = 64;
/** Milliseconds of a day. */
const LONGEST_MS = 86_400_000;
const MOST_PATTERNS = 100;
const LONGEST_PATTERN = 1000;
const LEAST_INTERVAL_MS = 100;

/** Rows or events that may wait in a channel: small ones take more memory than their bytes. */
const MOST_WAITING = 1_048_576;

const number = z.int().min(0);
const count = z.int().min(1);
const ms = z.int().min(1).max(LONGEST_MS);
const name = z.string().max(200);
const fields = z.custom<WireFields>(isMap, 'must be an object');
const credit = number.optional();

const openFrame = z.strictObject({
  type: z.literal('open'),
  channel: number,
  name: name.optional(),
  access: z.enum(['read', 'write']).optional(),
  requestBuffer: count.optional(),
  replyBuffer: count.max(MOST_WAITING).optional(),
  replyBytes: count.optional(),
  replyTimeoutMs: ms.optional(),
});
const requestFrame = z.strictObject({
  type: z.literal('request'),
  id: number,
  channel: number,
  message: name,
  fields: fields.optional(),
  timeoutMs: ms.optional(),
  anyRetval: z.boolean().optional(),
});
const dumpFrame = z.strictObject({
  type: z.literal('dump'),
  id: number,
  channel: number,
  message: name,
  fields: fields.optional(),
  timeoutMs: ms.optional(),
  credit,
  packed: z.boolean().optional(),
});
const eventsFrame = z.strictObject({
  type: z.literal('events'),
  id: number,
  channel: number,
  message: name,
  want: fields.optional(),
  subscribe: z.boolean().optional(),
  credit,
});
const callFrame = z.strictObject({
  type: z.literal('call'),
  id: number,
  operation: name,
  input: z.unknown().optional(),
  timeoutMs: ms.optional(),
  progress: z.boolean().optional(),
});
const statsFrame = z.strictObject({
  type: z.literal('stats'),
  id: number,
  patterns: z.array(z.string().max(LONGEST_PATTERN)).max(MOST_PATTERNS),
  intervalMs: ms.min(LEAST_INTERVAL_MS).optional(),
  credit,
});
const resumeFrame = z.strictObject({
  type: z.literal('resume'),
  session: z.string().max(200),
  channels: z.array(number).optional(),
  streams: z.array(z.strictObject({ id: number, seq: number, credit: number })),
});

const SCHEMAS = {
  open: openFrame,
  close: z.strictObject({ type: z.literal('close'), channel: number }),
  request: requestFrame,
  dump: dumpFrame,
  events: eventsFrame,
  call: callFrame,
  stats: statsFrame,
  'watch-state': z.strictObject({ type: z.literal('watch-state'), id: number }),
  table: z.strictObject({ type: z.literal('table'), id: number }),
  ping: z.strictObject({ type: z.literal('ping') }),
  credit: z.strictObject({ type: z.literal('credit'), id: number, count: number }),
  cancel: z.strictObject({ type: z.literal('cancel'), id: number }),
  resume: resumeFrame,
} satisfies { readonly [Type in ClientFrame['type']]: z.ZodType<Extract<ClientFrame, { type: Type }>> };

/** Frames whose refusal can be told with an `error` of the id that they open. */
const OPENING: ReadonlySet<string> = new Set(['request', 'dump', 'events', 'call', 'stats', 'watch-state', 'table']);

/** Throws FrameFault. */
export function checkFrame(value: unknown): ClientFrame {
  if (!isMap(value)) throw new FrameFault('a frame is an object with a type');
  const { type } = value;
  if (typeof type !== 'string' || !Object.hasOwn(SCHEMAS, type)) {
    throw new FrameFault(`a frame has a type, one of ${Object.keys(SCHEMAS).join(', ')}`, undefined, 'type');
  }
  const { success, data, error } = SCHEMAS[type as ClientFrame['type']].safeParse(value);
  if (!success) throw faultOf(value, error);
  if (isDeeper(data, MAX_DEPTH)) throw new FrameFault(`nested deeper than ${MAX_DEPTH} levels`, answerTo(value));
  return data;
}

function faultOf(value: Readonly<Record<string, unknown>>, { issues: [issue] }: z.ZodError): FrameFault {
  const path = issue.path.join('.');
  const text = `${value.type}${path === '' ? '' : `: ${path}`}: ${issue.message}`;
  return new FrameFault(text.slice(0, 500), answerTo(value), path === '' ? undefined : path.slice(0, 200));
}

/** The stream or channel that a refusal can be told of. */
function answerTo({ type, id, channel }: Readonly<Record<string, unknown>>) {
  if (OPENING.has(String(type))) return number.safeParse(id).success ? { id: id as number } : undefined;
  return type === 'open' && number.safeParse(channel).success ? { channel: channel as number } : undefined;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) return value.some((member) => isDeeper(member, levels - 1));
  for (const key in value) if (isDeeper((value as Record<string, unknown>)[key], levels - 1)) return true;
  return false;
}
