import { Command } from 'commander';
import { type Damage, findDamage, mend } from '../../fleet/index.js';
import { ExitWith } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import { addFleetOptions, type FleetFlags } from '../fleet/fleet-options.js';
import { withFleet } from '../fleet/with-fleet.js';
import type { Host } from '../host.js';
import { addDiagnosisOptions, type OutputFlags } from '../options.js';
import { footer } from '../output/help-layout.js';

interface RepairFlags extends FleetFlags, OutputFlags {
  readonly write?: boolean;
}

const NOTE = `
Without --write nothing is changed. A record of a newer vppmux looks damaged to an older one: look with the newest that is in use. What is
mended is written only where nobody has changed it meanwhile. The exit code is 1 while something is damaged.`;

export function fleetRepairCommand(host: Host): Command {
  const command = new Command('repair')
    .summary('look for records that are damaged, and mend them')
    .description('Says which records of the fleet cannot be read, and what mends each.')
    .option('--write', 'mend what can be mended')
    .addHelpText('after', footer(NOTE));
  return addDiagnosisOptions(addFleetOptions(command)).action((flags: RepairFlags) =>
    withFleet(host, flags, async ({ store, keys, person }) => {
      const damages = await findDamage(store, keys, person);
      if (damages.length === 0 && !flags.json) host.note('nothing is damaged');
      let isWhole = true;
      for (const damage of damages) {
        const isMended = flags.write === true && damage.mending !== undefined && (await mend(store, damage.mending));
        isWhole &&= isMended;
        await say(host, damage, flags, isMended);
      }
      if (!isWhole) throw new ExitWith(EXIT.REFUSED);
    }),
  );
}

async function say(host: Host, { key, text, mending }: Damage, flags: RepairFlags, isMended: boolean): Promise<void> {
  if (flags.json) {
    await host.out.json({ key, text, mended: isMended });
    return;
  }
  host.note(`${key}: ${text}`);
  if (isMended) host.note(`${key} is mended`);
  else if (mending !== undefined && flags.write) host.note(`${key} has changed meanwhile: call it again`);
  else if (mending !== undefined) host.note(`${key} is as it was: --write mends it`);
}
