import { hostname } from 'node:os';
import { Command } from 'commander';
import { Driver, type DriverEvent } from '../../fleet/index.js';
import { printableLine } from '../../printable.js';
import { UsageError } from '../errors.js';
import { addFleetOptions, type FleetFlags } from '../fleet/fleet-options.js';
import { stateLine } from '../fleet/rollout-text.js';
import { withFleet } from '../fleet/with-fleet.js';
import type { Host } from '../host.js';
import { footer } from '../output/help-layout.js';

const NOTE = `
It waits until no other driver has the lock, and then goes on with what is under way, and with all that is begun later, until Ctrl-C. Several
may run: one drives, and another goes on in its place within some seconds when it dies. An agent with "drive: true" in its etcd.conf does
the same.`;

/** Characters: it stands in the lock, and in every state that it writes. */
const LONGEST_NAME = 200;

export function fleetDriveCommand(host: Host): Command {
  const command = new Command('drive')
    .summary('drive roll-outs, in place of a driver that is gone')
    .description('Drives what is rolled out, whoever has begun it.')
    .option('--name <name>', 'its name, which others see (default: of user and host)', nameOf)
    .addHelpText('after', footer(NOTE));
  return addFleetOptions(command).action((flags: FleetFlags & { readonly name?: string }) =>
    withFleet(host, { ...flags, create: true }, async ({ store, keys, place, person }) => {
      const name = flags.name ?? `vppmux fleet drive of ${person} (pid ${process.pid})`;
      host.note(`waiting for the lock of the fleet in ${place}, to drive as "${name}"; Ctrl-C ends it`);
      await new Driver({ store, keys, name, onEvent: (event) => tell(host, event) }).run(host.signal);
    }),
  );
}

/** Others read it in one line. */
function nameOf(text: string): string {
  const name = text.trim();
  if (name !== '' && name.length <= LONGEST_NAME && printableLine(name) === name) return name;
  throw new UsageError(`--name: a line of 1 to ${LONGEST_NAME} characters that can be printed`);
}

function tell(host: Host, event: DriverEvent): void {
  if (event.kind === 'leading') host.note(`this driver, on ${hostname()}, has the lock`);
  else if (event.kind === 'left') host.note('this driver has the lock no more');
  else if (event.kind === 'state') host.note(stateLine(event.plan, event.state));
  else if (event.kind === 'noted') host.note(event.text);
  else if (event.kind === 'failed') host.note(`${event.label} failed: ${event.reason}`);
  else host.note(`${event.reason}; it is tried again`);
}
