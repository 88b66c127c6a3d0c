/** Channels of an agent over its WebSocket, for Node and browsers: `vppmux/remote`. */

export {
  ConnectionError,
  type ErrorCode,
  type ErrorFields,
  FieldError,
  type Outcome,
  RefusedError,
  RetvalError,
  SchemaError,
  TimeoutError,
  VppmuxError,
} from '../mux/errors.js';
export type {
  Channel,
  ChannelOptions,
  ConnectionState,
  ConnectionStatus,
  Dump,
  EventItem,
  EventOptions,
  EventStream,
  Gap,
  ReconnectOptions,
  RequestOptions,
  Resync,
  Untyped,
  VppMessages,
} from '../mux/types.js';
export { connectRemote } from './connect-remote.js';
export { RemoteFault, type RemoteFaultFields } from './errors/remote-fault.js';
export { REMOTE_OPTIONS } from './options.js';
export type {
  CallOptions,
  CallProgress,
  CounterOptions,
  CounterReport,
  CounterStream,
  RemoteAgent,
  RemoteConnection,
  RemoteOptions,
  SharedConnection,
  WebSocketClass,
  WebSocketLike,
} from './types.js';
