/** Options that say which fleet a command is about: on etcd, or in a folder. */

import type { Command } from 'commander';
import type { FleetStore } from '../../fleet/index.js';

export interface FleetFlags {
  readonly etcd?: string;
  readonly dir?: string;
  readonly prefix?: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly user?: string;
  readonly passwordFile?: string;
  readonly configDir?: string;
  readonly verbose?: boolean;
}

export interface FleetPlace {
  readonly prefix: string;
  /** For people: `etcd at https://…`, or the folder. */
  readonly name: string;
  /** `create`: makes the folder where it is not there. */
  open(options: { readonly create: boolean; readonly onState: (state: unknown) => void }): Promise<FleetStore>;
}

export function addFleetOptions(command: Command): Command {
  return command
    .option('--etcd <urls>', 'members of etcd, as https://etcd1:2379,…')
    .option('--dir <folder>', 'a folder in place of etcd (env VPPMUX_FLEET: either)')
    .option('-c, --config-dir <dir>', "directory of etcd.conf (default: the running agent's)")
    .option('--prefix <prefix>', 'beginning of all keys (default /vppmux)')
    .option('--ca <file>', "CA of etcd's certificate")
    .option('--cert <file>', 'certificate for etcd; with --key')
    .option('--key <file>', 'its key')
    .option('--user <name>', 'user of etcd; with --password-file')
    .option('--password-file <file>', 'file with the password')
    .option('-v, --verbose', 'say what is going on, and show stack traces');
}
