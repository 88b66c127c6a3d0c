/** Options of VXLAN tunnels that vppcfg's file cannot say: `x-vppmux: { vxlan_tunnels: { vxlan_tunnel0: { table: underlay } } }`. */

import { z } from 'zod';
import { addressOf } from '../../../vpp/index.js';
import { unknownInterfaces } from '../../checks/known-interfaces.js';
import { bool, form } from '../../form-parts.js';
import type { Problem } from '../../problem.js';
import { OWN_KEY } from '../../read-yaml.js';
import type { Wish } from '../../wish.js';
import { tableReference, unknownTables } from '../layer3/table-reference.js';

export const VXLAN_OPTIONS = 'vxlan_tunnels';

const port = z.int().min(1).max(65_535);

export const vxlanOptionsSection = z.record(
  z.string(),
  form(
    {},
    { table: tableReference, 'local-port': port, 'remote-port': port, 'multicast-interface': z.string(), l3: bool },
  ),
);

export type VxlanOptions = z.output<typeof vxlanOptionsSection>[string];

/** Options by the names of the tunnels. */
export const vxlanOptionsOf = ({ extra }: Wish): Readonly<Record<string, VxlanOptions | undefined>> =>
  (extra[VXLAN_OPTIONS] ?? {}) as z.output<typeof vxlanOptionsSection>;

export function* checkVxlanOptions(wish: Wish): Generator<Problem> {
  const tunnels = wish.file.vxlan_tunnels ?? {};
  for (const [name, { table, 'multicast-interface': itf } = {}] of Object.entries(vxlanOptionsOf(wish))) {
    const path = [OWN_KEY, VXLAN_OPTIONS, name];
    if (!Object.hasOwn(tunnels, name)) {
      yield { path, message: `vxlan_tunnel ${name} does not exist in vxlan_tunnels` };
      continue;
    }
    yield* unknownTables(wish, [[table, [VXLAN_OPTIONS, name, 'table']]]);
    if (itf === undefined) continue;
    yield* unknownInterfaces(wish, [[itf, [VXLAN_OPTIONS, name, 'multicast-interface']]]);
    if (!isMulticast(tunnels[name].remote)) {
      const message = `vxlan_tunnel ${name} has a multicast-interface, but its remote is no multicast address`;
      yield { path: [...path, 'multicast-interface'], message };
    }
  }
}

/** Whether an address is one of 224.0.0.0/4 or of ff00::/8. */
export function isMulticast(text: string): boolean {
  const address = addressOf(text) ?? '';
  if (address.includes(':')) return /^ff[0-9a-f]{2}:/.test(address);
  const first = Number(address.split('.', 1)[0]);
  return first >= 224 && first < 240;
}
