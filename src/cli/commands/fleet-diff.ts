import { Command } from 'commander';
import { prepareWishes, readFleetFolder } from '../../fleet/index.js';
import { ExitWith } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import { differencesOf } from '../fleet/differences.js';
import { addFleetOptions, type FleetFlags } from '../fleet/fleet-options.js';
import { reportFleetMistakes } from '../fleet/report-mistakes.js';
import { counted } from '../fleet/rollout-text.js';
import { withFleet } from '../fleet/with-fleet.js';
import type { Host } from '../host.js';
import { addDiagnosisOptions, type OutputFlags } from '../options.js';
import { footer } from '../output/help-layout.js';

const NOTE = `
Compares the wishes that "vppmux fleet apply" would roll out with those that the agents are to have now, and shows each difference once,
with the agents that have it. VPP is not read. The exit code is 0 where nothing differs, 2 where something does, 1 for mistakes and wrong
usage.`;

/** Labels in a title. */
const NAMED = 8;

export function fleetDiffCommand(host: Host): Command {
  const command = new Command('diff')
    .summary('show what the files of a folder would change')
    .description('Shows how the wishes of a folder differ from those that the agents have.')
    .argument('<folder>', 'the files, as for vppmux fleet apply')
    .addHelpText('after', footer(NOTE));
  return addDiagnosisOptions(addFleetOptions(command)).action(
    async (folder: string, flags: FleetFlags & OutputFlags) => {
      const files = readFleetFolder(folder);
      await withFleet(host, flags, async ({ store, keys }) => {
        const prepared = files.mistakes.length > 0 ? files : await prepareWishes(store, keys, files);
        if (!('seen' in prepared) || prepared.mistakes.length > 0) {
          await reportFleetMistakes(host, folder, prepared);
          throw new ExitWith(EXIT.REFUSED);
        }
        const differences = await differencesOf(store, keys, prepared);
        for (const { agents, dataplane, lines } of differences) {
          if (flags.json) await host.out.json({ agents, dataplane, diff: lines });
          else {
            const more = agents.length - NAMED;
            const labels = more > 0 ? `${agents.slice(0, NAMED).join(', ')} and ${more} more` : agents.join(', ');
            await host.out.line(
              `--- ${counted(agents.length, 'agent')}: ${labels}${dataplane === 'main' ? '' : ` (${dataplane})`}`,
            );
            for (const line of lines) await host.out.text(line);
          }
        }
        await host.out.flush();
        const touched = new Set(differences.flatMap(({ agents }) => agents)).size;
        if (!flags.json)
          host.note(touched === 0 ? 'no difference' : `${counted(touched, 'agent')} would get another wish`);
        if (touched > 0) throw new ExitWith(EXIT.CHANGES);
      });
    },
  );
}
