/** DHCP clients of interfaces. No server answers them, but `lease` gives one an address as a server would. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { NO_MAC } from '../../dataplane/interfaces/interface.js';
import { Pool } from '../../dataplane/pool.js';
import { onInterface } from '../../handlers/on-interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

const NOWHERE = '0.0.0.0';
/** State of a lease; before, it is 0. */
const BOUND = 2;

export interface Lease {
  /** Address and prefix length: `192.0.2.7/24`. */
  readonly address: string;
  readonly router?: string;
  readonly domainServers?: readonly string[];
}

interface DhcpClient {
  readonly index: number;
  readonly swIfIndex: number;
  readonly asked: Fields;
  lease: Fields;
}

export class DhcpClients {
  readonly pool = new Pool<DhcpClient>();

  constructor(private readonly dataplane: Dataplane) {}

  at(swIfIndex: number): DhcpClient | undefined {
    return [...this.pool.values()].find((client) => client.swIfIndex === swIfIndex);
  }

  add(swIfIndex: number, asked: Fields): void {
    const { hostname } = asked;
    const nowhere = { host_address: NOWHERE, router_address: NOWHERE, host_mac: NO_MAC };
    const lease = { sw_if_index: swIfIndex, hostname, ...nowhere };
    this.pool.add((index) => ({ index, swIfIndex, asked, lease }));
  }

  /** Removes a client, and the address that it was given. */
  remove({ index, swIfIndex, lease }: DhcpClient): void {
    this.pool.remove(index);
    if (lease.state !== BOUND) return;
    const itf = this.dataplane.interfaces.get(swIfIndex);
    if (itf !== undefined) this.dataplane.addresses.remove(itf, `${lease.host_address}/${lease.mask_width}`);
  }

  /**
   * Gives an interface's client a lease: the interface gets its address, and who has asked for it a `dhcp_compl_event`. Throws
   * RangeError for an interface without a client.
   */
  lease(swIfIndex: number, { address, router = NOWHERE, domainServers = [] }: Lease): void {
    const client = this.at(swIfIndex);
    if (client === undefined) throw new RangeError(`no DHCP client on the interface ${swIfIndex}`);
    const itf = this.dataplane.interfaceAt(swIfIndex);
    const [host_address, mask_width] = address.split('/');
    client.lease = {
      ...{ sw_if_index: swIfIndex, state: BOUND, hostname: client.asked.hostname },
      ...{ host_address, mask_width: Number(mask_width), router_address: router, host_mac: itf.mac },
      ...{ count: domainServers.length, domain_server: domainServers.map((server) => ({ address: server })) },
    };
    this.dataplane.addresses.add(itf, address);
    this.dataplane.emit('dhcp_compl_event', { lease: client.lease });
  }
}

export const dhcpClients = defineKind({
  name: 'dhcpClients',
  title: 'DHCP clients',
  state: (dataplane) => new DhcpClients(dataplane),
  handlers: {
    // A client outlives its interface, and can be removed when another has the index.
    dhcp_client_config: (fields, { dataplane, client }, clients) => {
      const asked = fields.client as Fields;
      const swIfIndex = Number(asked.sw_if_index);
      if (!dataplane.hasInterface(swIfIndex)) return Retval.INVALID_SW_IF_INDEX;
      const known = clients.at(swIfIndex);
      if ((known !== undefined) === Boolean(fields.is_add)) return Retval.INVALID_VALUE;
      const key = `dhcp_client_config ${swIfIndex}`;
      if (known !== undefined) {
        clients.remove(known);
        client.events.remove(key);
        return Retval.OK;
      }
      clients.add(swIfIndex, asked);
      if (asked.want_dhcp_event) {
        const fits = ({ lease }: Fields) => (lease as Fields).sw_if_index === swIfIndex;
        client.events.add(key, { request: 'dhcp_client_config', pid: Number(asked.pid), fits, isNamed: true });
      }
      return Retval.OK;
    },

    dhcp_client_dump: (_, _call, { pool }) =>
      [...pool.values()].map(({ asked, lease }): Fields => ({ client: asked, lease })),

    dhcp_client_detect_enable_disable: onInterface(() => Retval.OK),
  },
});
