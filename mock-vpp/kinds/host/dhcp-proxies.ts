/** DHCP relays: the servers for each receiving table, and what identifies the table to them. Facts of VPP 26.06, odd ones included. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { addressBytes } from '../../dataplane/l3/ip.js';
import { Pool } from '../../dataplane/pool.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

const VssType = { ASCII: 0, VPN_ID: 1 } as const;
/** Type of a table without identification: 123 with its bytes the other way round. */
const NO_VSS = 123 * 2 ** 24;

interface Server {
  readonly tableId: number;
  readonly address: string;
}

interface Relay {
  readonly index: number;
  readonly rxTable: number;
  readonly source: string;
  readonly servers: Server[];
}

/** Relays and identifications of one family. */
export class Relays {
  readonly pool = new Pool<Relay>();
  /** Receiving table → the fields of its identification. */
  readonly vss = new Map<number, Fields>();

  at(rxTable: number): Relay | undefined {
    return [...this.pool.values()].find((relay) => relay.rxTable === rxTable);
  }

  add(rxTable: number, source: string, server: Server): void {
    const relay = this.at(rxTable) ?? this.pool.add((index) => ({ index, rxTable, source, servers: [] }));
    if (find(relay, server) < 0) relay.servers.push(server);
  }

  /** Removes a server; the last one of them takes its place, and the relay goes with it when it was alone. */
  remove(rxTable: number, server: Server): void {
    const relay = this.at(rxTable);
    const at = relay === undefined ? -1 : find(relay, server);
    if (relay === undefined || at < 0) return;
    const last = relay.servers.pop()!;
    if (at < relay.servers.length) relay.servers[at] = last;
    if (relay.servers.length === 0) this.pool.remove(relay.index);
  }

  /** Whether a table receives for a relay, or has its servers. */
  uses(tableId: number): boolean {
    const isOf = ({ rxTable, servers }: Relay) =>
      rxTable === tableId || servers.some((server) => server.tableId === tableId);
    return this.vss.has(tableId) || [...this.pool.values()].some(isOf);
  }
}

const find = ({ servers }: Relay, { tableId, address }: Server) =>
  servers.findIndex((server) => server.tableId === tableId && server.address === address);

export const dhcpProxies = defineKind({
  name: 'dhcpProxies',
  title: 'DHCP relays',
  state: (): readonly [Relays, Relays] => [new Relays(), new Relays()],
  usesTable: (families, tableId, v6) => families[v6 ? 1 : 0].uses(tableId),
  handlers: {
    dhcp_proxy_config: (fields, { dataplane }, families) => {
      const [address, source] = [String(fields.dhcp_server), String(fields.dhcp_src_address)];
      const v6 = address.includes(':');
      if (v6 !== source.includes(':')) return Retval.INVALID_ARGUMENT;
      if (isZero(address)) return Retval.INVALID_DST_ADDRESS;
      if (isZero(source)) return Retval.INVALID_SRC_ADDRESS;
      const [rxTable, tableId] = [Number(fields.rx_vrf_id), Number(fields.server_vrf_id)];
      const relays = families[v6 ? 1 : 0];
      if (fields.is_add) {
        for (const id of v6 ? [tableId] : [rxTable, tableId]) makeTable(dataplane, id, v6);
        relays.add(rxTable, source, { tableId, address });
      } else relays.remove(rxTable, { tableId, address });
      for (const id of [rxTable, tableId]) dataplane.tableLeft(id, v6);
      return Retval.OK;
    },

    dhcp_proxy_set_vss: (fields, { dataplane }, families) => {
      const v6 = Boolean(fields.is_ipv6);
      const tableId = Number(fields.tbl_id);
      const { vss } = families[v6 ? 1 : 0];
      if (!fields.is_add) {
        if (!vss.delete(tableId)) return Retval.NO_SUCH_ENTRY;
        dataplane.tableLeft(tableId, v6);
        return Retval.OK;
      }
      if (!v6) makeTable(dataplane, tableId, v6);
      vss.set(tableId, identification(fields));
      return Retval.OK;
    },

    dhcp_proxy_dump: (fields, _, families) => {
      const v6 = Boolean(fields.is_ip6);
      const { pool, vss } = families[v6 ? 1 : 0];
      return [...pool.values()].map(
        ({ rxTable, source, servers }): Fields => ({
          ...{ rx_vrf_id: rxTable, is_ipv6: v6, dhcp_src_address: unmarked(source) },
          ...(vss.get(rxTable) ?? { vss_type: NO_VSS }),
          count: servers.length,
          servers: servers.map(({ tableId, address }) => ({ server_vrf_id: tableId, dhcp_server: unmarked(address) })),
        }),
      );
    },
  },
});

/** VPP makes the tables that are missing; they go when nothing uses them any longer. */
function makeTable({ tables }: Dataplane, tableId: number, v6: boolean): void {
  if (tables.find(tableId, v6) === undefined) tables.add(tableId, v6, '').isDeleted = true;
}

const isZero = (address: string) => addressBytes(address).every((byte) => byte === 0);

/** An address whose family VPP does not give back: it says IPv4 in any case, before the bytes of the address. */
function unmarked(address: string): unknown {
  return address.includes(':') ? { af: 0, un: { ip6: address } } : address;
}

function identification({ vss_type, vpn_ascii_id, oui, vpn_index }: Fields): Fields {
  const type = Number(vss_type);
  return {
    vss_type: type,
    ...(type === VssType.ASCII && { vss_vpn_ascii_id: vpn_ascii_id }),
    ...(type === VssType.VPN_ID && { vss_oui: oui, vss_fib_id: vpn_index }),
  };
}
