/// <reference types="node" preserve="true" />
/** The public door `vppmux/agent`: for programs that run an agent. Plugin authors use `vppmux/plugin`. */

export type { Agent, AgentOptions } from './boot/agent.js';
export { createAgent } from './boot/create-agent.js';
export { type RunOptions, runAgent } from './boot/run-agent.js';
export { type Collection, type Contribution, type Contributions, collection } from './collection.js';
export { type AgentConfig, agentSchema, type PluginEntry } from './config/agent-config.js';
export { ConfigError, type ConfigProblem } from './config/config-error.js';
export { duration } from './config/duration.js';
export { pluginsOfFlags, takeConfigFlags } from './config/flags.js';
export { type ReadOptions, type ReadResult, readConfig } from './config/read.js';
export { Control } from './control/control.js';
export type { ConfigurationEvent, ConfigurationOutcome, DataplaneEvent, RedundancyEvent } from './control/events.js';
export { AGENT_ERROR_CODES, AgentError, type AgentErrorCode, StartRefused } from './errors.js';
export { type BuiltIns, type LoadPlaces, loadPlugin } from './loader.js';
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
export { type CatalogueEntry, Operations } from './operations/token.js';
export type { PartReporter, PartState, PartStatus, Report } from './part.js';
export { perPlugin } from './per-plugin.js';
export {
  AGENT_API,
  definePlugin,
  type Plugin,
  type PluginArguments,
  type PluginDefinition,
  type PluginHooks,
  type PluginInstance,
} from './plugin.js';
export type { Probe, ProbeOptions } from './probe.js';
export type { ProcessLike } from './process/shutdown-reason.js';
export { AgentInfo, Board, Closing, Log, Status } from './services.js';
export type { BoardStatus } from './status-board.js';
export { type Timing, timingTree } from './timings.js';
export { type ServiceOf, type Services, type Token, type Tokens, token } from './token.js';
