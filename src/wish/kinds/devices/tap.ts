/** Taps: `taps`, and their options in `x-vppmux`. Those of linux-cp's pairs are none of them, and what is set on the interface is in `interfaces`. */

import { instanceOf } from '../interfaces-of.js';
import { defineKind, type Found, type KindObject, type Wanted } from '../kind.js';
import { NONE } from '../snapshot.js';
import { lcpHosts } from './lcp-hosts.js';
import { macText } from './mac-text.js';
import {
  checkTapOptions,
  describeTapOptions,
  foundTapOptions,
  hasTapOptions,
  TAP_OPTIONS,
  type TapOptions,
  tapOptionFields,
  tapOptionsOf,
  tapOptionsSection,
} from './tap-options.js';

/** Packets in a ring, where the wish says nothing. */
const USUAL_RING = 256;

/** `tap_flags`: a tun carries packets without Ethernet, and is no tap. */
const TUN = 16;

interface Tap {
  readonly id: number;
  readonly host: string;
  /** MAC address of the host's end. Undefined in a wish: any. */
  readonly hostMac: string | undefined;
  /** MTU of the host's end. Undefined in a wish: any. */
  readonly hostMtu: number | undefined;
  /** '' for none. */
  readonly bridge: string;
  /** '' for none. */
  readonly namespace: string;
  readonly rxRing: number;
  readonly txRing: number;
  readonly options: TapOptions;
}

export const tapKind = defineKind<Tap>({
  name: 'tap',
  family: 'interface',
  ownership: 'all',
  messages: ['tap_create_v3', 'tap_delete_v2', 'sw_interface_tap_v2_dump'],
  section: { key: TAP_OPTIONS, schema: tapOptionsSection },
  check: checkTapOptions,
  *wanted(wish) {
    for (const [name, { host, ...rings }] of Object.entries(wish.file.taps ?? {})) {
      const value = {
        id: instanceOf(name),
        host: host.name,
        hostMac: host.mac === undefined ? undefined : macText(host.mac),
        hostMtu: host.mtu,
        bridge: host.bridge ?? '',
        namespace: host.namespace ?? '',
        rxRing: rings['rx-ring-size'] ?? USUAL_RING,
        txRing: rings['tx-ring-size'] ?? USUAL_RING,
        options: tapOptionsOf(wish, name),
      };
      yield { name, value, path: ['taps', name] };
    }
  },
  async read(vpp) {
    const hosts = await lcpHosts(vpp);
    const list = await vpp.dump('sw_interface_tap_v2_dump', { sw_if_index: NONE });
    return list.flatMap((tap): Found<Tap>[] => {
      const itf = vpp.interfaces.get(tap.sw_if_index as number);
      const isTun = ((tap.tap_flags as number) & TUN) !== 0;
      if (itf === undefined || isTun || hosts.has(itf.sw_if_index)) return [];
      const value = {
        id: tap.id as number,
        host: tap.host_if_name as string,
        hostMac: tap.host_mac_addr as string,
        hostMtu: tap.host_mtu_size as number,
        bridge: tap.host_bridge as string,
        namespace: tap.host_namespace as string,
        rxRing: tap.rx_ring_sz as number,
        txRing: tap.tx_ring_sz as number,
        options: foundTapOptions(tap),
      };
      return [{ name: itf.interface_name, value, index: itf.sw_if_index, tag: itf.tag }];
    });
  },
  needs: () => [],
  same({ value }, { value: found }) {
    const { hostMac = found.hostMac, hostMtu = found.hostMtu } = value;
    const isSameHost = value.host === found.host && hostMac === found.hostMac && hostMtu === found.hostMtu;
    const isSamePlace = value.bridge === found.bridge && value.namespace === found.namespace;
    const hasRings = value.rxRing === found.rxRing && value.txRing === found.txRing;
    return isSameHost && isSamePlace && hasRings && hasTapOptions(value.options, found.options);
  },
  create: (wanted) => [{ name: 'tap_create_v3', fields: fieldsOf(wanted) }],
  indexOf: (reply) => reply.sw_if_index as number | undefined,
  remove: ({ name }, refs) => [{ name: 'tap_delete_v2', fields: { sw_if_index: refs.interface(name) } }],
  describe(found, draft) {
    draft.file.taps ??= {};
    for (const { name, value } of found) {
      draft.file.taps[name] = {
        host: {
          name: value.host,
          mac: value.hostMac,
          mtu: value.hostMtu || undefined,
          bridge: value.bridge || undefined,
          namespace: value.namespace || undefined,
        },
        'rx-ring-size': unlessUsual(value.rxRing),
        'tx-ring-size': unlessUsual(value.txRing),
      };
      draft.interface(name);
      const options = describeTapOptions(value.options);
      if (Object.keys(options).length === 0) continue;
      draft.extra[TAP_OPTIONS] = { ...(draft.extra[TAP_OPTIONS] ?? {}), [name]: options };
    }
  },
  cli: (before, after) =>
    after === undefined
      ? [{ block: 'prune', line: `delete tap ${before?.name}` }]
      : [{ block: 'create', line: createLine(after) }],
});

const unlessUsual = (ring: number) => (ring === USUAL_RING ? undefined : ring);

function fieldsOf({ value }: KindObject<Tap>) {
  const { id, host, hostMac, hostMtu, bridge, namespace, rxRing, txRing, options } = value;
  return {
    ...tapOptionFields(options),
    ...{ id, host_if_name_set: true, host_if_name: host, rx_ring_sz: rxRing, tx_ring_sz: txRing },
    ...(hostMac !== undefined && { host_mac_addr_set: true, host_mac_addr: hostMac }),
    ...(hostMtu !== undefined && { host_mtu_set: true, host_mtu_size: hostMtu }),
    ...(bridge !== '' && { host_bridge_set: true, host_bridge: bridge }),
    ...(namespace !== '' && { host_namespace_set: true, host_namespace: namespace }),
  };
}

function createLine({ value }: Wanted<Tap>): string {
  const { id, host, hostMac, hostMtu, bridge, namespace, rxRing, txRing } = value;
  const words = [`create tap id ${id} host-if-name ${host}`];
  if (hostMac !== undefined) words.push(`host-mac-addr ${hostMac}`);
  if (namespace !== '') words.push(`host-ns ${namespace}`);
  if (bridge !== '') words.push(`host-bridge ${bridge}`);
  if (hostMtu !== undefined) words.push(`host-mtu-size ${hostMtu}`);
  if (rxRing !== USUAL_RING) words.push(`rx-ring-size ${rxRing}`);
  if (txRing !== USUAL_RING) words.push(`tx-ring-size ${txRing}`);
  return words.join(' ');
}
