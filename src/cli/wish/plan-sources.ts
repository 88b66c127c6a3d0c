/** Plans: of the agent that has the wishes of before, or of a VPP that is read by the command itself. */

import { jsonLine } from '../../mux/for-cli.js';
import {
  asCli,
  builtInKinds,
  cliLines,
  graphOf,
  ownership,
  planOf,
  Reconciliation,
  toDot,
  toMermaid,
  validateWish,
  type WishGraph,
} from '../../wish/index.js';
import { namedAgent } from '../agents/agent-address.js';
import type { DataplaneFlags } from '../agents/agent-options.js';
import { AgentRequestError } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import type { ConnectionFlags } from '../options.js';
import { UNBOUNDED, withChannel } from '../with-channel.js';
import { AgentWishes, MOST_CHANGES } from './agent-wishes.js';
import { mistakesOf } from './mistakes-of.js';
import type { ShownPlan } from './plan-text.js';
import type { Mistakes } from './wish-file.js';

export interface MadePlan {
  /** The agent, or the VPP that was read, for people. */
  readonly from: string;
  readonly plan: ShownPlan;
  /** Reason why the agent would refuse to apply it. */
  readonly refusal?: string;
  readonly mistakes: Mistakes;
  /** The same as lines of VPP's command line, where they were asked for. */
  readonly cli?: string;
  /** The objects and what they need, where that was asked for. */
  readonly graph?: string;
}

export const GRAPH_FORMATS = ['json', 'dot', 'mermaid'] as const;
type GraphFormat = (typeof GRAPH_FORMATS)[number];

export interface PlanFlags extends DataplaneFlags, ConnectionFlags {
  readonly asCli?: boolean;
  readonly graph?: GraphFormat;
}

const NOTHING: ShownPlan = { changes: [], counts: { create: 0, change: 0, delete: 0, pending: 0 }, pending: [] };

/**
 * Asks the agent, which knows what earlier wishes asked for; VPP itself where its socket is named, or where no agent is named and none is
 * there that carries out wishes, and for a graph. Of a wish with mistakes the plan is empty.
 */
export async function planFor(host: Host, text: string, flags: PlanFlags): Promise<MadePlan> {
  const { env } = host.io;
  const isNamed =
    flags.dataplane !== undefined ||
    flags.agent !== undefined ||
    (flags.socket === undefined && namedAgent(env) !== undefined);
  const isDirect = flags.socket !== undefined || Boolean(env.VPP_API_SOCKET);
  if (flags.graph !== undefined || (!isNamed && isDirect)) return planOfVpp(host, text, flags);
  const agent = new AgentWishes(host, flags);
  try {
    return await planOfAgent(agent, text, flags);
  } catch (error) {
    const isAway = error instanceof AgentRequestError && error.exitCode === EXIT.NO_CONNECTION;
    if (isNamed || !isAway) throw error;
    return planOfVpp(host, text, flags);
  }
}

export async function planOfAgent(
  agent: AgentWishes,
  text: string,
  { timeout: timeoutMs, asCli: isCli = false }: PlanFlags = {},
): Promise<MadePlan> {
  const mistakes = await agent.call('wish.validate', { text }, { timeoutMs });
  const from = `the agent at ${agent.host}`;
  if (!mistakes.valid) return { from, plan: NOTHING, mistakes };
  const asked = await agent.call('wish.plan', { text, most: MOST_CHANGES, asCli: isCli }, { timeoutMs });
  const { refusal, cli, ...plan } = asked;
  return { from, plan, mistakes, ...(refusal !== undefined && { refusal }), ...(cli && { cli: asCli(cli) }) };
}

async function planOfVpp(host: Host, text: string, flags: PlanFlags): Promise<MadePlan> {
  const verdict = validateWish(text);
  const { wish, valid } = verdict;
  const mistakes = mistakesOf(verdict);
  if (!valid || wish === undefined) return { from: '', plan: NOTHING, mistakes };
  return withChannel(host, flags, { name: 'vppmux plan', channel: UNBOUNDED }, async (vpp, channel) => {
    const question = { kinds: builtInKinds, wish, ...ownership({ kinds: builtInKinds, wish }) };
    const reconciliation = await Reconciliation.read(channel, question);
    const { changes, pending } = planOf(reconciliation);
    const count = (action: string) => changes.filter((each) => each.action === action).length;
    const counts = {
      ...{ create: count('create'), change: count('change'), delete: count('delete') },
      pending: pending.length,
    };
    const cli = flags.asCli ? { cli: asCli(cliLines(reconciliation)) } : {};
    const graph = flags.graph === undefined ? {} : { graph: graphText(graphOf(reconciliation), flags.graph) };
    const from = `the VPP at ${vpp.status.socket}, no agent`;
    return { from, plan: { changes, pending, counts }, mistakes, ...cli, ...graph };
  });
}

function graphText(graph: WishGraph, format: GraphFormat): string {
  if (format === 'json') return jsonLine(graph);
  return format === 'dot' ? toDot(graph) : toMermaid(graph);
}
