/** Options of an API socket, out of its configuration. */

import type { ApiSocketLimits, ApiSocketOptions } from '../../mux/index.js';
import { idOf } from './accounts.js';
import type { SocketConfig } from './config.js';
import type { HandedOver } from './handed-over.js';

/**
 * Options for each socket that an entry stands for: several where systemd hands over several of one name. Throws an Error where there
 * is no such user or group, or systemd has handed over no such socket.
 */
export function optionsOf(config: SocketConfig, given: readonly HandedOver[]): ApiSocketOptions[] {
  const { role, access, hold: holdMs, limits } = config;
  const named = config.named.map(({ name, ...own }) => ({ name, ...limitsOf(own) }));
  const shared = { role, access, holdMs, limits: limitsOf(limits), named };
  return placesOf(config, given).map((place) => ({ ...place, ...shared }));
}

function placesOf(config: SocketConfig, given: readonly HandedOver[]): ApiSocketOptions[] {
  const { path, systemd, owner, group, mode } = config;
  if (path !== undefined) {
    const uid = owner === undefined ? undefined : idOf('passwd', owner);
    const gid = group === undefined ? undefined : idOf('group', group);
    return [{ path, mode: Number.parseInt(mode, 8), uid, gid }];
  }
  const found = given.filter(({ name }) => name === systemd);
  if (found.length > 0) return found.map(({ fd }) => ({ fd }));
  const names = given.map(({ name }) => name).join(', ') || 'none at all';
  throw new Error(`systemd has handed over no socket "${systemd}" (it has handed over: ${names})`);
}

type WrittenLimits = Partial<SocketConfig['limits']>;

function limitsOf(written: WrittenLimits): ApiSocketLimits {
  return {
    clients: written.clients,
    inFlight: written['in-flight'],
    queuedBytes: written['queued-bytes'],
    frameBytes: written['frame-bytes'],
    messagesPerSecond: written['messages-per-second'],
  };
}
