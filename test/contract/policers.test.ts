/** Policers: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. It must not have workers. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const NONE = 0xffffffff;
const UNKNOWN = 7777;
const RATES = {
  cir: 1000,
  eir: 0,
  cb: 125_000n,
  eb: 0n,
  rate_type: 0,
  round_type: 0,
  type: 0,
  color_aware: false,
  conform_action: { type: 1, dscp: 0 },
  exceed_action: { type: 0, dscp: 0 },
  violate_action: { type: 0, dscp: 0 },
};
const TWO_RATES = { type: 2, eir: 2000, eb: 250_000n };

const byName = (a: Fields, b: Fields) => (String(a.name) < String(b.name) ? -1 : 1);

async function withPolicers() {
  const vpp = await Contract.begin();
  const add = (name: string, more: Fields = {}) => vpp.ask('policer_add', { name, infos: { ...RATES, ...more } });
  const remove = (policer_index: unknown) => vpp.retval('policer_del', { policer_index });
  const dump = async (policer_index: unknown = NONE) =>
    (await vpp.dump('policer_dump_v2', { policer_index })).sort(byName);
  return { vpp, add, remove, dump };
}

describe('policers', () => {
  it('made, changed, listed and deleted, by name and by index', async () => {
    const { vpp, add, remove, dump } = await withPolicers();
    const { retval, policer_index: one } = await add('one');
    expect(retval).toBe(0);
    expect(await add('one')).toMatchObject({ retval: -81, policer_index: NONE });
    await vpp.ask('policer_add_del', { is_add: true, name: 'two', ...RATES });
    expect(await vpp.ask('policer_add_del', { is_add: true, name: 'two', ...RATES })).toMatchObject({
      retval: -81,
      policer_index: NONE,
    });
    const named = (match_name: string) => vpp.dump('policer_dump', { match_name_valid: true, match_name });
    expect((await vpp.dump('policer_dump')).sort(byName)).toMatchObject([{ name: 'one' }, { name: 'two' }]);
    expect([await named('two'), await named('none'), await dump(), await dump(one), await dump(UNKNOWN)]).toMatchObject(
      [[{ name: 'two', ...RATES }], [], [{ name: 'one' }, { name: 'two' }], [{ name: 'one', ...RATES }], []],
    );
    const update = (policer_index: unknown, more: Fields) =>
      vpp.retval('policer_update', { policer_index, infos: { ...RATES, ...more } });
    const changed = { cir: 77, conform_action: { type: 2, dscp: 5 } };
    expect([await update(UNKNOWN, {}), await update(one, { eb: 1n }), await update(one, changed)]).toEqual([-6, -7, 0]);
    expect(await dump(one)).toMatchObject([{ name: 'one', ...RATES, ...changed }]);
    const reset = (policer_index: unknown) => vpp.retval('policer_reset', { policer_index });
    expect([await reset(UNKNOWN), await reset(one)]).toEqual([-6, 0]);
    const removeOld = (name: string) => vpp.ask('policer_add_del', { is_add: false, name, ...RATES });
    expect(await removeOld('none')).toMatchObject({ retval: -6, policer_index: NONE });
    expect(await removeOld('two')).toMatchObject({ retval: 0, policer_index: NONE });
    expect([await remove(UNKNOWN), await remove(one), await remove(one)]).toEqual([-6, 0, -6]);
    expect(await add('anew')).toMatchObject({ retval: 0, policer_index: one });
    expect([await remove(one), await dump()]).toEqual([0, []]);
  });

  it.each([
    ['one rate', {}, { single_rate: true, scale: 15, current_limit: 4_096_000_000, extended_limit: 0 }],
    ['one rate, rounded in no way', { round_type: 3 }, { single_rate: true, scale: 15 }],
    ['one rate, three colours', { type: 1, eb: 250_000n }, { scale: 14, extended_limit: 4_096_000_000 }],
    ['only an excess burst', { type: 1, cb: 0n, eb: 250_000n }, { current_limit: 0, extended_limit: 4_096_000_000 }],
    ['two rates', TWO_RATES, { single_rate: false, scale: 14, current_limit: 2_048_000_000 }],
    ['two rates, colours', { ...TWO_RATES, type: 3, color_aware: true }, { single_rate: false, color_aware: true }],
    ['packets', { rate_type: 1, cir: 1000, cb: 1n }, { scale: 18, current_limit: 67_108_864 }],
    ['a small burst', { cir: 1, cb: 1n }, { scale: 31, current_limit: 2_147_483_648 }],
    ['a burst beyond 32 bits', { cir: 10, cb: 2n ** 33n }, { scale: 0, current_limit: 4_294_967_295 }],
    ['nothing', { cir: 0, cb: 0n }, { single_rate: true, scale: 0, cir_tokens_per_period: 0, current_limit: 0 }],
  ])('rates: %s', async (_, rates, buckets) => {
    const { add, remove, dump } = await withPolicers();
    const { retval, policer_index } = await add('rates', rates);
    const [policer] = await dump(policer_index);
    expect([retval, policer]).toMatchObject([0, { ...RATES, ...rates, ...buckets, last_update_time: 0n }]);
    expect([policer.current_bucket, policer.extended_bucket]).toEqual([policer.current_limit, policer.extended_limit]);
    expect(await remove(policer_index)).toBe(0);
  });

  it.each([
    ['an excess burst with two colours', { eb: 1n }],
    ['a burst without a rate', { cir: 0 }],
    ['two rates where there is one', { eir: 5 }],
    ['no burst', { cb: 0n }],
    ['an unknown rate type', { rate_type: 2 }],
    ['an unknown type', { type: 4 }],
    ['a peak below the rate', { ...TWO_RATES, eir: 500 }],
    ['two rates and one burst', { ...TWO_RATES, eb: 0n }],
  ])('refused: %s', async (_, rates) => {
    const { add, dump } = await withPolicers();
    expect([await add('refused', rates), await dump()]).toMatchObject([{ retval: -7, policer_index: NONE }, []]);
  });

  it('on interfaces, and bound to workers', async () => {
    const { vpp, add, remove } = await withPolicers();
    const [one, { policer_index }] = [await vpp.loopback(), await add('one')];
    for (const [use, feature, arcs] of [
      ['policer_input', 'policer-input', ['ip4-unicast', 'ip6-unicast']],
      ['policer_output', 'policer-output', ['ip4-output', 'ip6-output']],
    ] as const) {
      const isOn = async () => {
        const asked = arcs.map((arc_name) => ({ arc_name, feature_name: feature, sw_if_index: one }));
        return Promise.all(asked.map(async (fields) => (await vpp.ask('feature_is_enabled', fields)).is_enabled));
      };
      const named = (name: string, sw_if_index: number, apply: boolean) =>
        vpp.retval(use, { name, sw_if_index, apply });
      const indexed = (index: unknown, sw_if_index: number, apply: boolean) =>
        vpp.retval(`${use}_v2`, { policer_index: index, sw_if_index, apply });
      expect([
        await named('none', UNKNOWN, true),
        await named('none', one, true),
        await named('one', one, true),
      ]).toEqual([-2, -6, 0]);
      expect(await isOn()).toEqual([true, true]);
      expect([await named('one', one, false), await named('none', one, false)]).toEqual([0, -6]);
      expect(await isOn()).toEqual([false, false]);
      expect([await indexed(UNKNOWN, UNKNOWN, true), await indexed(UNKNOWN, one, true)]).toEqual([-2, -6]);
      expect([await indexed(policer_index, one, true), await indexed(policer_index, one, false)]).toEqual([0, 0]);
      expect(await indexed(policer_index, one, false)).toBe(0);
    }
    const bind = (name: string, bind_enable: boolean) =>
      vpp.retval('policer_bind', { name, worker_index: 0, bind_enable });
    expect([await bind('none', true), await bind('one', true), await bind('one', false)]).toEqual([-6, -89, 0]);
    const bindIndex = (index: unknown, bind_enable: boolean) =>
      vpp.retval('policer_bind_v2', { policer_index: index, worker_index: 0, bind_enable });
    expect([await bindIndex(UNKNOWN, true), await bindIndex(policer_index, true)]).toEqual([-6, -89]);
    expect(await bindIndex(policer_index, false)).toBe(0);
    const punt = (is_add: boolean) => vpp.retval('ip_punt_police', { policer_index, is_add, is_ip6: false });
    expect([await punt(true), await punt(true), await punt(false), await punt(false)]).toEqual([0, 0, 0, 0]);
    expect(await remove(policer_index)).toBe(0);
  });
});
