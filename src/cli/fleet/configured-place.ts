/** The fleet that an etcd.conf names: that of --config-dir, or of the agent that runs here. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { configFileOf } from '../../agent/for-cli.js';
import { readConfig } from '../../agent/index.js';
import { etcdConfig, isEtcdOff, openEtcdStore } from '../../plugins/for-cli.js';
import { runningAgents } from '../agents/running-agents.js';
import { UsageError } from '../errors.js';
import type { Host } from '../host.js';
import type { FleetFlags, FleetPlace } from './fleet-options.js';

/** Undefined where none names a fleet. Throws as the agent's start would. */
export async function configuredPlace(host: Host, { configDir, prefix }: FleetFlags): Promise<FleetPlace | undefined> {
  const folder = configDir ?? folderOfAgent(host);
  const places = { dir: folder, env: host.io.env };
  const config = readConfig(configFileOf('etcd', places), etcdConfig, { plugin: 'etcd' }).value;
  if (isEtcdOff(config)) {
    if (configDir === undefined) return undefined;
    throw new UsageError(`etcd.conf in ${configDir} names no fleet: neither endpoints nor dir is set there`);
  }
  return {
    prefix: prefix ?? config.prefix,
    name: config.dir === '' ? `etcd at ${config.endpoints.join(', ')}` : config.dir,
    open: () => openEtcdStore(config, (text) => host.note(text)),
  };
}

/** Undefined where none runs with such a file, or several do. */
function folderOfAgent(host: Host): string | undefined {
  const all = new Set(runningAgents(host.io.env).flatMap(({ configDir }) => configDir ?? []));
  const folders = [...all].filter((folder) => existsSync(join(folder, 'etcd.conf')));
  return folders.length === 1 ? folders[0] : undefined;
}
