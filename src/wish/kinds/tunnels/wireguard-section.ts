/** The section `x-vppmux: { wireguard: … }`, in the words of WireGuard's own files. */

import { z } from 'zod';
import { prefixOf } from '../../../vpp/index.js';
import type { Draft } from '../../draft.js';
import { address, form, named } from '../../form-parts.js';
import { secret } from '../../secret.js';
import type { Wish } from '../../wish.js';
import { tableReference } from '../layer3/table-reference.js';
import { endpointAt } from './wireguard-endpoint.js';
import { isKey } from './wireguard-keys.js';

export const WIREGUARD = 'wireguard';

const port = z.int().min(1).max(65_535);
const MOST_IPS = 255;

const peer = form(
  {
    'public-key': z.string().refine(isKey, 'must be a key of WireGuard: 44 characters of base64'),
    'allowed-ips': z
      .array(z.string().refine((text) => prefixOf(text) !== undefined, 'must be a prefix, as 10.0.0.0/24'))
      .min(1)
      .max(MOST_IPS),
  },
  {
    endpoint: z
      .string()
      .refine((text) => endpointAt(text) !== undefined, 'must be an address and a port, as 192.0.2.1:51820'),
    'persistent-keepalive': z.int().min(0).max(65_535),
    'preshared-key': secret,
    table: tableReference,
  },
);

export const wireguardSection = named(
  /^wg(?:0|[1-9]\d{0,3}|1[0-5]\d{3}|16[0-2]\d{2}|163[0-7]\d|1638[0-3])$/,
  'must be wg and a number of up to 16383',
  form({ 'listen-port': port, local: address, 'private-key': secret }, { peers: z.array(peer) }),
);

type Wireguard = z.output<typeof wireguardSection>[string];
export type WishedPeer = z.output<typeof peer>;

export const wireguardsOf = ({ extra }: Wish): [name: string, itf: Wireguard][] =>
  Object.entries((extra[WIREGUARD] ?? {}) as z.output<typeof wireguardSection>);

/** The entry of an interface, made where there is none. */
export function describeWireguard({ extra }: Draft, name: string): Record<string, unknown> {
  extra[WIREGUARD] ??= {};
  const section = extra[WIREGUARD] as Record<string, Record<string, unknown>>;
  section[name] ??= {};
  return section[name];
}
