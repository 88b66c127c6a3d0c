/** Neighbours: static and dynamic ones, their limits, and their events for an address, for an interface, or for all. */
import type { Fields } from '../../../src/mux/internal.js';
import { Neighbors } from '../../dataplane/l3/neighbors.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import type { Answer } from '../../handlers/answers.js';
import type { Call } from '../../handlers/call.js';
import { isEnable, nameOf, pidOf } from '../../handlers/want.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { outgoing } from '../../wire/outgoing.js';
import { NeighborWriter } from './neighbor-frames.js';

export const neighbors = defineKind({
  name: 'neighbors',
  title: 'neighbours',
  state: (dataplane) => new Neighbors(dataplane),
  interfaceDeleted: (neighbors, { swIfIndex }) => {
    neighbors.flush(swIfIndex, false);
    neighbors.flush(swIfIndex, true);
  },
  adminChanged: (neighbors, itf) => {
    if (!itf.adminUp) neighbors.flushDynamic(itf);
  },
  addressRemoved: (neighbors, itf, address) => neighbors.flushCovered(itf, address),
  tableChanged: (neighbors, itf, v6, from) => neighbors.moveRoutes(itf, v6, from),
  handlers: {
    ip_neighbor_add_del: (fields, { dataplane }, neighbors) => {
      const { sw_if_index, flags, mac_address, ip_address } = fields.neighbor as Fields;
      const itf = dataplane.interfaces.get(Number(sw_if_index));
      const refused = (retval: number) => ({ retval, stats_index: NO_INTERFACE });
      if (itf === undefined) return refused(Retval.INVALID_SW_IF_INDEX);
      const ip = typeof ip_address === 'string' ? ip_address : '0.0.0.0';
      if (!fields.is_add) return refused(neighbors.remove(itf, ip));
      const made = neighbors.put(itf, ip, String(mac_address), Number(flags));
      return typeof made === 'number' ? refused(made) : { stats_index: made.adjacency };
    },

    ip_neighbor_dump: (fields, call, neighbors) => (isFamily(fields) ? dump(fields, call, neighbors) : []),

    ip_neighbor_config: (fields, _, neighbors) => {
      if (!isFamily(fields)) return Retval.INVALID_ADDRESS_FAMILY;
      const [max_number, max_age] = [Number(fields.max_number), Number(fields.max_age)];
      neighbors.configure(fields.af === 1 ? 1 : 0, { max_number, max_age, recycle: Boolean(fields.recycle) });
      return Retval.OK;
    },

    ip_neighbor_config_get: (fields, _, { config }) => {
      if (isFamily(fields)) return { af: fields.af, ...config[fields.af === 1 ? 1 : 0] };
      return { retval: Retval.INVALID_ADDRESS_FAMILY, max_number: NO_INTERFACE, max_age: NO_INTERFACE };
    },

    ip_neighbor_flush: (fields, { dataplane }, neighbors) => {
      const swIfIndex = Number(fields.sw_if_index);
      if (swIfIndex !== NO_INTERFACE && !dataplane.hasInterface(swIfIndex)) return Retval.INVALID_SW_IF_INDEX;
      if (!isFamily(fields)) return Retval.INVALID_ADDRESS_FAMILY;
      neighbors.flush(swIfIndex, fields.af === 1);
      return Retval.OK;
    },

    ip_neighbor_replace_begin: (_, _call, neighbors) => {
      neighbors.mark();
      return Retval.OK;
    },

    ip_neighbor_replace_end: (_, _call, neighbors) => {
      neighbors.sweep();
      return Retval.OK;
    },

    want_ip_neighbor_events: want,
    want_ip_neighbor_events_v2: want,
  },
});

const isFamily = ({ af }: Fields) => af === 0 || af === 1;

function dump(fields: Fields, { vpp, context }: Call, neighbors: Neighbors): Answer {
  const details = outgoing(vpp.schema, vpp.table, 'ip_neighbor_details');
  if (details === undefined) return [];
  const writer = new NeighborWriter(details);
  const left = neighbors.on(Number(fields.sw_if_index), fields.af === 1).values();
  return (client) => {
    for (let next = left.next(); !next.done; next = left.next()) {
      writer.write(client, next.value, context);
      if (client.outbox.full) return false;
    }
    return true;
  };
}

/** A different pid is another registration. */
function want(fields: Fields, call: Call): number {
  const request = nameOf(call);
  const at = Number(fields.sw_if_index) || NO_INTERFACE;
  if (at !== NO_INTERFACE && !call.dataplane.hasInterface(at)) return Retval.INVALID_SW_IF_INDEX;
  const pid = pidOf(fields);
  const { ip } = fields;
  const key = `${request} ${ip} ${at} ${pid}`;
  if (!isEnable(fields)) {
    call.client.events.remove(key);
    return Retval.OK;
  }
  const fits = ({ neighbor }: Fields) => {
    const { sw_if_index: where = 0, ip_address: address } = (neighbor ?? {}) as Fields;
    if (ip === '0.0.0.0') return at === NO_INTERFACE || at === where;
    return at === where && ip === address; // without an interface it is never looked up
  };
  call.client.events.add(key, { request, pid, fits, isNamed: true });
  return Retval.OK;
}
