/** Services that the agent itself provides to every plugin that requires them. */

import type { Logger } from 'pino';
import { Operations } from '../operations/operations.js';
import type { StatusBoard } from '../status/status-board.js';
import type { PartReporter } from '../status/status-entry.js';
import type { Timing } from '../status/timings.js';
import { type Token, token } from '../token.js';
import type { DataplaneEvent, RedundancyEvent } from './control-events.js';

/** The plugin's own log (pino): `log.info({ interfaces: 3 }, 'listed the interfaces')`. */
export type Log = Logger;
export const Log = token<Log>('log');

/** The plugin's own entry on the status board: `status.ok()`, `status.error('why')`, `status.probe(…)`. */
export type Status = PartReporter;
export const Status = token<Status>('status');

/** Aborted before the plugin's `close`, and when its start fails; pass it to everything that the plugin starts. */
export type Closing = AbortSignal;
export const Closing = token<Closing>('closing');

/** The whole board, to read: for plugins that show the agent's health. */
export type Board = Pick<StatusBoard, 'status' | 'changes' | 'subscribe'>;
export const Board = token<Board>('board');

/**
 * Publishes control events, for the plugins that know what happens to VPP. Only `saveState` waits for hooks. Where several
 * dataplanes are configured, the plugins of one of them get its events alone; `dataplane` is `main` where it is left out.
 */
export interface Control {
  /** Calls the `dataplane` hook of every plugin: VPP has appeared, gone, or been replaced. */
  dataplane(event: DataplaneEvent, dataplane?: string): void;
  /** Calls every `redundancy` hook, each with the state that its plugin has saved: another dataplane serves. */
  redundancy(event: Omit<RedundancyEvent, 'state'>, dataplane?: string): void;
  /**
   * Calls every `saveState` hook before a planned change; resolves when all have answered or used up their time budget.
   * Without it the state is saved just before `redundancy`.
   */
  saveState(dataplane?: string): Promise<void>;
}
export const Control: Token<Control> = token<Control>('control');

/** Name, version and start of the agent. */
export interface AgentInfo {
  /** `name` of agent.yaml. */
  readonly name: string;
  readonly version: string;
  readonly startedAt: Date;
  /** The dataplane that the plugin works at: `main`, unless its entry of agent.yaml says another. */
  readonly dataplane: string;
  /** Names of the dataplanes that are configured: `main`, then the others. */
  readonly dataplanes: readonly string[];
  /** Time that each step of each plugin has taken so far. */
  timings(): readonly Timing[];
}
export const AgentInfo = token<AgentInfo>('agent-info');

/** All services of the agent: no plugin may provide these. */
export const AGENT_SERVICES: ReadonlySet<Token<unknown>> = new Set([
  ...[Log, Status, Closing, Board, AgentInfo],
  ...[Control, Operations],
]);
