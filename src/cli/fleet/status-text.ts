/** How a fleet is, for people. */

import type { AgentStatus, FleetStatus, Standing } from '../../fleet/index.js';
import { counted, stateLine, timeText } from './rollout-text.js';

/** In the order in which they are counted. */
const WORDS: Readonly<Record<Standing, string>> = {
  applied: 'as wished',
  none: 'without a wish',
  applying: 'under way',
  behind: 'behind',
  waiting: 'waiting for VPP',
  incomplete: 'incomplete',
  refused: 'refused',
  'taken-back': 'taken back',
  lost: 'lost',
  unseen: 'never seen',
};

export const standingText = (standing: Standing): string => WORDS[standing];

/** Agents that nobody has to look at. */
export const isWell = ({ standing, state }: AgentStatus): boolean =>
  (standing === 'applied' || standing === 'none') && (state?.drift ?? 0) === 0;

export function* summaryLines({ rollout, driver, agents, counts }: FleetStatus, place: string): Generator<string> {
  if (rollout === undefined) yield `fleet in ${place}: nothing was rolled out yet`;
  else {
    const { plan, state } = rollout;
    yield stateLine(plan, state);
    const comment = plan.comment === undefined ? '' : ` (${plan.comment})`;
    yield `  by ${plan.by}, ${timeText(plan.at)}${comment}; so since ${timeText(state.since)}`;
  }
  yield `driver: ${driver ?? 'none'}`;
  const parts = (Object.keys(WORDS) as Standing[]).flatMap((each) =>
    counts[each] ? [`${counts[each]} ${WORDS[each]}`] : [],
  );
  const drifted = agents.filter(({ state }) => (state?.drift ?? 0) > 0).length;
  if (drifted > 0) parts.push(`${drifted} of them with drift`);
  yield `${counted(agents.length, 'agent')}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`;
}

/** A row of the table. */
export function agentRow({ label, standing, generation, at, reason, state, assignment }: AgentStatus) {
  const behind = standing === 'behind' || standing === 'lost' || standing === 'unseen';
  const wanted = behind && assignment !== undefined ? `is to have ${assignment.generation}` : undefined;
  const drift = state !== undefined && state.drift > 0 ? `${counted(state.drift, 'object')} drifted` : undefined;
  return {
    agent: label,
    is: WORDS[standing],
    generation,
    since: at === undefined ? undefined : timeText(at),
    reason: [wanted, reason, drift].filter((each) => each !== undefined).join('; '),
    vpp: state?.vpp,
    labels: Object.entries(state?.labels ?? {}).map(([key, value]) => `${key}=${value}`),
  };
}

/** Advice: what to do next. */
export function* adviceOn({ rollout, driver, counts }: FleetStatus): Generator<string> {
  const state = rollout?.state.state;
  const isOpen = state !== undefined && state !== 'done' && state !== 'taken-back';
  if (isOpen && driver === undefined) yield 'nobody drives the roll-out: "vppmux fleet drive" goes on with it';
  if (isOpen && state !== 'taking-back') yield '"vppmux fleet rollback" takes it back now';
  if (counts.lost)
    yield 'lost agents: is "vppmux run" running there, and does it reach the store? VPP stays as it is meanwhile. A host that will not come back: "vppmux fleet forget LABEL"';
  if (counts.unseen) yield 'agents that were never seen: is label in their etcd.conf the name of the file?';
  if (counts.refused || counts.incomplete) yield 'on the host, "vppmux wish --objects" shows which objects, and why';
}
