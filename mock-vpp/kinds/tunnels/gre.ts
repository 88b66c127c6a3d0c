/** GRE tunnels: of IP packets, of Ethernet frames (TEB) or of mirrored ones (ERSPAN), to one peer or to many. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import type { Device, Interface } from '../../dataplane/interfaces/interface.js';
import { peerHops, type Tunnel, Tunnels, tunnelMac } from '../../dataplane/interfaces/tunnels.js';
import { withoutFamily } from '../../dataplane/l3/ip.js';
import { detailsThen } from '../../handlers/answers.js';
import { createdReply } from '../../handlers/on-interface.js';
import { defineKind, type KindHandler } from '../../kind.js';
import { Retval } from '../../retvals.js';

const OWN_INSTANCE = 0xffffffff;
const Type = { L3: 0, TEB: 1, ERSPAN: 2 } as const;
const MULTI_POINT = 1;
const MAX_SESSION = 1023;

const MTU = 9000;
/** MTU of the link over IPv4, with and without a MAC address; IPv6 takes 20 bytes more. */
const LINK_MTU = { ethernet: 8998, layer3: 65512 } as const;
const MORE_FOR_V6 = 20;

const DEVICE = { type: 'GRE tunnel device', linkFollowsAdmin: true };
const ETHERNET: Device = { ...DEVICE, isEthernet: true, takesMacs: true };
const LAYER_3: Device = { ...DEVICE, isEthernet: false, takesMacs: false };

const PAYLOADS = ['L3', 'TEB', 'ERSPAN'] as const;

export interface GreTunnel extends Tunnel {
  readonly asked: Asked;
  readonly instance: number;
}

/** A tunnel as a request describes it. */
interface Asked {
  readonly type: number;
  readonly mode: number;
  readonly flags: number;
  readonly session_id: number;
  readonly instance: number;
  readonly outer_table_id: number;
  readonly src: string;
  readonly dst: string;
  readonly key: number;
}

export const gre = defineKind({
  name: 'gre',
  title: 'GRE tunnels',
  state: ({ tables }) => new Tunnels<GreTunnel>(tables),
  interfaceDeleted: (tunnels, itf) => tunnels.forget(itf),
  commands: {
    'show gre tunnel': {
      help: 'show gre tunnel',
      takesWords: true,
      // VPP shows what lies in its memory for an index without a tunnel.
      run: (tunnels, { dataplane, words: [index] }) => {
        const isOne = /^\d+$/.test(index ?? '');
        const all = tunnels.values().filter((tunnel) => !isOne || tunnel.index === Number(index));
        if (isOne) return all.map((each) => text(each, dataplane)).join('');
        return all.length === 0 ? 'No GRE tunnels configured...\n' : all.map((each) => text(each, dataplane)).join('');
      },
    },
  },
  handlers: {
    // The first version has no key. No dump has the reply that the definitions give it.
    gre_tunnel_add_del: addDel,
    gre_tunnel_add_del_v2: addDel,
    gre_tunnel_dump: (fields, _, tunnels) =>
      detailsThen(
        tunnels.asked(Number(fields.sw_if_index)).map((each) => {
          const { key, ...tunnel } = tunnelFields(each);
          return { tunnel };
        }),
      ),
    gre_tunnel_v2_dump: dump,
    gre_tunnel_dump_v2: dump,
  },
});

function dump(...[fields, , tunnels]: Parameters<KindHandler<Tunnels<GreTunnel>>>) {
  return detailsThen(tunnels.asked(Number(fields.sw_if_index)).map((each) => ({ tunnel: tunnelFields(each) })));
}

function addDel(...[fields, { dataplane }, tunnels]: Parameters<KindHandler<Tunnels<GreTunnel>>>): Fields {
  const asked = fields.tunnel as unknown as Asked;
  const refusal = refusalOf(dataplane, asked);
  if (refusal !== Retval.OK) return createdReply(refusal);
  if (fields.is_add) return createdReply(add(dataplane, tunnels, asked));
  const known = tunnels.find(keyOf(asked));
  if (known === undefined) return createdReply(Retval.NO_SUCH_ENTRY);
  dataplane.deleteInterface(known.itf);
  return createdReply(known.itf);
}

