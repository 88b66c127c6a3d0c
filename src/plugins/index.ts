/// <reference types="node" preserve="true" />
/**
 * The public door `vppmux/plugin`: all that a plugin needs.
 *
 *   import { definePlugin, duration, Log, Mux, z } from 'vppmux/plugin';
 */

export { z } from 'zod';
export { type Collection, type Contribution, type Contributions, collection } from '../agent/collection.js';
export { duration } from '../agent/config/duration.js';
export { Control } from '../agent/control/control.js';
export type {
  ConfigurationEvent,
  ConfigurationOutcome,
  DataplaneEvent,
  RedundancyEvent,
} from '../agent/control/events.js';
export { AgentError } from '../agent/errors.js';
export type { Caller, CallOptions, ClientInfo, OperationsClient, Progress, Via } from '../agent/operations/client.js';
export type { FaultCode, OperationCode } from '../agent/operations/codes.js';
export type { Concurrency } from '../agent/operations/concurrency.js';
export { Fault, fault, isFault, notSupported } from '../agent/operations/fault.js';
export { type Implementation, implement, type OperationContext } from '../agent/operations/implement.js';
export { type Access, type Operation, type OperationDefinition, operation } from '../agent/operations/operation.js';
export { type CatalogueEntry, Operations } from '../agent/operations/token.js';
export type { PartState, Report } from '../agent/part.js';
export { perPlugin } from '../agent/per-plugin.js';
export {
  AGENT_API,
  definePlugin,
  type Plugin,
  type PluginArguments,
  type PluginDefinition,
  type PluginHooks,
  type PluginInstance,
} from '../agent/plugin.js';
export type { Probe, ProbeOptions } from '../agent/probe.js';
export { AgentInfo, Board, Closing, Log, Status } from '../agent/services.js';
export type { BoardStatus } from '../agent/status-board.js';
export { type ServiceOf, type Services, type Token, type Tokens, token } from '../agent/token.js';
export {
  type ApiChannel,
  type Channel,
  type ChannelMessage,
  type ChannelSession,
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
  type StandingVerdict,
} from '../mux/index.js';
export { builtIns } from './built-ins.js';
export { DataEvents, Mux } from './govpp/token.js';
export { Http } from './http/token.js';
export { aclList } from './operations/acls.js';
export { bridgeAdd, bridgeList, bridgeRemove } from './operations/bridges.js';
export { dataplaneSwitch } from './operations/dataplane.js';
export { interfaceAddAddress, interfaceRemoveAddress } from './operations/interface-addresses.js';
export { interfaceCreateLoopback, interfaceDelete, interfaceList, interfaceSetState } from './operations/interfaces.js';
export { routeAdd, routeList, routeRemove } from './operations/routes.js';
export { systemCli, systemVersion } from './operations/system.js';
