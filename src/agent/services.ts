/** Services that the agent itself provides to every plugin that requires them. */

import type { Logger } from 'pino';
import { Control } from './control/control.js';
import { Operations } from './operations/token.js';
import type { PartReporter } from './part.js';
import type { StatusBoard } from './status-board.js';
import type { Timing } from './timings.js';
import { type Token, token } from './token.js';

/** The plugin's own log (pino): `log.info({ interfaces: 3 }, 'listed the interfaces')`. */
export type Log = Logger;
export const Log = token<Log>('log');

/** The plugin's own entry on the status board: `status.ok()`, `status.error('why')`, `status.probe(…)`. */
export type Status = PartReporter;
export const Status = token<Status>('status');

/** Aborted before the plugin's `close`, and when its start fails: ends what it left running. */
export type Closing = AbortSignal;
export const Closing = token<Closing>('closing');

/** The whole board, to read: for plugins that show the agent's health. */
export type Board = Pick<StatusBoard, 'status' | 'changes' | 'subscribe'>;
export const Board = token<Board>('board');

/** Name, version and start of the agent. */
export interface AgentInfo {
  /** `name` of agent.yaml. */
  readonly name: string;
  readonly version: string;
  readonly startedAt: Date;
  /** Time that each step of each plugin has taken so far. */
  timings(): readonly Timing[];
}
export const AgentInfo = token<AgentInfo>('agent-info');

/** All services of the agent: no plugin may provide these. */
export const AGENT_SERVICES: ReadonlySet<Token<unknown>> = new Set([
  ...[Log, Status, Closing, Board, AgentInfo],
  ...[Control, Operations],
]);
