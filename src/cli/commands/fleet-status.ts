import { Command } from 'commander';
import { fleetStatus } from '../../fleet/index.js';
import { ExitWith } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import { addFleetOptions, type FleetFlags } from '../fleet/fleet-options.js';
import { adviceOn, agentRow, isWell, summaryLines } from '../fleet/status-text.js';
import { withFleet } from '../fleet/with-fleet.js';
import type { Host } from '../host.js';
import { showTable } from '../op/show-output.js';
import { addDiagnosisOptions, type OutputFlags } from '../options.js';
import { footer } from '../output/help-layout.js';

const EXAMPLES = `
Examples:
  vppmux fleet status
  vppmux fleet status --agents
  vppmux fleet status --json | jq -r '.agents[] | select(.standing == "lost").label'

"lost" is away and was there, "unseen" never was; "behind" has not taken up its generation yet. The exit code is 0 where all agents are
as wished and nothing is under way, else 1.`;

/** Rows without --agents. */
const MOST = 20;

type Flags = FleetFlags & OutputFlags & { readonly agents?: boolean };

export function fleetStatusCommand(host: Host): Command {
  const command = new Command('status')
    .summary('show how the fleet is: the roll-out, and agents that are not well')
    .description('Shows the newest roll-out, who drives, and how the agents are.')
    .option('-a, --agents', 'list all agents')
    .addHelpText('after', footer(EXAMPLES));
  return addDiagnosisOptions(addFleetOptions(command)).action((flags: Flags) =>
    withFleet(host, flags, async ({ store, keys, place }) => {
      const status = await fleetStatus(store, keys);
      if (flags.json) await host.out.json(status);
      else {
        for (const line of summaryLines(status, place)) await host.out.text(line);
        const unwell = status.agents.filter((each) => !isWell(each));
        const shown = flags.agents ? status.agents : unwell.slice(0, MOST);
        if (shown.length > 0) {
          await host.out.line('');
          await showTable(host, shown.map(agentRow), ['agent', 'is', 'generation', 'since', 'reason']);
        }
        await host.out.flush();
        if (!flags.agents && unwell.length > MOST) host.note(`${unwell.length - MOST} more: --agents lists all`);
        for (const line of adviceOn(status)) host.note(line);
      }
      const isDone = status.rollout === undefined || status.rollout.state.state === 'done';
      if (!isDone || !status.agents.every(isWell)) throw new ExitWith(EXIT.REFUSED);
    }),
  );
}
