/** Opens the fleet of a command, and closes it behind it. */

import { hostname } from 'node:os';
import { etcdStore, FleetKeys, type FleetStore, type FolderOptions, openFolderStore } from '../../fleet/index.js';
import { UsageError } from '../errors.js';
import type { Host } from '../host.js';
import type { FleetFlags } from './fleet-options.js';
import { fleetPlace, personAt } from './fleet-place.js';

export interface OpenFleet {
  readonly store: FleetStore;
  readonly keys: FleetKeys;
  /** For people: `etcd at https://…`, or the folder. */
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
  const { prefix, etcd, dir } = await fleetPlace(host, flags);
  const keys = keysOf(prefix);
  const person = personAt(hostname());
  if (dir !== undefined)
    return { store: await openFolderStore(dir, { create: flags.create === true }), keys, place: dir, person };
  if (etcd === undefined) throw new UsageError('no fleet is named');
  const store = etcdStore(etcd, (state) => {
    if (flags.verbose) host.note(`etcd: ${JSON.stringify(state)}`);
  });
  return { store, keys, place: `etcd at ${etcd.endpoints.join(', ')}`, person };
}

function keysOf(prefix: string): FleetKeys {
  try {
    return new FleetKeys(prefix);
  } catch (error) {
    throw new UsageError(`--prefix: ${(error as RangeError).message}`);
  }
}
