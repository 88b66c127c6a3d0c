/** The loopback that the tests of the command line look at. */
import { onTestFinished } from 'vitest';
import { Contract } from '../../support/contract-client.js';

export const TABLE = 4090;
export const MAC = '02:00:5e:00:53:aa';
export const NAME = 'loop4090';

/** A text without the indices of VPP's pools. */
export function plain(text: string): string {
  return text
    .replace(/\[@\d+\]/g, '[@N]')
    .replace(/(index:|uRPF:|next:|fib_index:|fib-idx )\d+/g, '$1N')
    .replace(/locks:\[[^\]]*\]/g, 'locks:[…]')
    .replace(/to:\[\d+:\d+\]/g, 'to:[N:N]');
}

/** A client, and a loopback that goes with the test. */
export async function begin() {
  const vpp = await Contract.begin();
  const made = await vpp.ask('create_loopback_instance', {
    mac_address: MAC,
    is_specified: true,
    user_instance: 4090,
  });
  const loop = Number(made.sw_if_index);
  onTestFinished(async () => void (await (await vpp.another()).ask('delete_loopback', { sw_if_index: loop })));
  return { vpp, loop };
}

/** A loopback that is up, in a table of its own. */
export async function inTable() {
  const { vpp, loop } = await begin();
  const table = { table_id: TABLE };
  await vpp.ask('ip_table_add_del', { is_add: true, table });
  onTestFinished(async () => void (await (await vpp.another()).ask('ip_table_add_del', { is_add: false, table })));
  await vpp.ask('sw_interface_set_table', { sw_if_index: loop, vrf_id: TABLE });
  await vpp.ask('sw_interface_set_flags', { sw_if_index: loop, flags: 1 });
  await vpp.ask('sw_interface_add_del_address', { sw_if_index: loop, is_add: true, prefix: '198.51.100.1/24' });
  const fib = async (more = '') => plain(await vpp.cli(`show ip fib table ${TABLE}${more}`));
  return { vpp, loop, fib };
}
