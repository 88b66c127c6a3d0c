import { Command } from 'commander';
import { fleetStatus } from '../../fleet/index.js';
import { ExitWith } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import { addFleetOptions, type FleetFlags } from '../fleet/fleet-options.js';
import { counted } from '../fleet/rollout-text.js';
import { agentRow } from '../fleet/status-text.js';
import { withFleet } from '../fleet/with-fleet.js';
import type { Host } from '../host.js';
import { showTable } from '../op/show-output.js';
import { addDiagnosisOptions, type OutputFlags } from '../options.js';
import { footer } from '../output/help-layout.js';

const NOTE = `
What each agent has said last is shown; "vppmux drift" on a host reads its VPP now, and names the objects. The exit code is 0 where
nothing differs, 2 where something does, 1 for wrong usage.`;

export function fleetDriftCommand(host: Host): Command {
  const command = new Command('drift')
    .summary('list the agents whose VPP is not as it was wished')
    .description('Lists the agents whose VPP others have changed since, or whose wish is not carried out whole.')
    .addHelpText('after', footer(NOTE));
  return addDiagnosisOptions(addFleetOptions(command)).action((flags: FleetFlags & OutputFlags) =>
    withFleet(host, flags, async ({ store, keys }) => {
      const { agents } = await fleetStatus(store, keys);
      const differing = agents.filter(({ state }) => (state?.drift ?? 0) > 0 || state?.outcome === 'incomplete');
      const away = agents.filter(({ state }) => state === undefined).length;
      if (flags.json) for (const each of differing) await host.out.json(each);
      else if (differing.length > 0) {
        const rows = differing.map((each) => ({ ...agentRow(each), objects: each.state?.drift }));
        await showTable(host, rows, ['agent', 'objects', 'is', 'since', 'reason']);
      } else host.note(`no drift: ${counted(agents.length - away, 'agent')}`);
      if (away > 0) host.note(`${counted(away, 'agent')} not connected: nothing is known of their VPP`);
      if (differing.length > 0) throw new ExitWith(EXIT.CHANGES);
    }),
  );
}
