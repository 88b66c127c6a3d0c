/** Interfaces of the host that VPP takes packets from (af_packet). There is no host: any name that Linux allows will do. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { type DeviceInstance, Devices } from '../../dataplane/interfaces/devices.js';
import { generatedMac } from '../../dataplane/interfaces/generated-mac.js';
import { isHostName } from '../../dataplane/interfaces/host-name.js';
import type { Device } from '../../dataplane/interfaces/interface.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { RxMode } from './placement.js';

const Mode = { ETHERNET: 1, IP: 2 } as const;

const MTU = 9000;

export interface HostInterface extends DeviceInstance {
  readonly hostName: string;
}

export const hostInterfaces = defineKind({
  name: 'hostInterfaces',
  title: 'af_packet',
  state: () => new Devices<HostInterface>(),
  interfaceDeleted: (hosts, itf) => void hosts.forget(itf),
  handlers: {
    af_packet_create: (fields, { dataplane }, hosts) => create(dataplane, hosts, fields),
    af_packet_create_v2: (fields, { dataplane }, hosts) => create(dataplane, hosts, fields),

    af_packet_create_v3: (fields, { dataplane }, hosts) => {
      const mode = Number(fields.mode);
      if (mode === Mode.ETHERNET || mode === Mode.IP) return create(dataplane, hosts, fields);
      return { retval: Retval.INVALID_VALUE, sw_if_index: NO_INTERFACE };
    },

    af_packet_delete: (fields, { dataplane }, hosts) => {
      const known = withName(hosts, String(fields.host_if_name));
      if (known === undefined) return Retval.SYSCALL_ERROR_1;
      dataplane.deleteInterface(known.itf);
      return Retval.OK;
    },

    // VPP says so of every interface.
    af_packet_set_l4_cksum_offload: () => Retval.OK,

    af_packet_dump: (_, _call, hosts) =>
      hosts.values().map(({ itf, hostName }) => ({ sw_if_index: itf.swIfIndex, host_if_name: hostName })),
  },
});

function withName(hosts: Devices<HostInterface>, hostName: string): HostInterface | undefined {
  return hosts.find((each) => each.hostName === hostName);
}

/** The older requests have one queue each way, and no mode: Ethernet. */
function create(dataplane: Dataplane, hosts: Devices<HostInterface>, fields: Fields): Fields {
  const hostName = String(fields.host_if_name);
  const known = withName(hosts, hostName);
  if (known !== undefined) return { retval: Retval.IF_ALREADY_EXISTS, sw_if_index: known.itf.swIfIndex };
  if (!isHostName(hostName)) return { retval: Retval.INVALID_INTERFACE, sw_if_index: 0 };
  const isEthernet = Number(fields.mode ?? Mode.ETHERNET) === Mode.ETHERNET;
  const mac = fields.use_random_hw_addr ? generatedMac(dataplane.interfaces.nextIndex) : String(fields.hw_addr);
  const itf = dataplane.addInterface({
    name: `host-${hostName}`,
    device: deviceOf(fields, isEthernet),
    ...(isEthernet && { mac }),
    mtu: isEthernet ? MTU : 0,
  });
  hosts.add((index) => ({ index, hostName, itf }));
  dataplane.setLink(itf.swIfIndex, true);
  return { sw_if_index: itf.swIfIndex };
}

function deviceOf(fields: Fields, isEthernet: boolean): Device {
  const queues = Math.max(1, Number(fields.num_rx_queues ?? 1));
  const txQueues = Math.max(1, Number(fields.num_tx_queues ?? 1));
  const takes = isEthernet ? { takesMacs: true, maxMtu: 65535 } : { takesMacs: false };
  const rxModes = [RxMode.INTERRUPT, RxMode.POLLING];
  return { type: 'af-packet', isEthernet, linkFollowsAdmin: true, queues, txQueues, rxModes, ...takes };
}
