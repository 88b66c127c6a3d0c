/** MAC addresses: `mac` of cards, loopbacks and bonds. An interface without one in the wish keeps what it has. */

import { defineKind, type Found, type References, type Wanted } from '../kind.js';
import { macText } from './mac-text.js';

interface Mac {
  readonly mac: string;
}

const NO_MAC = '00:00:00:00:00:00';

const set = ({ name, value }: Wanted<Mac>, refs: References) => [
  { name: 'sw_interface_set_mac_address', fields: { sw_if_index: refs.interface(name), mac_address: value.mac } },
];

type Entries = Readonly<Record<string, { readonly mac?: string | undefined }>>;

/** `kind`: what is made with its MAC address. */
function* macs(section: string, entries: Entries = {}, kind?: string): Generator<Wanted<Mac>> {
  for (const [name, { mac }] of Object.entries(entries)) {
    if (mac === undefined) continue;
    const comesWith = kind && `${kind}/${name}`;
    yield { name, value: { mac: macText(mac) }, path: [section, name, 'mac'], comesWith };
  }
}

export const macKind = defineKind<Mac>({
  name: 'mac',
  ownership: 'all',
  vanishes: true,
  messages: ['sw_interface_set_mac_address'],
  *wanted({ file: { bondethernets, loopbacks, interfaces } }) {
    yield* macs('loopbacks', loopbacks, 'loopback');
    yield* macs('bondethernets', bondethernets, 'bond');
    yield* macs('interfaces', interfaces);
  },
  read: async (vpp) =>
    [...vpp.interfaces.values()].flatMap((itf): Found<Mac>[] => {
      const mac = itf.l2_address as string;
      const isOwn = itf.sup_sw_if_index === itf.sw_if_index && mac !== NO_MAC;
      return isOwn ? [{ name: itf.interface_name, value: { mac } }] : [];
    }),
  needs: ({ name }) => [`interface/${name}`],
  create: set,
  change: (_found, wanted, refs) => set(wanted, refs),
  describe(found, { file }) {
    // A member has that of its bond as long as it is one.
    const members = new Set(Object.values(file.bondethernets ?? {}).flatMap(({ interfaces = [] }) => interfaces));
    for (const { name, value } of found) {
      if (members.has(name)) continue;
      const entry = file.bondethernets?.[name] ?? file.loopbacks?.[name] ?? file.interfaces?.[name];
      const isTunnel = file.vxlan_tunnels?.[name] !== undefined || file.taps?.[name] !== undefined;
      if (entry !== undefined && !isTunnel) entry.mac = value.mac;
    }
  },
  cli: (_before, after) =>
    after === undefined ? [] : [{ block: 'sync', line: `set interface mac address ${after.name} ${after.value.mac}` }],
});
