/**
 * The largest frame that a card takes: it is to hold the card's `mtu`. VPP gives the same number to the packet MTU of the card and of all
 * that is on it, and a running card may refuse: it is taken down for the change, and up again whatever becomes of that.
 */

import { defineKind, type Found } from '../kind.js';

interface LinkMtu {
  readonly mtu: number;
  /** Only for what was found. */
  readonly isUp?: boolean;
  /** `interface_dev_type`. Only for what was found. */
  readonly type?: string;
  /** Names of the card and of its sub-interfaces. */
  readonly on: readonly string[];
}

const ADMIN_UP = 1;
const DPDK = 'dpdk';

/** Types whose frame size VPP 26.06 cannot change: they keep what they have, and the packet MTU holds all the same. */
const FIXED = new Set([
  ...['pg', 'memif', 'virtio', 'vhost-user', 'netmap', 'tap', 'bond', 'Pipe', 'RDMA interface', 'VMXNET3 interface'],
  ...['AF_XDP interface', 'Infrastructure Data Path Function (IDPF) interface'],
]);

export const linkMtuKind = defineKind<LinkMtu>({
  name: 'link-mtu',
  ownership: 'all',
  vanishes: true,
  messages: ['hw_interface_set_mtu'],
  *wanted(wish) {
    for (const name of Object.keys(wish.file.interfaces ?? {})) {
      // An interface that VPP makes keeps the frame size that it is made with.
      if (wish.isVirtual(name)) continue;
      const value = { mtu: wish.mtuOf(name), on: [name, ...wish.siblingsOf(name)] };
      yield { name, value, path: ['interfaces', name, 'mtu'] };
    }
  },
  async read(vpp) {
    const cards = new Map<number, Found<LinkMtu> & { readonly value: { readonly on: string[] } }>();
    for (const itf of vpp.interfaces.values()) {
      if (itf.sw_if_index !== itf.sup_sw_if_index) continue;
      const isUp = ((itf.flags as number) & ADMIN_UP) !== 0;
      const value = { mtu: itf.link_mtu as number, isUp, type: itf.interface_dev_type, on: [] };
      cards.set(itf.sw_if_index, { name: itf.interface_name, value });
    }
    for (const { sup_sw_if_index, interface_name } of vpp.interfaces.values()) {
      cards.get(sup_sw_if_index)?.value.on.push(interface_name);
    }
    return [...cards.values()];
  },
  needs: ({ name }) => [`interface/${name}`],
  same: ({ value }, { value: found }) => value.mtu === found.mtu || FIXED.has(found.type ?? ''),
  create: ({ name, value }, refs) => [
    { name: 'hw_interface_set_mtu', fields: { sw_if_index: refs.interface(name), mtu: value.mtu } },
  ],
  change(found, { name, value }, refs) {
    const sw_if_index = refs.interface(name);
    const set = { name: 'hw_interface_set_mtu', fields: { sw_if_index, mtu: value.mtu } };
    const state = (flags: number) => ({ name: 'sw_interface_set_flags', fields: { sw_if_index, flags } });
    return found.value.isUp ? [state(0), set, { ...state(ADMIN_UP), restores: true }] : [set];
  },
  precedes: (found, wanted) => both(found, wanted).map((name) => `admin-state/${name}`),
  resets: (found, wanted) => both(found, wanted).map((name) => `mtu/${name}`),
  show: ({ mtu }) => ({ mtu }),
  describe(found, draft) {
    for (const { name, value } of found) {
      if (!isCard(name, value)) continue;
      const entry = draft.interface(name);
      if (value.type === DPDK) entry['device-type'] = DPDK;
    }
  },
  cli(before, after) {
    if (after === undefined) return [];
    const { name, value } = after;
    const lines = [`set interface mtu ${value.mtu} ${name}`];
    const all = before?.value.isUp
      ? [`set interface state ${name} down`, ...lines, `set interface state ${name} up`]
      : lines;
    return all.map((line) => ({ block: 'sync', line }));
  },
});

/** Whether VPP has found it, and not made it. */
const isCard = (name: string, { type }: LinkMtu) => type === DPDK || (type !== 'bond' && /Ethernet\d/.test(name));

type Of = { readonly name: string; readonly value: LinkMtu } | undefined;
const both = (found: Of, wanted: Of) => [...new Set([...(found?.value.on ?? []), ...(wanted?.value.on ?? [])])];
