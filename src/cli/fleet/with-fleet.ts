/** Opens the fleet of a command, and closes it behind it. */

import { hostname } from 'node:os';
import { FleetKeys, type FleetStore, type FolderOptions } from '../../fleet/index.js';
import { UsageError } from '../errors.js';
import type { Host } from '../host.js';
import type { FleetFlags } from './fleet-options.js';
import { fleetPlace, personAt } from './fleet-place.js';

export interface OpenFleet {
  readonly store: FleetStore;
  readonly keys: FleetKeys;
  /** The place where it is kept, for people. */
  readonly place: string;
  /** Name of the person, for the history. */
  readonly person: string;
}

/** `create`: makes the folder of `--dir` where it is not there; a command that only looks must not. */
export async function withFleet<T>(
  host: Host,
  flags: FleetFlags & FolderOptions,
  work: (fleet: OpenFleet) => Promise<T>,
): Promise<T> {
  const fleet = await openFleet(host, flags);
  try {
    return await work(fleet);
  } finally {
    await fleet.store.close();
  }
}

async function openFleet(host: Host, flags: FleetFlags & FolderOptions): Promise<OpenFleet> {
  const { prefix, name, open } = await fleetPlace(host, flags);
  const keys = keysOf(prefix);
  const onState = (state: unknown) => {
    if (flags.verbose) host.note(`etcd: ${JSON.stringify(state)}`);
  };
  const store = await open({ create: flags.create === true, onState });
  return { store, keys, place: name, person: personAt(hostname()) };
}

function keysOf(prefix: string): FleetKeys {
  try {
    return new FleetKeys(prefix);
  } catch (error) {
    throw new UsageError(`--prefix: ${(error as RangeError).message}`);
  }
}
