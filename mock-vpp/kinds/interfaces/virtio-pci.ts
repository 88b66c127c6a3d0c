/** virtio cards. There is no bus: a card is at any address but that of the bus itself, 0000:00:00.0. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { type DeviceInstance, Devices } from '../../dataplane/interfaces/devices.js';
import { generatedMac } from '../../dataplane/interfaces/generated-mac.js';
import type { Device, Interface } from '../../dataplane/interfaces/interface.js';
import { createdReply } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { deleteDevice } from './delete-device.js';
import { RxMode } from './placement.js';

const MTU = 9000;

const RING = 256;

/** Bit of `virtio_flags`. */
const GSO = 1;

export interface VirtioCard extends DeviceInstance {
  readonly address: Fields;
  readonly features: unknown;
}

export const virtioPci = defineKind({
  name: 'virtioPci',
  title: 'virtio cards',
  state: () => new Devices<VirtioCard>(),
  interfaceDeleted: (cards, itf) => void cards.forget(itf),
  handlers: {
    virtio_pci_create: (fields, { dataplane }, cards) =>
      createdReply(create(dataplane, cards, fields, Boolean(fields.gso_enabled))),
    virtio_pci_create_v2: (fields, { dataplane }, cards) =>
      createdReply(create(dataplane, cards, fields, (Number(fields.virtio_flags) & GSO) !== 0)),

    virtio_pci_delete: (fields, { dataplane }, cards) => deleteDevice(dataplane, cards, fields.sw_if_index),

    sw_interface_virtio_pci_dump: (_, _call, cards) =>
      cards.values().map(({ itf, address, features }) => ({
        ...{ sw_if_index: itf.swIfIndex, pci_addr: address, mac_addr: itf.mac },
        ...{ tx_ring_sz: RING, rx_ring_sz: RING, features },
      })),
  },
});

function create(dataplane: Dataplane, cards: Devices<VirtioCard>, fields: Fields, gso: boolean): Interface | number {
  const address = fields.pci_addr as Fields;
  const path = [address.domain, address.bus, address.slot, address.function].map((part) => Number(part).toString(16));
  if (path.every((part) => part === '0')) return Retval.INVALID_INTERFACE;
  const name = `virtio-${path.join('/')}`;
  if (cards.find(({ address: other }) => samePlace(other, address))) return Retval.ADDRESS_IN_USE;
  const mac = fields.use_random_mac ? generatedMac(dataplane.interfaces.nextIndex) : String(fields.mac_address);
  const itf = dataplane.addInterface({ name, device: deviceOf(gso), mac, mtu: MTU });
  cards.add((index) => ({ index, itf, address, features: fields.features }));
  dataplane.setLink(itf.swIfIndex, true);
  return itf;
}

function samePlace(one: Fields, other: Fields): boolean {
  return ['domain', 'bus', 'slot', 'function'].every((part) => Number(one[part]) === Number(other[part]));
}

function deviceOf(gso: boolean): Device {
  const rxModes = [RxMode.POLLING, RxMode.INTERRUPT, RxMode.ADAPTIVE];
  return {
    ...{ type: 'virtio', isEthernet: true, linkFollowsAdmin: true, takesMacs: true, takesPromisc: true },
    ...{ gso, queues: 1, txQueues: 1, rxModes },
  };
}
