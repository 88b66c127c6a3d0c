/** AF_XDP sockets on interfaces of the host. There is no host: any name that Linux allows will do. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { type DeviceInstance, Devices } from '../../dataplane/interfaces/devices.js';
import { generatedMac } from '../../dataplane/interfaces/generated-mac.js';
import { isHostName } from '../../dataplane/interfaces/host-name.js';
import type { Device } from '../../dataplane/interfaces/interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { RxMode } from './placement.js';

const MTU = 9000;

const DEFAULT_RING = 512;
const MIN_RING = 256;

/** As many queues as the interface of the host has: one. */
const ALL_QUEUES = 0xffff;

export interface XdpInterface extends DeviceInstance {
  readonly hostName: string;
}

export const afXdp = defineKind({
  name: 'afXdp',
  title: 'AF_XDP',
  state: () => new Devices<XdpInterface>(),
  interfaceDeleted: (devices, itf) => void devices.forget(itf),
  handlers: {
    af_xdp_create_v3: (fields, { dataplane }, devices) => create(dataplane, devices, fields),

    af_xdp_delete: (fields, { dataplane }, devices) => {
      const itf = devices.behind(dataplane.interfaces, Number(fields.sw_if_index));
      if (itf === undefined) return Retval.INVALID_INTERFACE;
      dataplane.deleteInterface(itf);
      return Retval.OK;
    },
  },
});

function create(dataplane: Dataplane, devices: Devices<XdpInterface>, fields: Fields): Fields {
  const hostName = String(fields.host_if);
  // A refusal has the index 0.
  const refused = (retval: number) => ({ retval, sw_if_index: 0 });
  if (!isHostName(hostName) || !isRing(fields.rxq_size) || !isRing(fields.txq_size)) {
    return refused(Retval.INVALID_VALUE);
  }
  // The kernel has one socket for each queue of an interface.
  if (devices.find((each) => each.hostName === hostName)) return refused(Retval.SYSCALL_ERROR_2);
  const itf = dataplane.addInterface({
    name: String(fields.name) || `${hostName}/${namespaceOf(fields) ?? devices.nextIndex}`,
    device: deviceOf(Number(fields.rxq_num)),
    mac: generatedMac(dataplane.interfaces.nextIndex),
    mtu: MTU,
  });
  devices.add((index) => ({ index, itf, hostName }));
  return { sw_if_index: itf.swIfIndex };
}

const isRing = (asked: unknown) => {
  const size = Number(asked) || DEFAULT_RING;
  return size >= MIN_RING && (size & (size - 1)) === 0;
};

/** The process whose network namespace was asked for; the interface is named after it. */
const namespaceOf = (fields: Fields) => /^pid:(\d+)/.exec(String(fields.netns))?.[1];

function deviceOf(asked: number): Device {
  const queues = asked === ALL_QUEUES ? 1 : Math.max(1, asked);
  const rxModes = [RxMode.POLLING, RxMode.INTERRUPT, RxMode.ADAPTIVE];
  return {
    ...{ type: 'AF_XDP interface', isEthernet: true, linkFollowsAdmin: true, takesMacs: true },
    ...{ queues, txQueues: 1, rxModes },
  };
}