const isV6 = (address: string) => address.includes(':');

function refusalOf(dataplane: Dataplane, { src, dst, ...asked }: Asked): number {
  if (isV6(src) !== isV6(dst)) return Retval.INVALID_PROTOCOL;
  if (src === dst) return Retval.SAME_SRC_DST;
  if (asked.type > Type.ERSPAN) return Retval.INVALID_VALUE;
  if (asked.mode > MULTI_POINT) return Retval.INVALID_VALUE_2;
  if (!dataplane.hasTable(asked.outer_table_id, isV6(src))) return Retval.NO_SUCH_FIB;
  if (asked.session_id > MAX_SESSION) return Retval.INVALID_SESSION_ID;
  if (asked.mode === MULTI_POINT && withoutFamily(dst) !== '0.0.0.0') return Retval.INVALID_DST_ADDRESS;
  return Retval.OK;
}

/** VPP tells tunnels apart by all but flags and instance; by the session also where there is none. */
function keyOf({ type, mode, session_id, outer_table_id, src, dst, key = 0 }: Asked): string {
  return [type, mode, session_id, outer_table_id, src, dst, key].join(' ');
}

function add(dataplane: Dataplane, tunnels: Tunnels<GreTunnel>, asked: Asked): Interface | number {
  const key = keyOf(asked);
  if (tunnels.find(key) !== undefined) return Retval.IF_ALREADY_EXISTS;
  const instance = asked.instance === OWN_INSTANCE ? tunnels.nextIndex : asked.instance;
  if (tunnels.values().some((each) => each.instance === instance)) return Retval.INSTANCE_IN_USE;
  const isLayer3 = asked.type === Type.L3;
  const mtu = LINK_MTU[isLayer3 ? 'layer3' : 'ethernet'] - (isV6(asked.src) ? MORE_FOR_V6 : 0);
  const name = `gre${instance}`;
  const tunnel = { isMultiPoint: asked.mode === MULTI_POINT || !isLayer3, hasEnds: true };
  const itf = dataplane.addInterface(
    isLayer3
      ? { name, device: { ...LAYER_3, tunnel }, mtu }
      : { name, device: { ...ETHERNET, tunnel }, mac: tunnelMac(tunnels.nextIndex), mtu },
  );
  itf.mtu = [MTU, 0, 0, 0];
  tunnels.add((index) => ({ index, itf, key, hops: [], asked: { ...asked, key: asked.key ?? 0 }, instance }));
  if (asked.mode !== MULTI_POINT)
    dataplane.tables.tunnels.add(itf, peerHops(withoutFamily(asked.dst), asked.outer_table_id));
  return itf;
}

function tunnelFields({ asked, instance, itf }: GreTunnel): Fields {
  return {
    ...asked,
    session_id: asked.type === Type.ERSPAN ? asked.session_id : 0,
    instance,
    sw_if_index: itf.swIfIndex,
    src: withoutFamily(asked.src),
    dst: withoutFamily(asked.dst),
  };
}

function text({ index, asked, instance, itf }: GreTunnel, { tables }: Dataplane): string {
  const table = tables.find(asked.outer_table_id, isV6(asked.src))?.index ?? 0;
  const parts = [
    `[${index}] instance ${instance} src ${withoutFamily(asked.src)} dst ${withoutFamily(asked.dst)} fib-idx ${table}`,
    `sw-if-idx ${itf.swIfIndex} payload ${PAYLOADS[asked.type]}`,
    asked.mode === MULTI_POINT ? 'multi-point' : 'point-to-point',
    ...(asked.key === 0 ? [] : [`key ${asked.key}`]),
    ...(asked.type === Type.ERSPAN ? [`session ${asked.session_id}`] : []),
  ];
  return `${parts.join(' ')} \n`;
}
