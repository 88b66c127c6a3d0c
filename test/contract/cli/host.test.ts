/** LLDP, threads and plugins on the command line: the mock, or the VPP that VPP_API_SOCKET names, writes what VPP 26.06 wrote. */
import { expect, it } from 'vitest';
import { begin, NAME } from './loopback.js';

it('show lldp: interfaces that announce themselves, and the configuration', async () => {
  const { vpp, loop: index } = await begin();
  await vpp.ask('lldp_config', { tx_hold: 3, tx_interval: 20, system_name: 'router' });
  expect(await vpp.retval('lldp_config', { tx_hold: 5, tx_interval: 3601 })).toBe(-7);
  const heading =
    'Local interface           Peer chassis ID           Remote port ID               Last heard      Last sent      Status  ';
  expect(await vpp.cli('show lldp')).toBe(`0 ${heading}\n\n`);
  // VPP takes the index for that of hardware.
  const ports = { mgmt_ip4: '192.0.2.1', mgmt_ip6: '2001:db8::1', port_desc: 'uplink' };
  const loop = await hardwareIndex(vpp);
  expect(await vpp.retval('sw_interface_set_lldp', { sw_if_index: loop, enable: true, ...ports })).toBe(0);
  expect(await vpp.cli('show lldp')).toBe(`0 ${heading}\n\n`);
  await vpp.ask('sw_interface_set_flags', { sw_if_index: index, flags: 1 });
  await expect.poll(() => vpp.cli('show lldp detail')).toMatch(/packet sent: \d?\./);
  const sent = (text: string) => text.replace(/\d?\.\ds ago {0,2}/g, '… ago');
  const row = [NAME, '02:00:5e:00:53:aa', NAME].map((text) => text.padEnd(26)).join('');
  expect(sent(await vpp.cli('show lldp')).replace(/ +… ago +… ago +/, ' … ago … ago ')).toBe(
    `0 ${heading}\n${row.trimEnd()} … ago … ago active  \n\n`,
  );
  expect(sent(await vpp.cli('show lldp detail'))).toBe(
    [
      ...['0 LLDP configuration:', 'Configured system name: router', 'Configured tx-hold: 5'],
      ...['Configured tx-interval: 20', '', 'LLDP-enabled interface table:', ''],
      ...[`Local Interface name: ${NAME}`, 'Local Port Description: uplink'],
      ...['Local Management address: 192.0.2.1', 'Local Management address IPV6: 2001:db8::1'],
      ...['Interface/peer state: active', 'Peer chassis ID: 02:00:5e:00:53:aa(MAC address)'],
      `Remote port ID: ${NAME}(Interface name)`,
      ...['Last packet sent: … ago', 'Last packet received: … ago', '', ''],
    ].join('\n'),
  );
  expect(await vpp.cli('show lldp detail nosuch')).toMatch(
    /^-1 LLDP configuration:\n[\s\S]*\nunknown input `nosuch'\n$/,
  );
  await vpp.ask('sw_interface_set_lldp', { sw_if_index: loop, enable: false });
  await vpp.ask('lldp_config', { tx_hold: 4, tx_interval: 30, system_name: 'vpp' });
});

async function hardwareIndex(vpp: Awaited<ReturnType<typeof begin>>['vpp']): Promise<number> {
  return Number(/\d+/.exec((await vpp.cli(`show hardware ${NAME}`)).split('\n')[1].slice(NAME.length))?.[0]);
}

it('show threads: the main one', async () => {
  const { vpp } = await begin();
  const { thread_data } = await vpp.ask('show_threads');
  const [{ pid }] = thread_data as { pid: number }[];
  const [heading, main] = (await vpp.cli('show threads')).split('\n');
  expect(heading).toBe(
    '0 ID     Name                Type        LWP     Sched Policy (Priority)  lcore  Core   Socket State     ',
  );
  expect(main).toMatch(/^0 {6}vpp_main {24}\d+ +other \(0\) {16}\d+ +\d+ +\d+ +$/);
  expect(main.slice(39).split(' ')[0]).toBe(`${pid}`);
});

it('show plugins: a row for each', async () => {
  const { vpp } = await begin();
  const [path, blank, heading, ...rows] = (await vpp.cli('show plugins')).split('\n');
  expect(path).toMatch(/^0 {2}Plugin path is: \/.*vpp_plugins, plugins shown in load order$/);
  expect([blank, heading]).toEqual([
    '',
    '     Plugin                                   Version                          Description',
  ]);
  expect(rows[0]).toMatch(/^ {2}1\. abf_plugin\.so {28}26\.06-\w+ +\S/);
  const names = rows.map((row) => row.slice(5).split(' ')[0]);
  expect(names).toEqual(expect.arrayContaining(['acl_plugin.so', 'memif_plugin.so', 'vxlan-gpe_plugin.so']));
});
