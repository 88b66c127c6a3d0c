/** Begins what a client's frame asks for, in a channel of its session or next to them. */

import { exceededLength } from '../../../json-schema/long-texts.js';
import type { Fields, Untyped } from '../../../mux/index.js';
import { type ClientFrame, SUBPROTOCOLS } from '../../../remote/protocol/index.js';
import { type Channel, Fault, type OperationsClient, type Progress } from '../../../sdk/index.js';
import type { Visit } from '../visit.js';
import type { CallTurns } from './call-turns.js';
import { Credit } from './credit.js';
import { DumpStream } from './dump-stream.js';
import { EventStream } from './event-stream.js';
import type { Link } from './link.js';
import { PackedRows } from './packed-rows.js';
import { RequestSignal } from './request-signal.js';
import { RequestStream } from './request-stream.js';
import { DetailedRows } from './row-buffer.js';
import type { SessionServices } from './session-services.js';
import { StateStream } from './state-stream.js';
import { StatsStream } from './stats-stream.js';
import type { OpenStream, StreamEnd } from './stream.js';
import { answersOf } from './wire-form.js';

/** Frames that open a stream. */
export type OpeningFrame = Extract<
  ClientFrame,
  { readonly type: 'request' | 'dump' | 'events' | 'call' | 'stats' | 'watch-state' | 'table' }
>;
type Frame<Type extends OpeningFrame['type']> = Extract<OpeningFrame, { readonly type: Type }>;

/** The session, as what is opened in it needs it. */
export interface OpeningSession {
  readonly services: SessionServices;
  readonly visit: Pick<Visit, 'dumpInTurn' | 'share' | 'calls' | 'reserve'>;
  readonly link: Link;
  /** Throws VppmuxError CHANNEL_CLOSED. */
  channel(number: number): {
    readonly channel: Channel<Untyped>;
    readonly replyBytes: number;
    readonly replyTimeoutMs: number;
  };
  /** Starts its calls. */
  readonly callTurns: CallTurns;
  /** Its client of the operations. */
  operations(): OperationsClient;
}

/** Milliseconds between two frames of progress. */
const PROGRESS_MS = 100;

/** The bytes of a request, and of a dump, are held in memory until it ends; of other streams only those of what they have read. */
export const holdsFrame = ({ type }: OpeningFrame) => type === 'request' || type === 'call' || type === 'dump';

/** Throws what the client is to be told. */
export function openStream(session: OpeningSession, frame: OpeningFrame, end: StreamEnd): OpenStream {
  switch (frame.type) {
    case 'request':
      return request(session, frame, end);
    case 'dump':
      return dump(session, frame, end);
    case 'events':
      return events(session, frame, end);
    case 'call':
      return call(session, frame, end);
    case 'stats':
      return stats(session, frame, end);
    case 'watch-state':
      return new StateStream(session.services.mux, session.link, frame.id);
    case 'table':
      return table(session, end);
  }
}

function request(session: OpeningSession, frame: Frame<'request'>, end: StreamEnd): OpenStream {
  const { channel: number, message, timeoutMs, anyRetval } = frame;
  const { services, link } = session;
  const { schema } = services.mux;
  const { channel } = session.channel(number);
  const signal = new RequestSignal();
  const stream = new RequestStream(signal, number);
  const reply = channel.request(message, link.form.fieldsIn(schema?.find(message), { ...frame.fields }), {
    signal: signal.asAbortSignal,
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(anyRetval && { anyRetval }),
  });
  const answer = (fields: Fields) => {
    // The definitions of the VPP that has answered.
    const message = answersOf(services.mux.schema, frame.message).reply;
    return { type: 'reply', id: end.id, fields: link.form.fieldsOut(message, fields) } as const;
  };
  stream.begin(reply, answer, end);
  return stream;
}

