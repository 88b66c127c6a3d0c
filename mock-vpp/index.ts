/// <reference types="node" preserve="true" />
/** mock-vpp: a VPP to test against, on a real Unix socket, with a small dataplane, which misbehaves on command. */
import { loadDefinitions } from './definitions.js';
import { MockVpp } from './mock.js';
import type { MockOptions } from './options.js';

/**
 * Starts a mock.
 *
 * @throws Error when the socket is in use or cannot be made, SchemaError when `apiDir` has no usable definitions,
 * TraceError when `replay` cannot be replayed, StatsError when the stats segment or its socket cannot be made,
 * RangeError when `misbehave` names a fault or option that is not there.
 */
export async function startMock(options: MockOptions): Promise<MockVpp> {
  const mock = new MockVpp(options, await loadDefinitions(options.apiDir));
  await mock.start();
  return mock;
}

export { type CliCall, type CliCommand, type CliOutput, CliRefusal } from './cli/cli-command.js';
export type { Dataplane, LoopbackOptions } from './dataplane/dataplane.js';
export type { Device, Interface } from './dataplane/interfaces/interface.js';
export type { NewHardware } from './dataplane/interfaces/interfaces.js';
export { type Answer, type DetailsThen, detailsThen } from './handlers/answers.js';
export type { Call, Handler } from './handlers/call.js';
export { createdReply, onInterface } from './handlers/on-interface.js';
export { UnservedError } from './handlers/unserved.js';
export { defineKind, type Kind, type KindHandler, type KindHandlers } from './kind.js';
export { kinds } from './kinds/index.js';
export type { TxQueue } from './kinds/interfaces/placement.js';
export type { Death } from './misbehaviour/fault-host.js';
export { FAULT_NAMES, type FaultName, type Misbehaviour } from './misbehaviour/index.js';
export type { Which } from './misbehaviour/which.js';
export { type ClientInfo, MockVpp } from './mock.js';
export type { Log, MockOptions, StatsOptions } from './options.js';
export { TraceError } from './replay/trace-error.js';
export type { Unanswered } from './replay/unanswered-requests.js';
export { Retval } from './retvals.js';
export type { RestartOptions } from './runs.js';
export type { ReceivedMessage } from './server/received.js';
export { StatsError } from './stats/stats-error.js';
export type { TrafficOptions } from './traffic/traffic.js';
