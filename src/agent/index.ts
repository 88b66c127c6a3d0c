/// <reference types="node" preserve="true" />
/** The public door `vppmux/agent`: for programs that run an agent. Plugin authors use `vppmux/plugin`. */

export type { Agent, AgentOptions } from './boot/agent.js';
export { createAgent } from './boot/create-agent.js';
export { type RunOptions, runAgent } from './boot/run-agent.js';
export { type BuiltIns, type LoadPlaces, loadPlugin } from './choose/load-plugin.js';
export { type AgentConfig, agentSchema, type PluginEntry } from './config/agent-config.js';
export type { PluginArguments } from './config/arguments.js';
export { ConfigError, type ConfigProblem } from './config/config-error.js';
export { duration } from './config/duration.js';
export { pluginsOfFlags, takeConfigFlags } from './config/flags.js';
export { type ReadOptions, type ReadResult, readConfig } from './config/read.js';
export { AGENT_ERROR_CODES, AgentError, type AgentErrorCode, StartRefused } from './errors.js';
export { createLog, LOG_LEVELS, type LogLevel, type LogOptions } from './log/log.js';
export type { Caller, CallOptions, ClientInfo, OperationsClient, Progress, Via } from './operations/client.js';
export { CALL_CODES, FAULT_CODES, type FaultCode, OPERATION_CODES, type OperationCode } from './operations/codes.js';
export type { Concurrency } from './operations/concurrency.js';
export { Fault, type FaultFields, fault, isFault, notSupported } from './operations/fault.js';
export { type Implementation, implement, type OperationContext } from './operations/implement.js';
export {
  type Access,
  isOperation,
  type Operation,
  type OperationDefinition,
  type OperationSchemas,
  operation,
  schemasOf,
} from './operations/operation.js';
export { type CatalogueEntry, Operations } from './operations/operations.js';
export { type Collection, type Contribution, type Contributions, collection } from './plugin/collection.js';
export type {
  ConfigurationEvent,
  ConfigurationOutcome,
  DataplaneEvent,
  RedundancyEvent,
} from './plugin/control-events.js';
export { definePlugin } from './plugin/define-plugin.js';
export { perPlugin } from './plugin/per-plugin.js';
export {
  AGENT_API,
  type Plugin,
  type PluginDefinition,
  type PluginHooks,
  type PluginInstance,
} from './plugin/plugin.js';
export { AgentInfo, Board, Closing, Control, Log, Status } from './plugin/services.js';
export type { ProcessLike } from './process/shutdown-reason.js';
export type { Probe, ProbeOptions } from './status/probe.js';
export type { PartState, Report } from './status/report.js';
export type { BoardStatus } from './status/status-board.js';
export type { PartReporter, PartStatus } from './status/status-entry.js';
export { type Timing, timingTree } from './status/timings.js';
export { type ServiceOf, type Services, type Token, type Tokens, token } from './token.js';
