// biome-ignore-all lint/plugin: the password goes to the client of etcd alone

/** Finds the fleet that a command is about: by its options, VPPMUX_FLEET, etcd.conf of --config-dir, that of the running agent. */

import { userInfo } from 'node:os';
import { etcdStore, openFolderStore } from '../../fleet/index.js';
import { FileError, readRegularFile } from '../../regular-file.js';
import { UsageError } from '../errors.js';
import type { Host } from '../host.js';
import type { FleetFlags, FleetPlace } from './fleet-options.js';

type EtcdOptions = Parameters<typeof etcdStore>[0];

const PREFIX = '/vppmux';
const PASSWORD_BYTES = 4096;
/** An URL, or `host:port`. */
const ETCD = /^(?:https?:\/\/|[\w.-]+:\d+(?:,|$))/;

/** @throws UsageError, and for an etcd.conf as the agent's start would */
export async function fleetPlace(host: Host, flags: FleetFlags): Promise<FleetPlace> {
  if (flags.etcd !== undefined && flags.dir !== undefined) throw new UsageError('--etcd and --dir exclude each other');
  const given = flags.etcd ?? flags.dir ?? (host.io.env.VPPMUX_FLEET || undefined);
  const isEtcd = flags.etcd !== undefined || (flags.dir === undefined && given !== undefined && ETCD.test(given));
  const { prefix = PREFIX } = flags;
  if (given === undefined) {
    const { configuredPlace } = await import('./configured-place.js');
    const place = await configuredPlace(host, flags);
    if (place !== undefined) return place;
    throw new UsageError(
      'which fleet: --etcd https://HOST:2379, or --dir FOLDER (also in VPPMUX_FLEET), or --config-dir DIR with an etcd.conf; "vppmux fleet demo --dir FOLDER" tries one',
    );
  }
  if (!isEtcd) return { prefix, name: given, open: ({ create }) => openFolderStore(given, { create }) };
  const options = etcdOptions(given, flags);
  const name = `etcd at ${options.endpoints.join(', ')}`;
  return { prefix, name, open: async ({ onState }) => etcdStore(options, onState) };
}

function etcdOptions(urls: string, { ca, cert, key, user, passwordFile }: FleetFlags): EtcdOptions {
  const tls = ca === undefined && cert === undefined ? undefined : { ca, cert, key };
  if ((user === undefined) !== (passwordFile === undefined)) {
    throw new UsageError('--user and --password-file are given together');
  }
  const password = passwordFile === undefined ? undefined : passwordOf(passwordFile);
  return { endpoints: urls.split(',').map((url) => url.trim()), user, password, ...(tls && { tls }) };
}

function passwordOf(file: string): string {
  try {
    return readRegularFile(file, { max: PASSWORD_BYTES, pipes: true }).toString().trim();
  } catch (error) {
    if (error instanceof FileError) throw new UsageError(`--password-file ${file}: ${error.message}`);
    throw error;
  }
}

/** The person, for the history: `root at edge1`. */
export function personAt(machine: string): string {
  try {
    return `${userInfo().username} at ${machine}`;
  } catch {
    // A user without a name, as in a container.
    return `user ${process.getuid?.() ?? ''} at ${machine}`;
  }
}
