/** VMware's cards (vmxnet3). There is no bus: a card is at any address but that of the bus itself, 0000:00:00.0. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { type DeviceInstance, Devices } from '../../dataplane/interfaces/devices.js';
import { generatedMac } from '../../dataplane/interfaces/generated-mac.js';
import type { Device } from '../../dataplane/interfaces/interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { deleteDevice } from './delete-device.js';
import { RxMode } from './placement.js';

const MTU = 9000;

/** The version of the card that VMware's newest machines have. */
const VERSION = 3;

const DEFAULT_RING = 1024;
const MAX_RING = 4096;
/** Rings are multiples of it. */
const RING_STEP = 64;

const MAX_RX_QUEUES = 16;
/** One for each thread. */
const MAX_TX_QUEUES = 1;

/** Places for queues in the details. */
const LISTED_RX_QUEUES = MAX_RX_QUEUES;
const LISTED_TX_QUEUES = 8;

export interface Vmxnet3Card extends DeviceInstance {
  readonly address: number;
  readonly rx: { readonly queues: number; readonly size: number };
  readonly tx: { readonly queues: number; readonly size: number };
}

export const vmxnet3 = defineKind({
  name: 'vmxnet3',
  title: 'vmxnet3 cards',
  state: () => new Devices<Vmxnet3Card>(),
  interfaceDeleted: (cards, itf) => void cards.forget(itf),
  handlers: {
    vmxnet3_create: (fields, { dataplane }, cards) => create(dataplane, cards, fields),

    vmxnet3_delete: (fields, { dataplane }, cards) => deleteDevice(dataplane, cards, fields.sw_if_index),

    vmxnet3_dump: (_, _call, cards) => cards.values().map(details),
    sw_vmxnet3_interface_dump: (fields, _, cards) => cards.asked(Number(fields.sw_if_index)).map(details),
  },
});

function create(dataplane: Dataplane, cards: Devices<Vmxnet3Card>, fields: Fields): Fields {
  const rx = { queues: Number(fields.rxq_num) || 1, size: Number(fields.rxq_size) || DEFAULT_RING };
  const tx = { queues: Number(fields.txq_num) || 1, size: Number(fields.txq_size) || DEFAULT_RING };
  const address = Number(fields.pci_addr);
  const retval = refusal(cards, address, { rx, tx });
  // A refusal has the index 0.
  if (retval !== Retval.OK) return { retval, sw_if_index: 0 };
  const itf = dataplane.addInterface({
    name: nameOf(address),
    device: deviceOf(rx.queues, tx.queues, Boolean(fields.enable_gso)),
    mac: generatedMac(dataplane.interfaces.nextIndex),
    mtu: MTU,
  });
  cards.add((index) => ({ index, itf, address, rx, tx }));
  dataplane.setLink(itf.swIfIndex, true);
  return { sw_if_index: itf.swIfIndex };
}

function refusal(cards: Devices<Vmxnet3Card>, address: number, { rx, tx }: Pick<Vmxnet3Card, 'rx' | 'tx'>): number {
  if (rx.queues > MAX_RX_QUEUES || tx.queues > MAX_TX_QUEUES) return Retval.INVALID_VALUE;
  if (!isRing(rx.size) || !isRing(tx.size)) return Retval.INVALID_VALUE;
  if (cards.find((each) => each.address === address)) return Retval.ADDRESS_IN_USE;
  return address === 0 ? Retval.INVALID_INTERFACE : Retval.OK;
}

const isRing = (size: number) => size <= MAX_RING && size % RING_STEP === 0;

/** The bits of an address, from the lowest: 16 of the domain, 8 of the bus, 5 of the slot, 3 of the function. */
function nameOf(address: number): string {
  const parts = [address & 0xffff, (address >>> 16) & 0xff, (address >>> 24) & 0x1f, address >>> 29];
  return `vmxnet3-${parts.map((part) => part.toString(16)).join('/')}`;
}

function deviceOf(queues: number, txQueues: number, gso: boolean): Device {
  return {
    ...{ type: 'VMXNET3 interface', isEthernet: true, linkFollowsAdmin: true, takesMacs: false, takesPromisc: true },
    ...{ gso, queues, txQueues, rxModes: [RxMode.POLLING, RxMode.INTERRUPT] },
  };
}

function details({ itf, address, rx, tx }: Vmxnet3Card): Fields {
  return {
    ...{ sw_if_index: itf.swIfIndex, if_name: itf.name, hw_addr: itf.mac, pci_addr: address, version: VERSION },
    ...{ admin_up_down: itf.adminUp, rx_count: rx.queues, tx_count: tx.queues },
    rx_list: Array.from({ length: LISTED_RX_QUEUES }, (_, queue) => ({ rx_qsize: queue < rx.queues ? rx.size : 0 })),
    tx_list: Array.from({ length: LISTED_TX_QUEUES }, (_, queue) => ({ tx_qsize: queue < tx.queues ? tx.size : 0 })),
  };
}
