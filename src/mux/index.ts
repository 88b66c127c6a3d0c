/// <reference types="node" preserve="true" />
/** The public door of the mux: everything a program that talks to VPP needs. */

import { leadTo } from './call-site.js';
import { VppConnection } from './connection/connection.js';
import type { Connection, ConnectOptions, VppMessages } from './types.js';

/**
 * Connects to VPP and resolves when it can be used.
 *
 * Rejects at the first failure (SOCKET_MISSING, SOCKET_PERMISSION, SOCKET_REFUSED, HANDSHAKE_*, SCHEMA_*,
 * BAD_OPTION); once connected it reconnects by itself. A program that starts before VPP takes
 * `createConnection` and `ready()`. `M`: the map of messages that types its channels.
 */
export async function connect<M = VppMessages>(options: ConnectOptions = {}): Promise<Connection<M>> {
  const connection = new VppConnection(options);
  try {
    await connection.firstReady(options.signal);
    if (options.expect !== undefined) await connection.check(options.expect);
  } catch (error) {
    throw leadTo(error, connect);
  }
  return connection;
}

/** The same without waiting: connects in the background for as long as it takes. Throws BAD_OPTION. */
export function createConnection<M = VppMessages>(options: ConnectOptions = {}): Connection<M> {
  return new VppConnection(options);
}

export {
  type ApiChannel,
  type MultiRequestContext,
  type NotificationSink,
  type NotificationSubscription,
  newAPIChannel,
  newAPIChannelBuffered,
  type RequestContext,
} from './channel/api-channel.js';
export { ndjson, type SharedBound, shareBound } from './channel/dump.js';
export type { Fields, Message, Schema } from './codec/codec.js';
export { loadSchema, parseSchema } from './codec/load.js';
export type { FieldDescription } from './describe/describe-fields.js';
export { describeMessage, type HarmDescription, type MessageDescription } from './describe/describe-message.js';
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
export { forbidden } from './hazards/find.js';
export { refuse } from './interceptors/refuse.js';
export { fromJson } from './json/from-json.js';
export { fromTexts } from './json/from-texts.js';
export { JsonSchemas, type SchemaObject } from './json/json-schema.js';
export type { Json, JsonObject } from './json/json-value.js';
export type { JsonOptions } from './json/json-writer.js';
export type { ShownOptions as ToJsonOptions } from './json/shown-fields.js';
export { toJson } from './json/to-json.js';
export type { OptionGroup, OptionSpec, OptionTable } from './options/option-spec.js';
export { CHANNEL_OPTIONS, CONNECT_OPTIONS } from './options.js';
export { stopsWorkers } from './quirks/stops-workers.js';
export { DEFAULT_LIMITS as API_SOCKET_LIMITS } from './relay/relay-options.js';
export { retvalName } from './retval.js';
export { enumValues, name } from './schema/enum-values.js';
export { type EventRequest, eventRequest } from './session/event-requests.js';
export { reads } from './session/reads.js';
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
export type {
  Access,
  ApiClient,
  ApiClientState,
  ApiSocket,
  ApiSocketCounters,
  ApiSocketLimits,
  ApiSocketOptions,
  BackupOptions,
  BoolInput,
  BytesInput,
  CachedVerdict,
  ChangeKind,
  Channel,
  ChannelInfo,
  ChannelMessage,
  ChannelOptions,
  ChannelStats,
  ClientPeer,
  Compatibility,
  CompatibilityOptions,
  Connection,
  ConnectionState,
  ConnectionStats,
  ConnectionStatus,
  ConnectOptions,
  DataEvents,
  DataListener,
  DataplaneRole,
  DataVerdict,
  DetailsFields,
  Dump,
  DumpMessage,
  DumpName,
  EnumCase,
  EnumInput,
  EnumValue,
  EventFields,
  EventFieldsOf,
  EventItem,
  EventMessage,
  EventName,
  EventOptions,
  EventStream,
  ExpectedMessages,
  FieldChange,
  FieldsAndOptions,
  FlagsInput,
  Gap,
  HealthOptions,
  LastFields,
  LateReply,
  LongInput,
  MessageCompatibility,
  MessageStats,
  NamedLimits,
  OnewayMessage,
  OnLinkLoss,
  PoisonOptions,
  ReconnectOptions,
  RedundancyStatus,
  Refusal,
  RefusalCode,
  Refused,
  ReplyFields,
  RequestFields,
  RequestMessage,
  RequestName,
  RequestOptions,
  Resync,
  RetryRequestOptions,
  ServiceTime,
  TableEntry,
  TraceEntry,
  Tracer,
  Transport,
  TransportLink,
  TransportOptions,
  Untyped,
  Verdict,
  VppMessages,
  WantFields,
} from './types.js';
