/** PPPoE without a client that was heard: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

it('a session of an unknown client is refused', async () => {
  const vpp = await Contract.begin();
  const ask = (fields: Fields = {}) => {
    const session = { is_add: true, session_id: 1, client_ip: '192.0.2.2', client_mac: '02:00:5e:00:53:09' };
    return vpp.ask('pppoe_add_del_session', { ...session, decap_vrf_id: 0, ...fields });
  };
  for (const is_add of [true, false]) {
    expect(await ask({ is_add })).toMatchObject({ retval: -2, sw_if_index: 0xffffffff });
    expect(await ask({ is_add, decap_vrf_id: 99 })).toMatchObject({ retval: -4, sw_if_index: 0xffffffff });
  }
  expect(await vpp.dump('pppoe_session_dump', { sw_if_index: 0xffffffff })).toEqual([]);
  expect(await vpp.cli('show pppoe session')).toBe('0 No pppoe sessions configured...\n');
  expect(await vpp.cli('show pppoe fib')).toBe('0 no pppoe fib entries\n');
});

it('the control plane can be on any interface but local0', async () => {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  const set = (sw_if_index: number, is_add: number) => vpp.retval('pppoe_add_del_cp', { sw_if_index, is_add });
  expect([await set(loop, 1), await set(loop, 1), await set(loop, 0), await set(loop, 0)]).toEqual([0, 0, 0, 0]);
  expect(await set(0, 1)).toBe(-1);
});
