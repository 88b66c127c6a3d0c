/**
 * WireGuard interfaces: `x-vppmux: { wireguard: { wg0: { … } } }`. Whether VPP has the private key is known by its public key, so that it
 * is never asked for. The file that describes VPP names a file for it, which has to be written.
 */

import type { Fields } from '../../../mux/index.js';
import { addressOf } from '../../../vpp/index.js';
import { OWN_KEY } from '../../read-yaml.js';
import type { SecretSource } from '../../secret.js';
import { instanceOf } from '../interfaces-of.js';
import { defineKind, type Found } from '../kind.js';
import { unknownTables } from '../layer3/table-reference.js';
import { NONE } from '../snapshot.js';
import { fits, publicKeyOf, readKey } from './wireguard-keys.js';
import { describeWireguard, WIREGUARD, wireguardSection, wireguardsOf } from './wireguard-section.js';

interface WireguardInterface {
  readonly local: string;
  readonly port: number;
  /** Wanted values only. */
  readonly privateKey?: SecretSource;
  /** Found values only, in base64. */
  readonly publicKey?: string;
}

export const wireguardKind = defineKind<WireguardInterface>({
  name: WIREGUARD,
  family: 'interface',
  ownership: 'wished',
  messages: ['wireguard_interface_create', 'wireguard_interface_delete', 'wireguard_interface_dump'],
  section: { key: WIREGUARD, schema: wireguardSection },
  *check(wish) {
    const known = new Map<string, string>();
    for (const [name, { peers = [] }] of wireguardsOf(wish)) {
      for (const [at, { 'public-key': key, table }] of peers.entries()) {
        const path = [WIREGUARD, name, 'peers', at];
        yield* unknownTables(wish, [[table, [...path, 'table']]]);
        const other = known.get(key);
        const message = `wireguard ${name} peer ${key} is a peer of ${other} already: VPP has each key once`;
        if (other !== undefined) yield { path: [OWN_KEY, ...path, 'public-key'], message };
        known.set(key, name);
      }
    }
  },
  *wanted(wish) {
    for (const [name, itf] of wireguardsOf(wish)) {
      const { local, 'listen-port': port, 'private-key': privateKey } = itf;
      const value = { local: addressOf(local) as string, port, privateKey };
      yield { name, value, path: [OWN_KEY, WIREGUARD, name] };
    }
  },
  read: async (vpp) =>
    (await vpp.dump('wireguard_interface_dump', { show_private_key: false, sw_if_index: NONE })).flatMap((details) => {
      const itf = details.interface as Fields;
      const name = vpp.nameOf(itf.sw_if_index);
      if (name === undefined) return [];
      const publicKey = Buffer.from(itf.public_key as Uint8Array).toString('base64');
      const value = { local: itf.src_ip as string, port: itf.port as number, publicKey };
      return [{ name, value, index: itf.sw_if_index as number } satisfies Found<WireguardInterface>];
    }),
  needs: () => [],
  same({ value: wanted }, { value: found }) {
    if (wanted.local !== found.local || wanted.port !== found.port) return false;
    const isIt = (key: Buffer) => publicKeyOf(key).toString('base64') === found.publicKey;
    return wanted.privateKey === undefined || fits(wanted.privateKey, isIt);
  },
  create({ name, value }, refs) {
    const { local, port, privateKey } = value;
    const private_key = privateKey && refs.secret(() => readKey(privateKey));
    const itf = { user_instance: instanceOf(name), src_ip: local, port, private_key };
    return [{ name: 'wireguard_interface_create', fields: { interface: itf, generate_key: false } }];
  },
  indexOf: (reply) => reply.sw_if_index as number | undefined,
  remove: ({ name }, refs) => [
    {
      name: 'wireguard_interface_delete',
      fields: { sw_if_index: refs.interface(name) },
      settledBy: ['INVALID_SW_IF_INDEX'],
    },
  ],
  describe(found, draft) {
    for (const { name, value } of found) {
      Object.assign(describeWireguard(draft, name), {
        'listen-port': value.port,
        local: value.local,
        'private-key': { file: `/etc/vpp/${name}.key` },
      });
    }
  },
});
