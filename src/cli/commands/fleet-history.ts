import { Command } from 'commander';
import { history, MAIN, readPlan, readPlannedAgents, readWish } from '../../fleet/index.js';
import { UsageError } from '../errors.js';
import { addFleetOptions, type FleetFlags } from '../fleet/fleet-options.js';
import { timeText } from '../fleet/rollout-text.js';
import { type OpenFleet, withFleet } from '../fleet/with-fleet.js';
import type { Host } from '../host.js';
import { showTable } from '../op/show-output.js';
import { parseCount } from '../option-values.js';
import { addDiagnosisOptions, type OutputFlags } from '../options.js';
import { footer } from '../output/help-layout.js';

const EXAMPLES = `
Examples:
  vppmux fleet history
  vppmux fleet history 12                    (its agents, and their waves)
  vppmux fleet history 12 edge1              (the wish that it gave to an agent)
  vppmux fleet history 12 edge1 west         (that of one of its dataplanes)`;

type Flags = FleetFlags & OutputFlags & { readonly limit: number };

export function fleetHistoryCommand(host: Host): Command {
  const command = new Command('history')
    .summary('list the generations, and what became of them')
    .description('Lists what was rolled out, the newest first; or the agents of one generation, or the wish of one.')
    .argument('[generation]', 'the one to show', parseCount)
    .argument('[agent]', 'its label: prints its wish')
    .argument('[dataplane]', 'name of one, where the agent has several', MAIN)
    .option('-n, --limit <count>', 'how many at most', parseCount, 50)
    .addHelpText('after', footer(EXAMPLES));
  return addDiagnosisOptions(addFleetOptions(command)).action(
    (generation: number | undefined, agent: string | undefined, dataplane: string, flags: Flags) =>
      withFleet(host, flags, async (fleet) => {
        if (generation === undefined) return showGenerations(host, fleet, flags);
        const plan = await readPlan(fleet.store, fleet.keys, generation);
        const agents = await readPlannedAgents(fleet.store, fleet.keys, plan);
        if (agent !== undefined) {
          const planned = agents.find(({ label }) => label === agent);
          const sha256 = planned?.wishes?.[dataplane];
          if (sha256 === undefined) {
            const which =
              planned === undefined ? '' : `: it has ${Object.keys(planned.wishes ?? {}).join(', ') || 'none'}`;
            throw new UsageError(`generation ${generation} has no wish for ${agent} (${dataplane})${which}`);
          }
          await host.out.line((await readWish(fleet.store, fleet.keys, sha256)).replace(/\n$/, ''));
          return;
        }
        if (flags.json) for (const each of agents) await host.out.json(each);
        else {
          const rows = agents.map(({ label, wave, wishes = {}, before }) => ({
            wave,
            agent: label,
            before: before?.generation,
            wish: Object.entries(wishes).map(([name, sha]) =>
              name === MAIN ? sha.slice(0, 12) : `${name}=${sha.slice(0, 12)}`,
            ),
          }));
          await showTable(host, rows, ['wave', 'agent', 'wish', 'before']);
        }
      }),
  );
}

async function showGenerations(host: Host, { store, keys }: OpenFleet, { json, limit }: Flags): Promise<void> {
  const all = await history(store, keys, { limit });
  if (json) {
    for (const each of all) await host.out.json(each);
    return;
  }
  const rows = all.map(({ plan, state }) => ({
    generation: plan.generation,
    at: timeText(plan.at),
    state: state.state,
    agents: plan.agents,
    waves: plan.waves === 0 ? '0' : `${state.wave} of ${plan.waves}`,
    by: plan.by,
    reason: state.reason ?? plan.comment,
  }));
  await showTable(host, rows, ['generation', 'at', 'state', 'agents', 'waves', 'reason']);
}
