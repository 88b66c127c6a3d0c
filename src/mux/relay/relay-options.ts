/** Options of an API socket, checked, with their defaults. */

import { fitsAny } from '../../glob.js';
import { VppmuxError } from '../errors.js';
import type { Access, ApiSocketLimits, ApiSocketOptions, ClientPeer, NamedLimits, OnLinkLoss } from '../types.js';

export type ClientLimits = Required<ApiSocketLimits>;

export const DEFAULT_LIMITS: ClientLimits = {
  clients: 256,
  inFlight: 1024,
  queuedBytes: 16 * 1024 * 1024,
  frameBytes: 16 * 1024 * 1024,
  messagesPerSecond: 0,
};
const HOLD_MS = 2000;
const ON_LINK_LOSS: readonly OnLinkLoss[] = ['same-vpp', 'close', 'keep'];

export interface ApiSocketSettings {
  readonly path: string | undefined;
  readonly role: string;
  readonly access: Access;
  readonly limits: ClientLimits;
  readonly named: readonly { readonly name: string; readonly limits: ClientLimits }[];
  readonly holdMs: number;
  readonly onLinkLoss: OnLinkLoss;
  readonly dedicated: boolean;
}

/** Rights and limits of one client, settled at its handshake. */
export interface ClientSettings {
  readonly name: string;
  readonly role: string;
  readonly access: Access;
  readonly limits: ClientLimits;
  readonly onLinkLoss: OnLinkLoss;
  /** True when the limits are those of its name. */
  readonly isNamed: boolean;
  readonly peer: ClientPeer | undefined;
}

/** Throws BAD_OPTION. */
export function settingsOf(options: ApiSocketOptions): ApiSocketSettings {
  const { path, role = 'api-socket', access = 'write', named = [] } = options;
  const { holdMs = HOLD_MS, onLinkLoss = 'same-vpp', dedicated = false } = options;
  if (access !== 'read' && access !== 'write') throw bad('access', `must be read or write, not ${String(access)}`);
  if (!Number.isFinite(holdMs) || holdMs < 0) throw bad('holdMs', 'must be a number of milliseconds');
  if (typeof dedicated !== 'boolean') throw bad('dedicated', 'must be true or false');
  if (!ON_LINK_LOSS.includes(onLinkLoss)) throw bad('onLinkLoss', `must be one of ${ON_LINK_LOSS.join(', ')}`);
  const limits = limitsOf(options.limits, DEFAULT_LIMITS, 'limits');
  const byName = named.map((each: NamedLimits, i) => {
    const { name, ...own } = each;
    if (typeof name !== 'string' || name === '')
      throw bad(`named[${i}].name`, 'must be a name, with * for any characters');
    return { name, limits: limitsOf(own, limits, `named[${i}]`) };
  });
  return { path, role, access, limits, named: byName, holdMs, onLinkLoss, dedicated };
}

export function clientSettings(socket: ApiSocketSettings, name: string, peer?: ClientPeer): ClientSettings {
  const { role, access, limits, named, onLinkLoss } = socket;
  const own = named.find((each) => fitsAny([each.name], name));
  return { name, role, access, limits: own?.limits ?? limits, onLinkLoss, isNamed: own !== undefined, peer };
}

function limitsOf(given: ApiSocketLimits = {}, defaults: ClientLimits, path: string): ClientLimits {
  const limits: Record<string, number> = { ...defaults };
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!(key in defaults)) throw bad(`${path}.${key}`, `is no limit; there are: ${Object.keys(defaults).join(', ')}`);
    const least = key === 'messagesPerSecond' ? 0 : 1;
    if (!Number.isSafeInteger(value) || value < least)
      throw bad(`${path}.${key}`, `must be a whole number of at least ${least}`);
    limits[key] = value;
  }
  return limits as unknown as ClientLimits;
}

function bad(path: string, text: string): VppmuxError {
  return new VppmuxError('BAD_OPTION', `${path} of an API socket ${text}`, { path });
}
