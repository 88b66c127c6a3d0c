/** Rules of stn: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it } from 'vitest';
import { Contract } from '../support/contract-client.js';

it('one rule for each address, whose interface can be changed; a deletion looks at the address alone', async () => {
  const vpp = await Contract.begin();
  const [first, second] = [await vpp.loopback(), await vpp.loopback()];
  const change = (is_add: boolean, ip_address: string, sw_if_index: number) =>
    vpp.retval('stn_add_del_rule', { is_add, ip_address, sw_if_index });
  const rules = async () =>
    (await vpp.dump('stn_rules_dump')).map(({ ip_address, sw_if_index }) => [ip_address, sw_if_index]);
  expect(await change(false, '192.0.2.1', first)).toBe(-6);
  expect([await change(true, '192.0.2.1', first), await change(true, '2001:db8::1', first)]).toEqual([0, 0]);
  expect([await change(true, '192.0.2.1', second), await change(true, '0.0.0.0', 0)]).toEqual([0, 0]);
  expect(await rules()).toEqual([
    ['192.0.2.1', second],
    ['2001:db8::1', first],
    ['0.0.0.0', 0],
  ]);
  expect([await change(false, '192.0.2.1', 7777), await change(true, '192.0.2.2', second)]).toEqual([0, 0]);
  expect((await rules())[0]).toEqual(['192.0.2.2', second]);
  for (const address of ['192.0.2.2', '2001:db8::1', '0.0.0.0']) expect(await change(false, address, first)).toBe(0);
  expect(await rules()).toEqual([]);
});

it('a rule outlives its interface', async () => {
  const vpp = await Contract.begin();
  const { sw_if_index } = await vpp.ask('create_loopback');
  const rule = { ip_address: '192.0.2.9', sw_if_index };
  await vpp.ask('stn_add_del_rule', { is_add: true, ...rule });
  await vpp.ask('delete_loopback', { sw_if_index });
  expect(await vpp.dump('stn_rules_dump')).toMatchObject([rule]);
  expect(await vpp.retval('stn_add_del_rule', { is_add: false, ...rule })).toBe(0);
});
