import { Command } from 'commander';
import { forget, NAME } from '../../fleet/index.js';
import { ExitWith, UsageError } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import { addFleetOptions, type FleetFlags } from '../fleet/fleet-options.js';
import { withFleet } from '../fleet/with-fleet.js';
import type { Host } from '../host.js';
import { addDiagnosisOptions, type OutputFlags } from '../options.js';
import { footer } from '../output/help-layout.js';

const NOTE = `
A host that is there is not forgotten: stop its agent first. Its VPP stays as it is. One that comes back later has the wish of its
groups. The exit code is 1 where a host is connected or not known.`;

const SAID = {
  forgotten: 'is forgotten',
  connected: 'is connected: nothing was removed',
  unknown: 'is not known here ("vppmux fleet status --agents" lists all)',
};

export function fleetForgetCommand(host: Host): Command {
  const command = new Command('forget')
    .summary('remove hosts that will not come back')
    .description('Removes what lost agents were to be, and what they said last.')
    .argument('<label...>', 'labels of the agents')
    .addHelpText('after', footer(NOTE));
  return addDiagnosisOptions(addFleetOptions(command)).action(
    (labels: readonly string[], flags: FleetFlags & OutputFlags) => {
      const bad = labels.find((label) => !NAME.test(label));
      if (bad !== undefined) throw new UsageError(`"${bad}" is no label of an agent`);
      return withFleet(host, flags, async ({ store, keys }) => {
        let isWhole = true;
        for (const label of labels) {
          const result = await forget(store, keys, label);
          if (flags.json) await host.out.json({ label, result });
          else host.note(`${label} ${SAID[result]}`);
          isWhole &&= result === 'forgotten';
        }
        if (!isWhole) throw new ExitWith(EXIT.REFUSED);
      });
    },
  );
}
