/**
 * The public shapes of the mux: what `connect()` takes and gives. They are at the bottom: each knows only its neighbours in
 * `types/` and the shapes of definitions (`schema/model.ts`, `codec/codec.ts`), and everything else knows them by this file.
 */

export type {
  ApiClient,
  ApiClientState,
  ApiSocket,
  ApiSocketCounters,
  ApiSocketLimits,
  ApiSocketOptions,
  NamedLimits,
  OnLinkLoss,
} from './types/api-socket.js';
export type { Channel, ChannelOptions, Dump, EventOptions, EventStream, RequestOptions } from './types/channel.js';
export type { ChangeKind, Compatibility, FieldChange, MessageCompatibility, Verdict } from './types/compatibility.js';
export type {
  BackupOptions,
  ConnectOptions,
  HealthOptions,
  LateReply,
  PoisonOptions,
  ReconnectOptions,
  RetryRequestOptions,
} from './types/connect-options.js';
export type { CompatibilityOptions, Connection, TableEntry } from './types/connection.js';
export type {
  Access,
  CachedVerdict,
  ChannelInfo,
  ChannelMessage,
  ClientPeer,
  DataEvents,
  DataListener,
  DataVerdict,
  Refusal,
  RefusalCode,
  Refused,
} from './types/data-events.js';
export type { EventFields, EventItem, Gap, Resync } from './types/event-item.js';
export type { ExpectedMessages } from './types/expected.js';
export type {
  DetailsFields,
  DumpMessage,
  DumpName,
  EventFieldsOf,
  EventMessage,
  EventName,
  FieldsAndOptions,
  LastFields,
  OnewayMessage,
  ReplyFields,
  RequestFields,
  RequestMessage,
  RequestName,
  Untyped,
  VppMessages,
  WantFields,
} from './types/messages.js';
export type { ChannelStats, ConnectionStats, MessageStats, ServiceTime } from './types/statistics.js';
export type { ConnectionState, ConnectionStatus, DataplaneRole, RedundancyStatus } from './types/status.js';
export type { TraceEntry, Tracer } from './types/trace.js';
export type { Transport, TransportLink, TransportOptions } from './types/transport.js';
export type { BoolInput, BytesInput, EnumCase, EnumInput, EnumValue, FlagsInput, LongInput } from './types/written.js';
