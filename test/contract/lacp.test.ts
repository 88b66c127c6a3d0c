/** LACP: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it } from 'vitest';
import { beginBonds as begin, BondMode as Mode } from '../support/contract-bonds.js';

const A = '02:00:5e:00:53:0a';

it('the ports of a bond: alone, and in touch with themselves', async () => {
  const { vpp, bond, add, up, flags, dump } = await begin();
  const made = await bond({ mode: Mode.LACP, lb: 1, use_custom_mac: true, mac_address: A });
  const loops = [await vpp.loopback(), await vpp.loopback(), await vpp.loopback(), await vpp.loopback()];
  const [first, passive, slow, down] = loops;
  for (const index of [made, first, passive, slow]) await up(index);
  await add(first, made);
  await add(passive, made, { is_passive: true });
  await add(slow, made, { is_passive: true, is_long_timeout: true });
  await add(down, made);
  const ports = async () =>
    (await vpp.dump('sw_interface_lacp_dump')).filter(({ sw_if_index }) => loops.includes(Number(sw_if_index)));
  const states = async () =>
    (await ports()).map((port) => [port.rx_state, port.ptx_state, port.actor_state, port.partner_state]);
  await expect.poll(states).toEqual([
    [5, 3, 3, 3],
    [4, 0, 70, 0],
    [2, 0, 196, 2],
    [2, 0, 199, 2],
  ]);
  const [port, alone] = await ports();
  const name = (await vpp.details(made))?.interface_name;
  expect(port).toMatchObject({
    ...{
      sw_if_index: first,
      bond_interface_name: name,
      tx_state: 0,
      mux_state: 0,
      actor_system: A,
      partner_system: A,
    },
    ...{ actor_system_priority: 65535, actor_key: made, actor_port_priority: 255, actor_port_number: 1 },
    ...{ partner_system_priority: 65535, partner_key: made, partner_port_priority: 255, partner_port_number: 1 },
  });
  expect(alone).toMatchObject({ partner_system: '00:00:00:00:00:00', actor_port_number: 2 });
  expect([await flags(made), await dump(made)]).toMatchObject([1, { members: 4, active_members: 0 }]);
  await up(first, 0);
  expect((await ports())[0]).toMatchObject({ rx_state: 2, actor_state: 199, partner_system: A, partner_state: 2 });
});
