/** Drives a roll-out, if nobody else does, and says how far it is until it is over. */

import {
  Driver,
  type DriverEvent,
  type GenerationPlan,
  holderOf,
  isOver,
  type RolloutState,
  readPlannedAgents,
  stateOf,
} from '../../fleet/index.js';
import { pause } from '../../pause.js';
import { ExitWith } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import { stateLine } from './rollout-text.js';
import type { OpenFleet } from './with-fleet.js';

export interface FollowOptions {
  /** States as JSON lines, in place of notes. */
  readonly json?: boolean;
  readonly verbose?: boolean;
  /** The command, for the driver's name: `vppmux fleet apply`. */
  readonly command: string;
  /** The state in which it has what it waits for. Default: the roll-out is over. */
  readonly until?: (state: RolloutState) => boolean;
  /** Whether it is to be taken back, so that this is no failure. */
  readonly isBack?: boolean;
}

/** Resolves when it is done; throws ExitWith where it was taken back, and the reason of the signal where it was left. */
export async function followRollout(
  host: Host,
  fleet: OpenFleet,
  plan: GenerationPlan,
  options: FollowOptions,
): Promise<void> {
  const { store, keys } = fleet;
  const ending = new AbortController();
  const signal = AbortSignal.any([host.signal, ending.signal]);
  const name = `${options.command} of ${fleet.person} (pid ${process.pid})`;
  const onEvent = (event: DriverEvent) => tell(host, event, options);
  const driving = new Driver({ store, keys, name, until: plan.generation, onEvent }).run(signal);
  try {
    const state = await follow(host, fleet, plan, options, signal);
    if (state === undefined) {
      await driving;
      await sayLeft(host, fleet, plan);
      throw host.signal.reason;
    }
    const isBad = state.state === 'taken-back' || state.reason !== undefined;
    if (isBad && options.isBack !== true) throw new ExitWith(EXIT.REFUSED);
  } finally {
    ending.abort();
    await driving;
  }
}

/** The state in which it is over; undefined where the command was ended before. */
async function follow(
  host: Host,
  { store, keys }: OpenFleet,
  plan: GenerationPlan,
  { json, until = isOver }: FollowOptions,
  signal: AbortSignal,
): Promise<RolloutState | undefined> {
  const sizes: number[] = [];
  for (const { wave } of await readPlannedAgents(store, keys, plan)) sizes[wave - 1] = (sizes[wave - 1] ?? 0) + 1;
  let before = '';
  for await (const item of store.watch(keys.rollout(plan.generation), { signal })) {
    const kvs = item.kind === 'snapshot' ? item.kvs : item.changes.flatMap((each) => ('kv' in each ? [each.kv] : []));
    const state = stateOf(kvs.at(-1))?.state;
    if (state === undefined) continue;
    const line = stateLine(plan, state, sizes);
    // The time of a wave begins anew with each hundred agents.
    if (line !== before && !(state.state === 'running' && state.wave === 0)) {
      before = line;
      if (json) await host.out.json({ generation: plan.generation, waves: plan.waves, agents: plan.agents, ...state });
      else host.note(line);
    }
    if (until(state) || isOver(state)) return state;
  }
  return undefined;
}

function tell(host: Host, event: DriverEvent, { verbose }: FollowOptions): void {
  if (event.kind === 'failed') host.note(`${event.label} failed: ${event.reason}`);
  if (event.kind === 'noted') host.note(event.text);
  if (event.kind === 'trouble') host.note(`${event.reason}; it is tried again`);
  if (event.kind === 'leading' && verbose) host.note('this command drives the roll-out');
}

const REACH_MS = 2000;

async function sayLeft(host: Host, { store, keys }: OpenFleet, { generation }: GenerationPlan): Promise<void> {
  const late = pause(REACH_MS, new AbortController().signal).then(() => undefined);
  const driver = await Promise.race([holderOf(store, keys).catch(() => undefined), late]);
  const left =
    driver === undefined
      ? `generation ${generation} waits as it is, since nobody drives it: "vppmux fleet drive" goes on`
      : `generation ${generation} goes on: ${driver} drives it`;
  host.note(`${left}; "vppmux fleet rollback" takes it back`);
}
