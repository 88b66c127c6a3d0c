/// <reference types="node" preserve="true" />
/**
 * The public door `vppmux/plugin`: everything that a plugin needs. The built-in plugins import the agent through it as well, so
 * that a plugin of anybody can do what they do.
 *
 *   import { definePlugin, duration, Log, Mux, z } from 'vppmux/plugin';
 */

export { z } from 'zod';
export type { PluginArguments } from '../agent/config/arguments.js';
export type { ConfigStatus, PendingRestart, ShownProblem } from '../agent/config/config-state.js';
export { duration } from '../agent/config/duration.js';
export { type ConfigPlace, placeOf } from '../agent/config/places.js';
export { readSecretFile } from '../agent/config/secret-file.js';
export { ConfigWatch } from '../agent/control/config-watch.js';
export { AgentError, reasonOf, stackOf } from '../agent/errors.js';
export { PluginResources } from '../agent/lifetime/plugin-resources.js';
export { type Plain, plain } from '../agent/log/plain.js';
export { PLUGIN_NAME } from '../agent/names.js';
export type { Caller, CallOptions, ClientInfo, OperationsClient, Progress, Via } from '../agent/operations/client.js';
export type { FaultCode, OperationCode } from '../agent/operations/codes.js';
export type { Concurrency } from '../agent/operations/concurrency.js';
export { Fault, fault, faultIn, isFault, notSupported } from '../agent/operations/fault.js';
export { type Implementation, implement, type OperationContext } from '../agent/operations/implement.js';
export { type Access, type Operation, type OperationDefinition, operation } from '../agent/operations/operation.js';
export { type CatalogueEntry, type EndedCall, Operations } from '../agent/operations/operations.js';
export { type Collection, type Contribution, type Contributions, collection } from '../agent/plugin/collection.js';
export type {
  ConfigurationEvent,
  ConfigurationOutcome,
  DataplaneEvent,
  RedundancyEvent,
} from '../agent/plugin/control-events.js';
export { definePlugin } from '../agent/plugin/define-plugin.js';
export { perPlugin } from '../agent/plugin/per-plugin.js';
export {
  AGENT_API,
  type Drain,
  type Plugin,
  type PluginDefinition,
  type PluginHooks,
  type PluginInstance,
} from '../agent/plugin/plugin.js';
export { AgentInfo, Board, Closing, Control, Log, Status } from '../agent/plugin/services.js';
export type { Probe, ProbeOptions } from '../agent/status/probe.js';
export type { PartState, Report } from '../agent/status/report.js';
export type { BoardStatus } from '../agent/status/status-board.js';
export type { PartStatus } from '../agent/status/status-entry.js';
export type { Timing } from '../agent/status/timings.js';
export { MAIN, named, type ServiceOf, type Services, type Token, type Tokens, token } from '../agent/token.js';
export { showDuration } from '../duration.js';
export {
  type ApiChannel,
  type CachedVerdict,
  type Channel,
  type ChannelInfo,
  type ChannelMessage,
  type ConnectionState,
  type ConnectionStatus,
  type DataListener,
  type EventFields,
  type EventItem,
  type Fields,
  type Gap,
  type Refusal,
  type RefusalCode,
  type Refused,
  type Resync,
  refuse,
} from '../mux/index.js';
export type {
  BufferPoolStats,
  ErrorStats,
  InterfaceCounters,
  InterfaceStats,
  MemoryStats,
  NodeStats,
  StatsDump,
  StatsEntry,
  StatsPatterns,
  StatsRates,
  StatsSet,
  StatsState,
  StatsUpdate,
  SystemStats,
  Traffic,
} from '../stats/index.js';
export { type ApiSocketStatus, ApiSockets, type WhichSockets } from './api-sockets.js';
export { baseAt, pathAt } from './at-dataplane.js';
export { Dataplanes, type DataplaneView } from './dataplanes.js';
export { type Endpoint, endpoint } from './endpoint.js';
export { HTTP_CODES, type HttpErrorCode, OPERATION_CODES } from './error-codes.js';
export { faultOfMuxError } from './fault-of-mux-error.js';
export { faultOfVppError } from './fault-of-vpp-error.js';
export { bucketOf, type Histogram, histogram, SECONDS } from './histogram.js';
export { Http, type HttpCaller, type SocketHandler, type SocketOptions } from './http.js';
export { type ErrorBody, errorBody, HttpError } from './http-error.js';
export {
  counter,
  gauge,
  type HistogramMetric,
  type HistogramSample,
  type Metric,
  type MetricLabels,
  type MetricSample,
  Metrics,
  type ValueMetric,
} from './metrics.js';
export { DataEvents, Mux } from './mux.js';
export { type MessageSocket, SocketWriter } from './socket-writer.js';
export { Stats } from './stats.js';
export { type StatusPage, StatusPages } from './status-pages.js';
export { WishKinds } from './wish-kinds.js';
export { AllWishes, Wishes, type WishesStatus, type WishOptions, type WishOrigin } from './wishes.js';