function dump(session: OpeningSession, frame: Frame<'dump'>, end: StreamEnd): OpenStream {
  const { channel: number, message, timeoutMs } = frame;
  const { services, visit, link } = session;
  const { schema } = services.mux;
  const { channel, replyBytes, replyTimeoutMs } = session.channel(number);
  const credit = creditOf(session, frame);
  const abort = new AbortController();
  const fields = link.form.fieldsIn(schema?.find(message), { ...frame.fields });
  const rows = channel.dump(message, fields, {
    signal: abort.signal,
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  const { id } = frame;
  const answers = () => answersOf(services.mux.schema, message);
  const shown = (row: Fields) => link.form.fieldsOut(answers().details, row);
  const isPacked = frame.packed === true && link.form.protocol === SUBPROTOCOLS.cbor;
  const buffer = isPacked ? new PackedRows(id, link, replyBytes) : new DetailedRows(id, link, shown);
  return new DumpStream({
    ...{ channel: number, dump: rows, abort, buffer, link, credit, end },
    shownReply: (reply) => link.form.fieldsOut(answers().reply, reply),
    begin: (start) => visit.dumpInTurn(start),
    turnMs: timeoutMs ?? replyTimeoutMs,
    share: () => visit.share(rows, () => buffer.bytes),
  });
}

function events(session: OpeningSession, frame: Frame<'events'>, end: StreamEnd): OpenStream {
  const { channel: number, message, subscribe } = frame;
  const { services, link, visit } = session;
  const { mux, turns } = services;
  const { channel, replyBytes } = session.channel(number);
  const credit = creditOf(session, frame);
  const want = frame.want && wanted(session, message, frame.want);
  const { bytes, free } = visit.reserve(replyBytes);
  try {
    const items = channel.events(message, {
      ...(want && { want }),
      ...(subscribe !== undefined && { subscribe }),
      replyBytes: bytes,
    });
    return new EventStream({
      ...{ channel: number, events: items, link, credit, turns, end, free },
      message: () => mux.schema?.find(message),
      generation: () => mux.status.generation,
    });
  } catch (error) {
    free();
    throw error;
  }
}

/** Fields of the request that VPP sends an event for. */
function wanted({ services, link }: OpeningSession, event: string, fields: Readonly<Fields>): Fields {
  const { schema } = services.mux;
  const [request] = schema?.model.eventRequests.get(event) ?? [];
  return link.form.fieldsIn(request === undefined ? undefined : schema?.find(request), { ...fields });
}

function call(session: OpeningSession, frame: Frame<'call'>, end: StreamEnd): OpenStream {
  const { operation, input, timeoutMs, progress } = frame;
  const { link } = session;
  refuseLongTexts(session, operation, input);
  const abort = new AbortController();
  const stream = new RequestStream(abort);
  let reportedAt = Number.NEGATIVE_INFINITY;
  const onProgress = (value: Progress) => {
    // Not more often than somebody can look.
    if (stream.isOver || link.isFull || performance.now() - reportedAt < PROGRESS_MS) return;
    reportedAt = performance.now();
    link.send({ type: 'progress', id: end.id, progress: value });
  };
  const start = (waitedMs: number) =>
    session.operations().call(operation, input ?? {}, {
      signal: abort.signal,
      ...(timeoutMs !== undefined && { timeoutMs: Math.max(1, Math.round(timeoutMs - waitedMs)) }),
      ...(progress && { onProgress }),
    });
  const output = session.callTurns.run(link, abort.signal, start);
  stream.begin(output, (value) => ({ type: 'result', id: end.id, output: value ?? null }), end);
  return stream;
}

function refuseLongTexts({ services }: OpeningSession, name: string, input: unknown): void {
  const entry = () => services.operations.catalogue.find(({ operation }) => operation.name === name);
  const most = exceededLength(input, () => entry()?.schemas.input);
  if (most === undefined) return;
  const text = `a text in the input has more than ${most} characters, the most that operation ${name} takes`;
  throw new Fault('INVALID_INPUT', text, { operation: name });
}

function stats(session: OpeningSession, frame: Frame<'stats'>, end: StreamEnd): OpenStream {
  const { patterns, intervalMs } = frame;
  const { link, visit } = session;
  const credit = creditOf(session, frame);
  const calls = () => visit.calls(1);
  return new StatsStream({
    operations: session.operations(),
    calls,
    patterns,
    interval: intervalMs,
    link,
    credit,
    end,
  });
}

/** Answers in this turn: a client whose tables are not taken is held back before its next frame is looked at. */
function table({ services }: OpeningSession, end: StreamEnd): OpenStream {
  const { table: names, tableHash } = services.mux;
  const frame = { type: 'table', id: end.id, names: [...names.keys()] } as const;
  const known = names.size > 0 && tableHash !== undefined;
  end.finish(known ? { ...frame, tableHash } : frame);
  return { end() {} };
}

function creditOf({ services }: OpeningSession, { id, credit = 0 }: Frame<'dump' | 'events' | 'stats'>): Credit {
  const open = new Credit(id, services.limits().credit);
  open.add(credit);
  return open;
}
