/** The shapes of the health endpoints' answers. */

import {
  type AgentInfo,
  type BoardStatus,
  type ConfigStatus,
  type PartState,
  plain,
  type Timing,
} from '../../sdk/index.js';

export interface ShownPlugin {
  readonly version: string;
  readonly state: PartState;
  readonly reason: string;
  readonly since: Date;
  readonly optional: boolean;
}

/** `GET /status`, and each message of `/status/live`. */
export interface ShownStatus {
  /** The worst of all plugins. */
  readonly overall: PartState;
  readonly reason: string;
  readonly since: Date;
  readonly agent: {
    readonly name: string;
    readonly version: string;
    readonly pid: number;
    readonly startedAt: Date;
    readonly timings: readonly Timing[];
  };
  /** The configuration on disk: what is wrong in it, and what takes effect after a restart. */
  readonly config: ConfigStatus;
  readonly plugins: Readonly<Record<string, ShownPlugin>>;
  /** Sections that plugins add under names of their own: `vpp` of govpp. */
  readonly [section: string]: unknown;
}

export function showStatus(status: BoardStatus, info: AgentInfo): ShownStatus {
  const { overall, reason, since, parts, details, config } = status;
  const { name, version, startedAt } = info;
  const plugins = Object.fromEntries(parts.map(({ name: part, ...shown }) => [part, shown]));
  const timings = info.timings().map((timing) => ({ ...timing, ms: Number(timing.ms.toFixed(1)) }));
  const agent = { name, version, pid: process.pid, startedAt, timings };
  const own = { overall, reason, since, config, plugins };
  // Each section has bounds of its own: a long one does not cut another.
  const sections = Object.fromEntries(Object.entries(details).map(([section, value]) => [section, plain(value)]));
  // The sections stand in the middle for the reader; none of them can replace a key of the agent's.
  return { ...own, ...sections, ...own, agent };
}

/** `GET /readiness`: 200 while it can serve (`ok`, `degraded`), else 503 with the reasons. */
export function showReadiness({ overall, reason, since }: BoardStatus) {
  const ready = overall === 'ok' || overall === 'degraded';
  return { code: ready ? 200 : 503, body: { ready, overall, reason, since } };
}
