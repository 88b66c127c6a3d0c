/** Classify tables on interfaces: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { withClassifier } from '../support/classifier.js';

const NONE = 0xffffffff;
const UNKNOWN = 7777;

describe('classify tables on interfaces', () => {
  it.each(['input_acl', 'output_acl', 'policer_classify', 'flow_classify'])(
    '%s: up to the first that is refused, or taken already',
    async (use) => {
      const { vpp, add, remove } = await withClassifier();
      const [one, a, b] = [await vpp.loopback(), await add(), await add()];
      const layer2 = use === 'flow_classify' ? {} : { l2_table_index: NONE };
      const set = (more: Fields) =>
        vpp.retval(`${use}_set_interface`, {
          sw_if_index: one,
          ip4_table_index: NONE,
          ip6_table_index: NONE,
          ...layer2,
          is_add: true,
          ...more,
        });
      expect([await set({}), await set({ is_add: false }), await set({ sw_if_index: UNKNOWN })]).toEqual([0, 0, -2]);
      expect([await set({ ip4_table_index: UNKNOWN }), await set({ ip4_table_index: a })]).toEqual([-65, 0]);
      expect(await set({ ip4_table_index: b, ip6_table_index: b })).toBe(0);
      expect(await set({ ip6_table_index: b, is_add: false })).toBe(-65);
      expect(await set({ ip6_table_index: b })).toBe(0);
      expect(await set({ ip4_table_index: b, is_add: false })).toBe(-65);
      expect([
        await set({ ip4_table_index: a, is_add: false }),
        await set({ ip4_table_index: a, is_add: false }),
      ]).toEqual([0, -65]);
      expect(await set({ ip6_table_index: b, is_add: false })).toBe(0);
      expect([await remove(a), await remove(b)]).toEqual([0, 0]);
    },
  );

  it('by interface: the ACLs for what comes in, kept for the next of its index', async () => {
    const { vpp, add, remove } = await withClassifier();
    const [a, b] = [await add(), await add()];
    const sw_if_index = Number((await vpp.ask('create_loopback')).sw_if_index);
    const set = (is_add: boolean, tables: Fields) =>
      vpp.retval('input_acl_set_interface', {
        sw_if_index,
        ip4_table_index: NONE,
        ip6_table_index: NONE,
        l2_table_index: NONE,
        is_add,
        ...tables,
      });
    const applied = () => vpp.ask('classify_table_by_interface', { sw_if_index });
    const none = { sw_if_index, l2_table_id: NONE, ip4_table_id: NONE, ip6_table_id: NONE };
    expect(await applied()).toMatchObject({ retval: 0, ...none });
    expect([
      await set(true, { ip4_table_index: a, l2_table_index: UNKNOWN }),
      await set(true, { ip6_table_index: b, l2_table_index: a }),
    ]).toEqual([-65, 0]);
    const all = { sw_if_index, l2_table_id: a, ip4_table_id: a, ip6_table_id: b };
    expect(await applied()).toMatchObject({ retval: 0, ...all });
    expect([await remove(b), await set(false, { ip6_table_index: b })]).toEqual([0, -65]);
    await vpp.ask('delete_loopback', { sw_if_index });
    expect((await applied()).retval).toBe(-2);
    expect((await vpp.ask('create_loopback')).sw_if_index).toBe(sw_if_index);
    expect([await applied(), await add()]).toMatchObject([{ retval: 0, ...all }, b]);
    const gone = { ip4_table_index: a, ip6_table_index: b, l2_table_index: a };
    expect([await set(false, gone), await applied()]).toMatchObject([0, none]);
    await vpp.ask('delete_loopback', { sw_if_index });
    expect([await remove(a), await remove(b)]).toEqual([0, 0]);
  });

  it('of punts, of layer 3 and of layer 2', async () => {
    const { vpp, add, remove } = await withClassifier();
    const [sw_if_index, a] = [await vpp.loopback(), await add()];
    const punt = (is_add: boolean, ip4_table_index: number, ip6_table_index: number) =>
      vpp.retval('punt_acl_add_del', { is_add, ip4_table_index, ip6_table_index });
    const punts = async () => {
      const { ip4_table_index, ip6_table_index } = await vpp.ask('punt_acl_get');
      return [ip4_table_index, ip6_table_index];
    };
    expect([await punts(), await punt(true, a, NONE), await punt(true, a, a), await punts()]).toEqual([
      [NONE, NONE],
      0,
      0,
      [a, NONE],
    ]);
    expect([await punt(true, NONE, a), await punt(true, NONE, UNKNOWN), await punts()]).toEqual([0, -65, [a, a]]);
    expect([await punt(false, a, a), await punt(false, NONE, a), await punts()]).toEqual([0, -65, [NONE, NONE]]);
    const ip = (table_index: number, at = sw_if_index) =>
      vpp.retval('classify_set_interface_ip_table', { sw_if_index: at, table_index, is_ipv6: false });
    expect([await ip(UNKNOWN), await ip(a), await ip(a, UNKNOWN), await ip(NONE)]).toEqual([-6, 0, -2, 0]);
    const l2 = (ip4_table_index: number, ip6_table_index: number, other_table_index: number, at = sw_if_index) =>
      vpp.retval('classify_set_interface_l2_tables', {
        sw_if_index: at,
        ip4_table_index,
        ip6_table_index,
        other_table_index,
        is_input: true,
      });
    expect([await l2(UNKNOWN, UNKNOWN, UNKNOWN), await l2(a, UNKNOWN, UNKNOWN), await l2(a, a, UNKNOWN)]).toEqual([
      -65, -66, -67,
    ]);
    expect([await l2(a, a, a, UNKNOWN), await l2(a, a, a), await l2(NONE, NONE, NONE), await remove(a)]).toEqual([
      -2, 0, 0, 0,
    ]);
  });

  it('on the command line: by type', async () => {
    const { vpp, add, remove } = await withClassifier();
    const [one, table] = [await vpp.loopback(), await add()];
    expect(await vpp.cli('show inacl type')).toBe('-1 show inacl: Invalid input ACL table type.\n');
    expect(await vpp.cli('show outacl ip4')).toBe('-1 show outacl: Invalid output ACL table type.\n');
    expect(await vpp.cli('show classify policer')).toBe('-1 show classify policer: Type must be specified.\n');
    expect(await vpp.cli('show classify flow type l2')).toBe('-1 show classify flow: Type must be specified.\n');
    const set = (is_add: boolean) =>
      vpp.retval('output_acl_set_interface', {
        sw_if_index: one,
        ip4_table_index: NONE,
        ip6_table_index: NONE,
        l2_table_index: table,
        is_add,
      });
    expect(await set(true)).toBe(0);
    const header = ' Intfc idx      Classify table\t\tInterface name\n';
    const row = `${String(one).padStart(10)}${String(table).padStart(20)}\t\t${(await vpp.details(one))?.interface_name}\n`;
    expect(await vpp.cli('show outacl type l2')).toBe(`0 ${header}${row}`);
    expect(await vpp.cli('show outacl type l2 more')).toBe(`-1 ${header}${row}unknown input \`more'\n`);
    expect([await set(false), await vpp.cli('show outacl type l2'), await remove(table)]).toEqual([
      0,
      `0 ${header}`,
      0,
    ]);
  });
});
