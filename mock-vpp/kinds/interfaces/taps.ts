/** Interfaces to the host's kernel, tap (Ethernet) and tun (IP). There is no host: any namespace and bridge will do. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { type DeviceInstance, Devices } from '../../dataplane/interfaces/devices.js';
import { generatedMac } from '../../dataplane/interfaces/generated-mac.js';
import { type Device, type Interface, NO_MAC } from '../../dataplane/interfaces/interface.js';
import { createdReply } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { deleteDevice } from './delete-device.js';

const ANY_ID = 0xffffffff;
const MAX_ID = 8192;

const DEFAULT_RING = 256;
const MAX_RING = 32768;

const TAP_MTU = 9000;
const TUN_MTU = 1500;

/** Bits of `tap_flags`. */
const GSO = 1;
const ATTACH = 8;
const TUN = 16;

export interface Tap extends DeviceInstance {
  readonly id: number;
  readonly hostName: string;
  /** Fields of the request, which the details repeat. */
  readonly asked: Fields;
}

export class Taps extends Devices<Tap> {
  private readonly ids = new Set<number>();
  private readonly hostNames = new Set<string>();

  hasId(id: number): boolean {
    return this.ids.has(id);
  }

  /** The lowest id that is free, from `least` on. */
  freeId(least = 0): number {
    return least + lowest((n) => this.hasId(least + n));
  }

  /** A name as the host's kernel gives it. */
  freeHostName(kind: string): string {
    return `${kind}${lowest((n) => this.hostNames.has(`${kind}${n}`))}`;
  }

  override add(make: (index: number) => Tap): Tap {
    const made = super.add(make);
    this.ids.add(made.id);
    this.hostNames.add(made.hostName);
    return made;
  }

  override forget(itf: Interface): Tap | undefined {
    const gone = super.forget(itf);
    if (gone === undefined) return undefined;
    this.ids.delete(gone.id);
    // Several may have the same name: there is no host to refuse it.
    if (this.find(({ hostName }) => hostName === gone.hostName) === undefined) this.hostNames.delete(gone.hostName);
    return gone;
  }
}

export const taps = defineKind({
  name: 'taps',
  title: 'tap and tun',
  state: () => new Taps(),
  interfaceDeleted: (taps, itf) => void taps.forget(itf),
  handlers: {
    tap_create_v2: (fields, { dataplane }, taps) => createdReply(createTap(dataplane, taps, fields)),
    tap_create_v3: (fields, { dataplane }, taps) => createdReply(createTap(dataplane, taps, fields)),

    tap_delete_v2: (fields, { dataplane }, taps) => deleteDevice(dataplane, taps, fields.sw_if_index),

    sw_interface_tap_v2_dump: (fields, _, taps) => taps.asked(Number(fields.sw_if_index)).map(details),
  },
});

/** Makes the interface that a tap_create_v2 or _v3 with these fields asks for. */
export function createTap(dataplane: Dataplane, taps: Taps, fields: Fields): Interface | number {
  const askedId = Number(fields.id);
  if (askedId !== ANY_ID && taps.hasId(askedId)) return Retval.INVALID_INTERFACE;
  const id = askedId === ANY_ID ? taps.freeId() : askedId;
  if (id > MAX_ID) return Retval.UNSPECIFIED;
  const flags = Number(fields.tap_flags);
  const asked = fields.host_if_name_set ? String(fields.host_if_name) : undefined;
  if (flags & ATTACH && asked === undefined) return Retval.SYSCALL_ERROR_3;
  if (asked?.includes('/')) return Retval.SYSCALL_ERROR_3;
  if (!isRing(fields.rx_ring_sz) || !isRing(fields.tx_ring_sz)) return Retval.INIT_FAILED;

  const isTun = (flags & TUN) !== 0;
  const kind = isTun ? 'tun' : 'tap';
  const index = dataplane.interfaces.nextIndex;
  const itf = dataplane.addInterface({
    name: `${kind}${id}`,
    device: deviceOf(fields, isTun),
    ...(!isTun && { mac: fields.use_random_mac ? generatedMac(index) : String(fields.mac_address) }),
    mtu: isTun ? hostMtu(fields) || TUN_MTU : TAP_MTU,
  });
  itf.tag = String(fields.tag);
  const hostName = asked ?? taps.freeHostName(kind);
  const repeated = { ...fields, host_mac_addr: hostMac(fields, isTun, index) };
  taps.add((instance) => ({ index: instance, id, itf, hostName, asked: repeated }));
  dataplane.setLink(itf.swIfIndex, true);
  return itf;
}

function deviceOf(fields: Fields, isTun: boolean): Device {
  const queues = Math.max(1, Number(fields.num_rx_queues));
  const txQueues = Math.max(1, Number(fields.num_tx_queues ?? 1));
  const gso = (Number(fields.tap_flags) & GSO) !== 0;
  const shared = { type: 'tap', linkFollowsAdmin: true, gso, queues, txQueues };
  if (isTun) return { ...shared, isEthernet: false, takesMacs: false };
  return { ...shared, isEthernet: true, takesMacs: true, takesPromisc: true, maxMtu: 65535 };
}

function hostMac(fields: Fields, isTun: boolean, index: number): string {
  const given = fields.host_mac_addr_set ? String(fields.host_mac_addr) : NO_MAC;
  return given === NO_MAC && !isTun ? generatedMac(index, 'host') : given;
}

const hostMtu = (fields: Fields) => (fields.host_mtu_set ? Number(fields.host_mtu_size) : 0);

const isRing = (size: unknown) => Number(size) <= MAX_RING && (Number(size) & (Number(size) - 1)) === 0;

function lowest(isUsed: (n: number) => boolean): number {
  let n = 0;
  while (isUsed(n)) n++;
  return n;
}

function details({ id, itf, hostName, asked }: Tap): Fields {
  const isTun = (Number(asked.tap_flags) & TUN) !== 0;
  return {
    sw_if_index: itf.swIfIndex,
    id,
    tx_ring_sz: asked.tx_ring_sz || DEFAULT_RING,
    rx_ring_sz: asked.rx_ring_sz || DEFAULT_RING,
    host_mtu_size: hostMtu(asked),
    tap_flags: asked.tap_flags,
    dev_name: itf.name,
    host_if_name: hostName,
    host_mac_addr: asked.host_mac_addr,
    ...optional(asked, 'host_ip4_prefix', 'host_ip6_prefix', 'host_namespace'),
    ...(isTun ? {} : optional(asked, 'host_bridge')),
  };
}

/** The fields whose `_set` is true. */
function optional(asked: Fields, ...names: readonly string[]): Fields {
  return Object.fromEntries(names.filter((name) => asked[`${name}_set`]).map((name) => [name, asked[name]]));
}
