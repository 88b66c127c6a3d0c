/** IPFIX: the collectors that VPP would send its records to. Facts of VPP 26.06, odd ones included. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { Pool } from '../../dataplane/pool.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { pageOfPool } from '../../handlers/cursor.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

const DEFAULT = 0xffffffff;
const DEFAULT_PORT = { asked: 0xffff, port: 4739 } as const;
const MTU = { default: 512, least: 68, most: 1450 } as const;
const TEMPLATE_INTERVAL = 20;
const MAX_EXPORTERS = 5;
const NOWHERE = '0.0.0.0';

const UNSET = {
  collector_address: NOWHERE,
  collector_port: 0,
  src_address: NOWHERE,
  vrf_id: 0,
  path_mtu: 0,
  template_interval: 0,
  udp_checksum: false,
};

/** A classify table whose sessions would be reported. */
interface ClassifyTable {
  readonly index: number;
  readonly fields: Fields;
}

interface Exporter {
  readonly index: number;
  fields: Fields;
}

export class Ipfix {
  readonly exporters = new Pool<Exporter>();
  stream = { domain_id: 0, src_port: 0 };
  readonly tables = new Pool<ClassifyTable>();

  constructor() {
    this.add().fields = { ...UNSET, vrf_id: NO_INTERFACE };
  }

  /** The exporter that was there first; it can be changed, but hardly be deleted. */
  get first(): Exporter | undefined {
    return this.exporters.get(0);
  }

  find(collector: string): Exporter | undefined {
    return [...this.exporters.values()].find(({ fields }) => fields.collector_address === collector);
  }

  add(): Exporter {
    return this.exporters.add((index) => ({ index, fields: UNSET }));
  }
}

export const ipfix = defineKind({
  name: 'ipfix',
  title: 'IPFIX',
  state: () => new Ipfix(),
  handlers: {
    // Its collector is an IPv4 address in any case: of an IPv6 one, VPP takes the first bytes.
    set_ipfix_exporter: (fields, { dataplane }, { first }) => {
      if (first === undefined) return Retval.OK;
      return configure(
        first,
        { ...fields, collector_address: firstBytes(String(fields.collector_address)) },
        dataplane,
      );
    },

    ipfix_exporter_create_delete: (fields, { dataplane }, ipfix) => {
      const known = ipfix.find(String(fields.collector_address));
      if (!fields.is_create) {
        if (known === undefined) return Retval.NO_SUCH_ENTRY;
        ipfix.exporters.remove(known.index);
        return Retval.OK;
      }
      if (known === undefined && ipfix.exporters.size >= MAX_EXPORTERS) return Retval.INVALID_VALUE;
      // A new one that is refused is there all the same, without a collector.
      return configure(known ?? ipfix.add(), fields, dataplane);
    },

    ipfix_exporter_dump: (_, _call, { first }) => (first === undefined ? [] : [first.fields]),

    ipfix_all_exporter_get: (fields, { vpp }, { exporters }) =>
      pageOfPool(exporters, Number(fields.cursor), vpp.pageSize, (exporter) => exporter.fields),

    set_ipfix_classify_stream: (fields, _, ipfix) => {
      ipfix.stream = { domain_id: Number(fields.domain_id), src_port: Number(fields.src_port) };
      return Retval.OK;
    },

    ipfix_classify_stream_dump: (_, _call, { stream }) => [{ ...stream }],

    // Any number will do for a table. None is taken before the stream has a port; of a known one, nothing can be changed.
    ipfix_classify_table_add_del: (fields, _, { stream, tables }) => {
      if (stream.src_port === 0) return Retval.UNSPECIFIED;
      const { table_id, ip_version, transport_protocol } = fields;
      const known = [...tables.values()].find((table) => table.fields.table_id === table_id);
      if (fields.is_add) {
        if (known !== undefined) return Retval.VALUE_EXIST;
        tables.add((index) => ({ index, fields: { table_id, ip_version, transport_protocol } }));
        return Retval.OK;
      }
      if (known === undefined) return Retval.NO_SUCH_ENTRY;
      tables.remove(known.index);
      return Retval.OK;
    },

    ipfix_classify_table_dump: (_, _call, { tables }) => [...tables.values()].map(({ fields }) => fields),

    ipfix_flush: () => Retval.OK,
  },
});

/** Checks in VPP's order, then takes the fields over. */
function configure(exporter: Exporter, asked: Fields, dataplane: Dataplane): number {
  const [collector, src] = [String(asked.collector_address), String(asked.src_address)];
  const vrfId = Number(asked.vrf_id);
  if (vrfId !== DEFAULT && !dataplane.hasTable(vrfId, false)) return Retval.NO_SUCH_FIB;
  if (!isNowhere(collector) && isNowhere(src)) return Retval.INVALID_VALUE;
  if (collector.includes(':') !== src.includes(':')) return Retval.INVALID_VALUE;
  const mtu = asked.path_mtu === DEFAULT ? MTU.default : Number(asked.path_mtu);
  if (mtu > MTU.most || mtu < MTU.least) return Retval.INVALID_VALUE;
  exporter.fields = {
    collector_address: collector,
    collector_port: asked.collector_port === DEFAULT_PORT.asked ? DEFAULT_PORT.port : asked.collector_port,
    src_address: src,
    vrf_id: vrfId,
    path_mtu: mtu,
    template_interval: asked.template_interval === DEFAULT ? TEMPLATE_INTERVAL : asked.template_interval,
    udp_checksum: asked.udp_checksum,
  };
  return Retval.OK;
}

const isNowhere = (address: string) => address === NOWHERE || address === '::';

/** The address itself, or the first four bytes of an IPv6 address as one of IPv4. */
function firstBytes(address: string): string {
  if (!address.includes(':')) return address;
  const [high = '', low = ''] = address.startsWith('::') ? [] : address.split(':');
  const number = (Number.parseInt(high || '0', 16) << 16) | Number.parseInt(low || '0', 16);
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
}
