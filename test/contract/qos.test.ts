/** QoS: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const ALL = 0xffffffff;
const NO_MAP = 0xffffffff;
const UNKNOWN = 7777;
const Source = { EXT: 0, VLAN: 1, MPLS: 2, IP: 3, UNKNOWN: 4 } as const;

/** Four rows, the first of this value. */
const rows = (value: number) => [0, 1, 2, 3].map((row) => ({ outputs: Buffer.alloc(256, value + row) }));

describe('QoS', () => {
  it('records: as often off as on', async () => {
    const vpp = await Contract.begin();
    const one = await vpp.loopback();
    const record = (enable: boolean, input_source: number = Source.IP, sw_if_index = one) =>
      vpp.retval('qos_record_enable_disable', { enable, record: { sw_if_index, input_source } });
    const list = async () => (await vpp.dump('qos_record_dump')).map((each) => each.record as Fields);
    expect([await record(true, Source.UNKNOWN, UNKNOWN), await record(true, Source.UNKNOWN)]).toEqual([-2, -7]);
    expect([await record(true), await record(true), await record(true, Source.VLAN)]).toEqual([0, 0, 0]);
    const vlan = { sw_if_index: one, input_source: Source.VLAN };
    expect(await list()).toEqual([vlan, { sw_if_index: one, input_source: Source.IP }]);
    expect([await record(false), (await list()).length, await record(false), await record(false)]).toEqual([
      0, 2, 0, -81,
    ]);
    expect([await list(), await record(false, Source.VLAN), await list()]).toEqual([[vlan], 0, []]);
  });

  it('stores: for IP only, with the value of the first time', async () => {
    const vpp = await Contract.begin();
    const one = await vpp.loopback();
    const store = (enable: boolean, value: number, input_source: number = Source.IP, sw_if_index = one) =>
      vpp.retval('qos_store_enable_disable', { enable, store: { sw_if_index, input_source, value } });
    const list = async () => (await vpp.dump('qos_store_dump')).map((each) => each.store as Fields);
    expect([await store(true, 1, Source.IP, UNKNOWN), await store(true, 1, Source.UNKNOWN)]).toEqual([-2, -7]);
    expect([await store(true, 1, Source.VLAN), await store(false, 1, Source.VLAN)]).toEqual([-9, -54]);
    expect([await store(true, 7), await store(true, 9)]).toEqual([0, 0]);
    expect(await list()).toEqual([{ sw_if_index: one, input_source: Source.IP, value: 7 }]);
    expect([await store(false, 9), await store(false, 9), await store(false, 9), await list()]).toEqual([
      0,
      0,
      -81,
      [],
    ]);
    expect([await store(true, 9), await list(), await store(false, 0)]).toMatchObject([0, [{ value: 9 }], 0]);
  });

  it('maps and marks: a mark keeps the index of its map, whatever becomes of that', async () => {
    const vpp = await Contract.begin();
    const [one, two] = [await vpp.loopback(), await vpp.loopback()];
    const update = (id: number, value: number) =>
      vpp.retval('qos_egress_map_update', { map: { id, rows: rows(value) } });
    const remove = (id: number) => vpp.retval('qos_egress_map_delete', { id });
    const maps = async () =>
      (await vpp.dump('qos_egress_map_dump'))
        .map(({ map }) => map as { id: number; rows: { outputs: Uint8Array }[] })
        .map((map) => [map.id, ...map.rows.map(({ outputs }) => `${outputs[0]} ${outputs[255]} ${outputs.length}`)])
        .sort(([a], [b]) => Number(a) - Number(b));
    const mark = (enable: boolean, map_id: number, output_source: number = Source.IP, sw_if_index = one) =>
      vpp.retval('qos_mark_enable_disable', { enable, mark: { sw_if_index, map_id, output_source } });
    const marks = async () =>
      (await vpp.dump('qos_mark_dump', { sw_if_index: ALL })).map((each) => each.mark as Fields);
    expect([await remove(5), await mark(true, 5), await mark(false, 5)]).toEqual([0, -65, -81]);
    expect([await update(5, 1), await update(2, 7), await maps()]).toEqual([
      0,
      0,
      [
        [2, '7 7 256', '8 8 256', '9 9 256', '10 10 256'],
        [5, '1 1 256', '2 2 256', '3 3 256', '4 4 256'],
      ],
    ]);
    expect([await mark(true, 5), await mark(true, 2, Source.VLAN), await mark(true, 5, Source.IP, two)]).toEqual([
      0, 0, 0,
    ]);
    expect([await mark(true, 2), await mark(true, UNKNOWN), await mark(true, 5, Source.UNKNOWN)]).toEqual([0, -65, -7]);
    const left = [
      { sw_if_index: one, map_id: 2, output_source: Source.VLAN },
      { sw_if_index: one, map_id: 2, output_source: Source.IP },
    ];
    const last = (map_id: number) => ({ sw_if_index: two, map_id, output_source: Source.IP });
    expect(await marks()).toEqual([...left, last(5)]);
    expect(await vpp.dump('qos_mark_dump', { sw_if_index: two })).toHaveLength(3);
    expect([await update(5, 3), (await maps())[1].slice(0, 2)]).toEqual([0, [5, '3 3 256']]);
    expect([await remove(5), await marks()]).toEqual([0, [...left, last(NO_MAP)]]);
    expect([await update(77, 1), await marks()]).toEqual([0, [...left, last(77)]]);
    expect([await mark(false, 0), await mark(false, 0), await mark(false, 0, Source.VLAN)]).toEqual([0, -81, 0]);
    expect([await mark(false, 0, Source.IP, two), await marks()]).toEqual([0, []]);
    expect([await remove(77), await remove(2), await maps()]).toEqual([0, 0, []]);
  });

  it('of a deleted interface: records and stores are gone, marks are not', async () => {
    const vpp = await Contract.begin();
    const sw_if_index = Number((await vpp.ask('create_loopback')).sw_if_index);
    await vpp.ask('qos_egress_map_update', { map: { id: 5, rows: rows(1) } });
    const mark = { sw_if_index, map_id: 5, output_source: Source.IP };
    await vpp.ask('qos_record_enable_disable', { enable: true, record: { sw_if_index, input_source: Source.IP } });
    await vpp.ask('qos_store_enable_disable', {
      enable: true,
      store: { sw_if_index, input_source: Source.IP, value: 1 },
    });
    await vpp.ask('qos_mark_enable_disable', { enable: true, mark });
    await vpp.ask('delete_loopback', { sw_if_index });
    expect([await vpp.dump('qos_record_dump'), await vpp.dump('qos_store_dump')]).toEqual([[], []]);
    expect(await vpp.dump('qos_mark_dump', { sw_if_index: ALL })).toMatchObject([{ mark }]);
    expect(await vpp.retval('qos_mark_enable_disable', { enable: false, mark })).toBe(0);
    await vpp.ask('qos_egress_map_delete', { id: 5 });
  });
});
