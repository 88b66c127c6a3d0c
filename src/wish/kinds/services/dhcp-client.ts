/**
 * DHCP clients of interfaces: `x-vppmux.dhcp-clients`. What a client is given, an address and a route, is its own: it comes and goes with
 * the client, and no wish asks for it.
 */

import { z } from 'zod';
import type { Fields } from '../../../mux/index.js';
import { unknownInterfaces } from '../../checks/known-interfaces.js';
import { bool, form } from '../../form-parts.js';
import { OWN_KEY } from '../../read-yaml.js';
import type { Wish } from '../../wish.js';
import { defineKind, type Found, keyOf, type References, type Wanted } from '../kind.js';
import type { VppSnapshot } from '../snapshot.js';

const KEY = 'dhcp-clients';
const NAME = 'dhcp-client';
/** VPP keeps 64 bytes, with a zero behind the text. */
const text = z.string().regex(/^[!-~]{1,63}$/, 'must be of 1 to 63 letters, digits and signs');

const section = z.record(
  z.string(),
  z.preprocess(
    (value) => value ?? {},
    form({}, { hostname: text, 'client-id': text, broadcast: bool, dscp: z.int().min(0).max(63) }),
  ),
);

interface DhcpClient {
  /** Undefined for one that has a lease: the server may have given it another name. */
  readonly hostname?: string;
  readonly clientId: string;
  readonly broadcast: boolean;
  readonly dscp: number;
}

const clientsOf = ({ extra }: Wish) => Object.entries((extra[KEY] ?? {}) as z.output<typeof section>);

const config = ({ name, value }: Wanted<DhcpClient> | Found<DhcpClient>, refs: References, isAdd: boolean) => [
  {
    name: 'dhcp_client_config',
    fields: {
      is_add: isAdd,
      client: {
        sw_if_index: refs.interface(name),
        hostname: value.hostname ?? '',
        id: Buffer.concat([Buffer.from(value.clientId)], ID_LENGTH),
        set_broadcast_flag: value.broadcast,
        dscp: value.dscp,
      },
    },
  },
];

const ID_LENGTH = 64;

function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return Buffer.from(bytes.subarray(0, end === -1 ? bytes.length : end)).toString();
}

const NOWHERE = '0.0.0.0';

/** The address that a client has been given; undefined before. */
function leased({ host_address: address, mask_width: width }: Fields): string | undefined {
  return address === NOWHERE ? undefined : `${address}/${width}`;
}

const list = (vpp: VppSnapshot) => vpp.dumpIfKnown('dhcp_client_dump') as Promise<{ client: Fields; lease: Fields }[]>;

/** Addresses that DHCP clients were given, each with the key of its client, by `INTERFACE ADDRESS/LENGTH`. */
export async function leasedAddresses(vpp: VppSnapshot): Promise<ReadonlyMap<string, string>> {
  const all = new Map<string, string>();
  for (const { client, lease } of await list(vpp)) {
    const name = vpp.nameOf(client.sw_if_index);
    const address = leased(lease);
    if (name !== undefined && address !== undefined) all.set(`${name} ${address}`, keyOf({ name: NAME }, name));
  }
  return all;
}

export const dhcpClientKind = defineKind<DhcpClient>({
  name: NAME,
  ownership: 'wished',
  messages: ['dhcp_client_config', 'dhcp_client_dump'],
  section: { key: KEY, schema: section },
  check: (wish) =>
    unknownInterfaces(
      wish,
      clientsOf(wish).map(([name]) => [name, [KEY, name]]),
    ),
  *wanted(wish) {
    for (const [name, { hostname, 'client-id': clientId = '', broadcast = true, dscp = 0 }] of clientsOf(wish)) {
      const value = { hostname: hostname ?? '', clientId, broadcast, dscp };
      yield { name, value, path: [OWN_KEY, KEY, name] };
    }
  },
  async read(vpp) {
    return (await list(vpp)).flatMap(({ client, lease }): Found<DhcpClient>[] => {
      const name = vpp.nameOf(client.sw_if_index);
      if (name === undefined) return [];
      const value = {
        ...(leased(lease) === undefined && { hostname: client.hostname as string }),
        clientId: textOf(client.id as Uint8Array),
        broadcast: client.set_broadcast_flag as boolean,
        dscp: client.dscp as number,
      };
      return [{ name, value }];
    });
  },
  needs: ({ name }) => [`interface/${name}`],
  same: ({ value: { hostname, ...wanted } }, { value: { hostname: known = hostname, ...found } }) =>
    hostname === known &&
    wanted.clientId === found.clientId &&
    wanted.broadcast === found.broadcast &&
    wanted.dscp === found.dscp,
  create: (wanted, refs) => config(wanted, refs, true),
  remove: (found, refs) => config(found, refs, false),
  describe(found, draft) {
    const all: Record<string, unknown> = {};
    for (const { name, value } of found) {
      draft.layer3(name);
      const { hostname, clientId, broadcast, dscp } = value;
      all[name] = {
        ...(hostname && { hostname }),
        ...(clientId !== '' && { 'client-id': clientId }),
        ...(!broadcast && { broadcast }),
        ...(dscp !== 0 && { dscp }),
      };
    }
    if (found.length > 0) draft.extra[KEY] = all;
  },
});
