/** QoS: recording, storing and marking by interface, and the maps between. Facts of VPP 26.06, odd ones included. */
import type { Fields } from '../../../src/mux/internal.js';
import { BySource, SOURCES } from '../../dataplane/policy/qos.js';
import { Pool } from '../../dataplane/pool.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

const NO_MAP = 0xffffffff;
/** The only source that values are stored for. */
const IP = 3;

interface EgressMap {
  readonly index: number;
  readonly id: number;
  rows: Fields[];
}

/** A setting that was made so many times, and has to be taken back as often. */
interface Counted {
  readonly count: number;
  readonly value: number;
}

export class Qos {
  readonly records = new BySource<Counted>();
  readonly stores = new BySource<Counted>();
  /** Indices of maps. VPP keeps them when a map or an interface goes. */
  readonly marks = new BySource<number>();
  readonly maps = new Pool<EgressMap>();

  map(id: number): EgressMap | undefined {
    return [...this.maps.values()].find((map) => map.id === id);
  }
}

export const qos = defineKind({
  name: 'qos',
  title: 'QoS',
  state: () => new Qos(),
  interfaceDeleted: ({ records, stores }, { swIfIndex }) => {
    records.forget(swIfIndex);
    stores.forget(swIfIndex);
  },
  handlers: {
    qos_record_enable_disable: ({ enable, record }, { dataplane }, { records }) => {
      const { sw_if_index, input_source } = record as Fields;
      const [swIfIndex, source] = [Number(sw_if_index), Number(input_source)];
      if (!dataplane.hasInterface(swIfIndex)) return Retval.INVALID_SW_IF_INDEX;
      return source < SOURCES ? count(records, Boolean(enable), source, swIfIndex, 0) : Retval.INVALID_VALUE;
    },

    qos_record_dump: (_, _call, { records }) =>
      [...records.entries()].map(
        ({ source, swIfIndex }): Fields => ({ record: { sw_if_index: swIfIndex, input_source: source } }),
      ),

    qos_store_enable_disable: ({ enable, store }, { dataplane }, { stores }) => {
      const { sw_if_index, input_source, value } = store as Fields;
      const [swIfIndex, source] = [Number(sw_if_index), Number(input_source)];
      if (!dataplane.hasInterface(swIfIndex)) return Retval.INVALID_SW_IF_INDEX;
      if (source >= SOURCES) return Retval.INVALID_VALUE;
      if (enable && source !== IP) return Retval.UNIMPLEMENTED;
      return count(stores, Boolean(enable), source, swIfIndex, Number(value));
    },

    qos_store_dump: (_, _call, { stores }) =>
      [...stores.entries()].map(
        ({ source, swIfIndex, value: { value } }): Fields => ({
          store: { sw_if_index: swIfIndex, input_source: source, value },
        }),
      ),

    qos_egress_map_update: ({ map }, _, qos) => {
      const { id, rows: given } = map as { id: number; rows: Fields[] };
      const rows = given.map(({ outputs }): Fields => ({ outputs: Buffer.from(outputs as Uint8Array) }));
      const known = qos.map(id);
      if (known !== undefined) known.rows = rows;
      else qos.maps.add((index) => ({ index, id, rows }));
      return Retval.OK;
    },

    qos_egress_map_delete: ({ id }, _, qos) => {
      const known = qos.map(Number(id));
      if (known !== undefined) qos.maps.remove(known.index);
      return Retval.OK;
    },

    qos_egress_map_dump: (_, _call, { maps }) =>
      [...maps.values()].map(({ id, rows }): Fields => ({ map: { id, rows } })),

    // VPP does not look for the interface.
    qos_mark_enable_disable: ({ enable, mark }, _, qos) => {
      const { sw_if_index, map_id, output_source } = mark as Fields;
      const [swIfIndex, source] = [Number(sw_if_index), Number(output_source)];
      if (source >= SOURCES) return Retval.INVALID_VALUE;
      return enable ? enableMark(qos, source, swIfIndex, Number(map_id)) : qos.marks.remove(source, swIfIndex);
    },

    // VPP lists those of all interfaces, whatever it is asked for.
    qos_mark_dump: (_, _call, { marks, maps }) =>
      [...marks.entries()].map(({ source, swIfIndex, value }): Fields => {
        const map_id = maps.get(value)?.id ?? NO_MAP;
        return { mark: { sw_if_index: swIfIndex, map_id, output_source: source } };
      }),
  },
});

/** Counts a setting up or down; the value is that of the first time. */
function count(settings: BySource<Counted>, enable: boolean, source: number, swIfIndex: number, value: number): number {
  const known = settings.get(source, swIfIndex);
  if (enable) {
    settings.set(source, swIfIndex, { value: known?.value ?? value, count: (known?.count ?? 0) + 1 });
    return Retval.OK;
  }
  if (known === undefined || known.count === 1) return settings.remove(source, swIfIndex);
  settings.set(source, swIfIndex, { ...known, count: known.count - 1 });
  return Retval.OK;
}

function enableMark(qos: Qos, source: number, swIfIndex: number, mapId: number): number {
  // VPP dies of it.
  if (swIfIndex === NO_INTERFACE) return Retval.INVALID_SW_IF_INDEX;
  qos.marks.reach(source, swIfIndex);
  const map = qos.map(mapId);
  if (map === undefined) return Retval.NO_SUCH_TABLE;
  qos.marks.set(source, swIfIndex, map.index);
  return Retval.OK;
}
