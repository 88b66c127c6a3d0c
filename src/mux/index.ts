/// <reference types="node" preserve="true" />
/** The public door of the mux: everything a program that talks to VPP needs. */

import { leadTo } from './call-site.js';
import { VppConnection } from './connection/connection.js';
import type { Connection, ConnectOptions } from './types.js';

/**
 * Connects to VPP and resolves when it can be used.
 *
 * Rejects at the first failure (SOCKET_MISSING, SOCKET_PERMISSION, SOCKET_REFUSED, HANDSHAKE_*, SCHEMA_*,
 * BAD_OPTION); once connected it reconnects by itself. A program that starts before VPP takes
 * `createConnection` and `ready()`.
 */
export async function connect(options: ConnectOptions = {}): Promise<Connection> {
  const connection = new VppConnection(options);
  try {
    await connection.firstReady(options.signal);
  } catch (error) {
    throw leadTo(error, connect);
  }
  return connection;
}

/** The same without waiting: connects in the background for as long as it takes. Throws BAD_OPTION. */
export function createConnection(options: ConnectOptions = {}): Connection {
  return new VppConnection(options);
}

export {
  type Access,
  type ChannelMessage,
  type ChannelSession,
  type DataEvents,
  type DataListener,
  type Refusal,
  type RefusalCode,
  type Refused,
  refuse,
  type StandingVerdict,
  type Verdict as DataVerdict,
} from './access/data-events.js';
export {
  type ApiChannel,
  type MultiRequestContext,
  type NotificationSink,
  type NotificationSubscription,
  newAPIChannel,
  newAPIChannelBuffered,
  type RequestContext,
} from './channel/api-channel.js';
export type { Fields, Message, Schema } from './codec/codec.js';
export { loadSchema, parseSchema } from './codec/load.js';
export type { Compatibility, MessageCompatibility, Verdict } from './compat/compatibility.js';
export type { ChangeKind, FieldChange } from './compat/field-changes.js';
export {
  ConnectionError,
  ERROR_CODES,
  type ErrorCode,
  FieldError,
  type Outcome,
  RefusedError,
  RetvalError,
  SchemaError,
  TimeoutError,
  VppmuxError,
} from './errors.js';
export { retvalName } from './retval.js';
export type { TraceEntry } from './trace/entry.js';
export { TraceRing, type TraceRingOptions } from './trace/ring.js';
export {
  TRACE_FORMAT,
  type TraceGap,
  type TraceHeader,
  type TraceLine,
  TraceWriter,
  type TraceWriterOptions,
  traceLines,
} from './trace/trace-file.js';
export type { Tracer } from './trace/tracing.js';
export type {
  BackupOptions,
  Channel,
  ChannelOptions,
  ChannelStats,
  CompatibilityOptions,
  Connection,
  ConnectionState,
  ConnectionStats,
  ConnectionStatus,
  ConnectOptions,
  DataplaneRole,
  Dump,
  EventFields,
  EventItem,
  EventOptions,
  EventStream,
  Gap,
  HealthOptions,
  LateReply,
  ReconnectOptions,
  RedundancyStatus,
  RequestOptions,
  Resync,
  ServiceTime,
  TableEntry,
} from './types.js';
