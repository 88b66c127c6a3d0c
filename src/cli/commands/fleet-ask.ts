/** `vppmux fleet confirm`, `pause` and `resume`: what is asked of the driver of the newest roll-out. */

import { Command } from 'commander';
import { ask, type RolloutState, type Wanted } from '../../fleet/index.js';
import { addFleetOptions, type FleetFlags } from '../fleet/fleet-options.js';
import { followRollout } from '../fleet/follow-rollout.js';
import { withFleet } from '../fleet/with-fleet.js';
import type { Host } from '../host.js';
import { addDiagnosisOptions, type OutputFlags } from '../options.js';
import { footer } from '../output/help-layout.js';

const NOTE = `
The driver of the roll-out does it; where there is none, this command drives until it is done, and a later driver finds it if that
is cut off. The exit code is 1 where the roll-out is in a state that this does not fit.`;

type Flags = FleetFlags & OutputFlags;

function askCommand(host: Host, name: string, wanted: Wanted, summary: string, description: string): Command {
  const command = new Command(name).summary(summary).description(description).addHelpText('after', footer(NOTE));
  return addDiagnosisOptions(addFleetOptions(command)).action((flags: Flags) =>
    withFleet(host, flags, async (fleet) => {
      const { plan } = await ask(fleet.store, fleet.keys, wanted);
      const command = `vppmux fleet ${name}`;
      // A pause has no end of its own.
      const until = wanted === 'pause' ? { until: ({ state }: RolloutState) => state !== 'running' } : {};
      await followRollout(host, fleet, plan, { ...flags, command, ...until });
    }),
  );
}

export const fleetConfirmCommand = (host: Host) =>
  askCommand(
    host,
    'confirm',
    'confirm',
    'keep what was rolled out',
    'Keeps a roll-out that waits for its confirmation.',
  );

export const fleetPauseCommand = (host: Host) =>
  askCommand(
    host,
    'pause',
    'pause',
    'begin no further wave',
    'Lets the wave that is under way end, and begins no other one.',
  );

export const fleetResumeCommand = (host: Host) =>
  askCommand(host, 'resume', 'go-on', 'go on with a paused roll-out', 'Goes on with a roll-out that is paused.');
