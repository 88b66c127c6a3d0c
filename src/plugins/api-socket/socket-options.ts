/** Options of an API socket, out of its configuration. */

import type { ApiSocketLimits, ApiSocketOptions } from '../../mux/index.js';
import { idOf } from './accounts.js';
import type { SocketConfig } from './config.js';
import type { HandedOver } from './handed-over.js';

/** The options of a socket wherever it listens. Throws an Error where there is no such user or group. */
export function optionsOf(config: SocketConfig): ApiSocketOptions {
  const { role, access, dedicated, hold: holdMs, 'on-link-loss': onLinkLoss, owner, group, mode } = config;
  return {
    ...{ role, access, dedicated, holdMs, onLinkLoss },
    mode: Number.parseInt(mode, 8),
    uid: owner === undefined ? undefined : idOf('passwd', owner),
    gid: group === undefined ? undefined : idOf('group', group),
    limits: limitsOf(config.limits),
    named: config.named.map(({ name, ...own }) => ({ name, ...limitsOf(own) })),
  };
}

/** Places where a socket listens: several where systemd hands over several of one name. Throws an Error where it hands over none. */
export function placesOf({ path, systemd }: SocketConfig, given: readonly HandedOver[]): Place[] {
  if (path !== undefined) return [{ path }];
  const found = given.filter(({ name }) => name === systemd);
  if (found.length > 0) return found.map(({ fd }) => ({ fd }));
  const names = given.map(({ name }) => name).join(', ') || 'none at all';
  throw new Error(`systemd has handed over no socket "${systemd}" (it has handed over: ${names})`);
}

export type Place = Pick<ApiSocketOptions, 'path' | 'fd'>;

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
