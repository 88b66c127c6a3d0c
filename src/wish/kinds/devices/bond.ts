/** Bonds: `bondethernets`. Their members are a kind of their own, and what is set on the interface is in `interfaces`. */

import { instanceOf } from '../interfaces-of.js';
import { defineKind, type Found, type Wanted } from '../kind.js';
import { NONE } from '../snapshot.js';
import { macText } from './mac-text.js';

/** VPP's numbers of modes. */
const MODES = { 'round-robin': 1, 'active-backup': 2, xor: 3, broadcast: 4, lacp: 5 } as const;
/** VPP's numbers of ways to balance the load, in the modes that have a choice. */
const BALANCES = { l2: 0, l34: 1, l23: 2 } as const;
const BALANCED: ReadonlySet<number> = new Set([MODES.xor, MODES.lacp]);

interface Bond {
  readonly id: number;
  readonly mode: number;
  /** Undefined in the modes that have no choice. */
  readonly balance: number | undefined;
}

/** VPP gives the MAC address that a bond is created with to its members; `mac` compares it afterwards. */
interface WantedBond extends Bond {
  readonly mac?: string;
}

export const bondKind = defineKind<WantedBond>({
  name: 'bond',
  family: 'interface',
  ownership: 'all',
  messages: ['bond_create2', 'bond_delete', 'sw_bond_interface_dump'],
  *wanted({ file }) {
    for (const [name, { mode: asked = 'lacp', 'load-balance': balance = 'l34', mac }] of Object.entries(
      file.bondethernets ?? {},
    )) {
      const mode = MODES[asked];
      const shared = { id: instanceOf(name), mode, balance: BALANCED.has(mode) ? BALANCES[balance] : undefined };
      const value = mac === undefined ? shared : { ...shared, mac: macText(mac) };
      yield { name, value, path: ['bondethernets', name] };
    }
  },
  async read(vpp) {
    const list = await vpp.dump('sw_bond_interface_dump', { sw_if_index: NONE });
    return list.flatMap(({ sw_if_index: index, id, mode, lb }): Found<Bond>[] => {
      const itf = vpp.interfaces.get(index as number);
      if (itf === undefined) return [];
      const balance = BALANCED.has(mode as number) ? (lb as number) : undefined;
      const value = { id: id as number, mode: mode as number, balance };
      return [{ name: itf.interface_name, value, index: itf.sw_if_index, tag: itf.tag }];
    });
  },
  needs: () => [],
  same: ({ value: { mode, balance } }, { value: found }) => mode === found.mode && balance === found.balance,
  create: ({ value: { id, mode, balance = 0, mac } }) => {
    const custom = mac === undefined ? {} : { use_custom_mac: true, mac_address: mac };
    return [{ name: 'bond_create2', fields: { id, mode, lb: balance, ...custom } }];
  },
  indexOf: (reply) => reply.sw_if_index as number | undefined,
  remove: ({ name }, refs) => [{ name: 'bond_delete', fields: { sw_if_index: refs.interface(name) } }],
  describe(found, draft) {
    draft.file.bondethernets ??= {};
    for (const { name, value } of found) {
      const mode = nameOf(MODES, value.mode);
      const balance = value.balance === undefined ? undefined : nameOf(BALANCES, value.balance);
      draft.file.bondethernets[name] = { mode, 'load-balance': balance };
      draft.interface(name);
    }
  },
  cli: (before, after) =>
    after === undefined
      ? [{ block: 'prune', line: `delete bond ${before?.name}` }]
      : [{ block: 'create', line: createLine(after) }],
});

function createLine({ value: { id, mode, balance, mac } }: Wanted<WantedBond>): string {
  const line = `create bond id ${id} mode ${nameOf(MODES, mode)}`;
  const balanced = balance === undefined ? line : `${line} load-balance ${nameOf(BALANCES, balance)}`;
  return mac === undefined ? balanced : `${balanced} hw-addr ${mac}`;
}

function nameOf<Name extends string>(numbers: Readonly<Record<Name, number>>, number: number): Name | undefined {
  return (Object.keys(numbers) as Name[]).find((name) => numbers[name] === number);
}
