/**
 * The command line over the API: the mock, or the VPP that VPP_API_SOCKET names, writes what VPP 26.06 wrote. Numbers that depend on
 * what else there is are replaced. Each test makes what it needs, and leaves nothing behind.
 */
import { describe, expect, it, onTestFinished } from 'vitest';
import { center } from '../../mock-vpp/cli/cli-layout.js';
import { Contract } from '../support/contract-client.js';

const TABLE = 4090;
const MAC = '02:00:5e:00:53:aa';
const NAME = 'loop4090';

/** A text without the indices of VPP's pools. */
function plain(text: string): string {
  return text
    .replace(/\[@\d+\]/g, '[@N]')
    .replace(/(index:|uRPF:|next:|fib_index:|fib-idx )\d+/g, '$1N')
    .replace(/locks:\[[^\]]*\]/g, 'locks:[…]')
    .replace(/to:\[\d+:\d+\]/g, 'to:[N:N]');
}

async function begin() {
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
async function inTable() {
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

const balance = (buckets = 1) => `  [@N]: dpo-load-balance: [proto:ip4 index:N buckets:${buckets} uRPF:N to:[N:N]]\n`;
const entry = (prefix: string, ...buckets: string[]) =>
  `${prefix}\n  unicast-ip4-chain\n${balance(buckets.length)}${buckets.map((line, at) => `    [${at}] [@N]: ${line}\n`).join('')}`;
const DROP = 'dpo-drop ip4';
const HEADING = `ipv4-VRF:${TABLE}, fib_index:N, flow hash:[src dst sport dport proto flowlabel ] epoch:0 flags:none locks:[…]\n`;

describe('interfaces', () => {
  it('show interface: chosen ones in the order of the words', async () => {
    const { vpp, loop } = await begin();
    const heading =
      '              Name               Idx    State  MTU (L3/IP4/IP6/MPLS)     Counter          Count     \n';
    const row = (name: string, index: number, mtu: string) =>
      `${name.padEnd(32)}${center(`${index}`, 5)}   down   ${center(mtu, 21)}\n`;
    expect(await vpp.cli(`show int ${NAME} local0`)).toBe(
      `0 ${heading}${row(NAME, loop, '9000/0/0/0')}${row('local0', 0, '0/0/0/0')}`,
    );
    expect(await vpp.cli(`show interface ${loop}`)).toBe(`0 ${heading}${row(NAME, loop, '9000/0/0/0')}`);
    expect(await vpp.cli('show interface 77777')).toBe("-1 show interface: unknown interface index `77777'\n");
    expect(await vpp.cli(`show interface ${NAME} nosuch x`)).toBe("-1 show interface: unknown input `nosuch x'\n");
  });

  it('show interface address: of one, with its table', async () => {
    const { vpp } = await inTable();
    for (const command of [`show int addr ${NAME}`, `show interface ${NAME} address`]) {
      expect(plain(await vpp.cli(command))).toBe(
        `0 ${NAME} (up):\n  L3 198.51.100.1/24 ip4 table-id ${TABLE} fib-idx N\n`,
      );
    }
    expect(await vpp.cli('show int addr nosuch')).toBe("-1 show interface: unknown input `nosuch'\n");
  });

  it('lists: by name, as VPP sorts', async () => {
    const { vpp } = await begin();
    const list = (await vpp.cli('show interface address')).replace(/^0 /, '').split('\n');
    const names = list.filter((line) => /^\S+ \((up|dn)\):/.test(line)).map((line) => line.split(' ')[0]);
    expect(names).toEqual(expect.arrayContaining(['local0', NAME]));
    expect(names.indexOf('local0')).toBeLessThan(names.indexOf(NAME));
  });

  it('show hardware: with its class, or without', async () => {
    const { vpp } = await begin();
    const heading = '              Name                Idx   Link  Hardware\n';
    const index = async (text: string) => (await vpp.cli(text)).replace(/^(loop4090) +\d+ +down/gm, '$1 N down');
    const brief = `0 ${heading}${NAME} N down  ${NAME}\n  Link speed: unknown\n`;
    expect(await index(`show hardware ${NAME} brief`)).toBe(brief);
    expect(await index(`show hardware-interfaces ${NAME}`)).toBe(`${brief}  Ethernet address ${MAC}\n`);
    expect(await vpp.cli('show hardware local0')).toBe(
      `0 ${heading}local0                             0    down  local0\n  Link speed: unknown\n  local\n`,
    );
    expect(await vpp.cli('show hardware nosuch')).toBe("-1 show hardware-interfaces: unknown input `nosuch'\n");
  });
});

describe('show ip fib', () => {
  const own = [
    entry('0.0.0.0/0', DROP),
    entry('0.0.0.0/32', DROP),
    entry('198.51.100.0/32', DROP),
    entry(
      '198.51.100.0/24',
      `ipv4-glean: [src:198.51.100.0/24] ${NAME}: mtu:9000 next:N flags:[] ffffffffffff02005e0053aa0806`,
    ),
    entry('198.51.100.1/32', `dpo-receive: 198.51.100.1 on ${NAME}`),
    entry('198.51.100.255/32', DROP),
    entry('224.0.0.0/4', DROP),
    entry('240.0.0.0/4', DROP),
    entry('255.255.255.255/32', DROP),
  ];

  it('a table with an address', async () => {
    const { fib } = await inTable();
    expect(await fib()).toBe(`0 ${HEADING}${own.join('')}`);
  });

  it('summary, an unknown table, and what follows', async () => {
    const { vpp, fib } = await inTable();
    const counts = [
      [0, 1],
      [4, 2],
      [24, 1],
      [32, 5],
    ].map(([length, count]) => `${`${length}`.padStart(20)}${`${count}`.padStart(16)}\n`);
    expect(await fib(' summary')).toBe(`0 ${HEADING}    Prefix length         Count     \n${counts.join('')}`);
    expect(await vpp.cli('show ip fib table 4089')).toBe('0 ');
    expect(await vpp.cli('show ip fib table 4089 nosuch')).toBe("-1 unknown input `nosuch'\n");
  });

  it('ip route add: to a neighbour, by weight, recursive, special; and del', async () => {
    const { vpp, loop, fib } = await inTable();
    const neighbor = { sw_if_index: loop, mac_address: '02:00:00:00:00:02', ip_address: '198.51.100.2' };
    await vpp.ask('ip_neighbor_add_del', { is_add: true, neighbor });
    const lines = [
      `203.0.113.0/28 via 198.51.100.2 ${NAME}`,
      `203.0.113.16/28 via 198.51.100.3 ${NAME}`,
      '203.0.113.32/28 via 198.51.100.2',
      '203.0.113.48/28 via drop',
      '203.0.113.64/28 via local',
      '203.0.113.80/28 via null-send-unreach',
      '203.0.113.96/28 via null-send-prohibit',
      `203.0.113.112/28 via ${NAME}`,
    ];
    for (const line of lines) expect(await vpp.cli(`ip route add table ${TABLE} ${line}`)).toBe('0 ');
    const looked = { sw_if_index: 0xffffffff, table_id: TABLE, nh: { address: { ip4: '198.51.100.2' } }, weight: 1 };
    const route = { table_id: TABLE, prefix: '203.0.113.128/28', paths: [looked] };
    expect(await vpp.retval('ip_route_add_del', { is_add: true, route })).toBe(0);
    const adjacent = `ipv4 via 198.51.100.2 ${NAME}: mtu:9000 next:N flags:[] 02000000000202005e0053aa0800`;
    const glean = `ipv4-glean: [src:0.0.0.0/0] ${NAME}: mtu:9000 next:N flags:[] ffffffffffff02005e0053aa0806`;
    const [before, after] = [own.slice(0, 5), own.slice(5)];
    const shown = [
      ...before,
      entry('198.51.100.2/32', adjacent),
      after[0],
      entry('203.0.113.0/28', adjacent),
      entry('203.0.113.16/28', `arp-ipv4: via 198.51.100.3 ${NAME}`),
      entry('203.0.113.32/28', DROP),
      entry('203.0.113.48/28', DROP),
      entry('203.0.113.64/28', 'dpo-receive'),
      entry('203.0.113.80/28', 'ip4-null action:send-unreachable'),
      entry('203.0.113.96/28', 'ip4-null action:send-prohibited'),
      entry('203.0.113.112/28', glean),
      entry(
        '203.0.113.128/28',
        `dpo-load-balance: [proto:ip4 index:N buckets:1 uRPF:N to:[N:N]]\n          [0] [@N]: ${adjacent}`,
      ),
      ...after.slice(1),
    ];
    expect(await fib()).toBe(`0 ${HEADING}${shown.join('')}`);
    for (const line of lines) {
      const prefix = line.split(' ')[0];
      expect(await vpp.cli(`ip route del ${prefix} table ${TABLE}`)).toBe('0 ');
    }
    await vpp.ask('ip_route_add_del', { is_add: false, route });
    await vpp.ask('ip_neighbor_add_del', { is_add: false, neighbor });
    expect(await fib()).toBe(`0 ${HEADING}${own.join('')}`);
  });

  it('buckets: as many as the weights need', async () => {
    const { vpp, fib } = await inTable();
    const add = (weight: number, last: number) =>
      vpp.cli(`ip route add 203.0.113.0/28 table ${TABLE} via 198.51.100.${last} ${NAME} weight ${weight}`);
    await add(2, 8);
    await add(1, 9);
    expect(await fib()).toContain(
      `203.0.113.0/28\n  unicast-ip4-chain\n${balance(8)}    [0-4] [@N]: arp-ipv4: via 198.51.100.8 ${NAME}\n    [5-7] [@N]: arp-ipv4: via 198.51.100.9 ${NAME}\n`,
    );
    expect(await vpp.cli(`ip route del 203.0.113.0/28 table ${TABLE}`)).toBe('0 ');
  });

  it.each([
    ['ip route add', '-1 ip route: expected ip4/ip6 destination address/length.\n'],
    ['ip route add 203.0.113.0/28', '-1 ip route: expected paths.\n'],
    ['ip route add 203.0.113.0/28 via nosuch', "-1 ip route: parse error `via nosuch'\n"],
    ['ip route add 203.0.113.0/28 via 192.0.2.1 nosuch', "-1 ip route: parse error `via 192.0.2.1 nosuch'\n"],
    ['ip route add table 4089 203.0.113.0/28 via drop', '-1 ip route: Nonexistent table id 4089\n'],
    ['ip route add via drop', '-1 ip route: expected ip4/ip6 destination address/length.\n'],
    ['ip route add 203.0.113.1 via drop', "-1 ip route: parse error `203.0.113.1 via drop'\n"],
    ['ip route del 203.0.113.0/28', '0 '],
    ['ip route', '0 '],
  ])('%s', async (cmd, answer) => {
    const { vpp } = await begin();
    expect(await vpp.cli(cmd)).toBe(answer);
  });
});

describe('show ip neighbors', () => {
  it('of one interface: static and dynamic; of none; and what follows', async () => {
    const { vpp, loop } = await inTable();
    const neighbor = (last: number, flags: number) => ({
      is_add: true,
      neighbor: { sw_if_index: loop, mac_address: `02:00:00:00:00:0${last}`, ip_address: `198.51.100.${last}`, flags },
    });
    await vpp.ask('ip_neighbor_add_del', neighbor(2, 1));
    await vpp.ask('ip_neighbor_add_del', neighbor(3, 0));
    const [heading, ...rows] = (await vpp.cli(`show ip neighbors ${NAME}`)).trimEnd().split('\n');
    expect(heading).toBe(
      '0      Age                       IP                    Flags      Ethernet              Interface       ',
    );
    expect(rows.every((row) => /^ {2,7}\d{0,5}\.\d{4}/.test(row))).toBe(true);
    expect(rows.map((row) => row.slice(12)).sort()).toEqual([
      `${center('198.51.100.2', 40)}${center('S', 6)}${center('02:00:00:00:00:02', 20)}${NAME}`,
      `${center('198.51.100.3', 40)}${center('D', 6)}${center('02:00:00:00:00:03', 20)}${NAME}`,
    ]);
    expect(await vpp.cli(`show ip6 neighbors ${NAME}`)).toBe('0 ');
    expect(await vpp.cli(`show ip4 neighbors ${NAME} nosuch`)).toMatch(/^-1 [\s\S]*\nunknown input `nosuch'\n$/);
  });
});

describe('show bridge-domain', () => {
  const heading =
    '  BD-ID   Index   BSN  Age(min)  Learning  U-Forwrd   UU-Flood   Flooding  ARP-Term  arp-ufwd Learn-co Learn-li   BVI-Intf \n';

  it('one: its features, its members, and an unknown one', async () => {
    const { vpp, loop } = await begin();
    const features = { flood: true, uu_flood: false, forward: true, learn: false, arp_term: true, mac_age: 5 };
    await vpp.ask('bridge_domain_add_del', { bd_id: 4090, is_add: true, ...features });
    const { sw_if_index: sub } = await vpp.ask('create_vlan_subif', { sw_if_index: loop, vlan_id: 7 });
    const bridge = (rx_sw_if_index: unknown, port_type: number, enable = true) =>
      vpp.retval('sw_interface_set_l2_bridge', { rx_sw_if_index, bd_id: 4090, port_type, shg: 2, enable });
    expect([await bridge(sub, 0), await bridge(loop, 1)]).toEqual([0, 0]);
    await vpp.ask('l2_interface_vlan_tag_rewrite', { sw_if_index: sub, vtr_op: 1, push_dot1q: 1, tag1: 100 });
    const lines = (await vpp.cli('show bridge-domain 4090 int')).split('\n');
    expect(`${lines[0]}\n`).toBe(`0 ${heading}`);
    const [id, index, ...shown] = lines[1].trim().split(/ +/);
    expect([id, lines[1]]).toEqual(['4090', `${center('4090', 8)} ${center(index, 7)}${lines[1].slice(16)}`]);
    expect(shown).toEqual([...['0', '5', 'off', 'on', 'drop', 'on', 'on', 'off', '0', '16777216', NAME]]);
    const widths = [30, 7, 5, 5, 5, 9, 30];
    const row = (...texts: unknown[]) => texts.map((text, at) => center(`${text}`, widths[at])).join('');
    const members = lines.slice(2, 6).map((line) => line.replace(/^(.{37})..\d../, '$1  N  '));
    expect(members).toEqual([
      '',
      row('Interface', 'If-idx', 'ISN', 'SHG', 'BVI', 'TxFlood', 'VLAN-Tag-Rewrite'),
      row(NAME, loop, 'N', 2, '*', '*', 'none'),
      row(`${NAME}.7`, sub, 'N', 2, '-', '*', 'push-1 dot1q 100'),
    ]);
    expect([await bridge(loop, 1, false), await bridge(sub, 0, false)]).toEqual([0, 0]);
    await vpp.ask('delete_subif', { sw_if_index: sub });
    await vpp.ask('bridge_domain_add_del', { bd_id: 4090, is_add: false });
    expect(await vpp.cli('show bridge-domain 4090')).toBe('-1 show bridge-domain: No such bridge domain 4090\n');
    expect(await vpp.cli('show bridge-domain 0')).toBe(
      '-1 show bridge-domain: No operations on the default bridge domain are supported\n',
    );
  });
});

describe('VPP itself', () => {
  it('show version verbose', async () => {
    const { vpp } = await begin();
    const rows = (await vpp.cli('show version verbose')).replace(/^0 /, '').trimEnd().split('\n');
    const titles = [
      'Version',
      'Compiled by',
      'Compile host',
      'Compile date',
      'Compile location',
      'Compiler',
      'Current PID',
    ];
    expect(rows.map((row) => row.slice(0, 26).trimEnd())).toEqual(titles.map((title) => `${title}:`));
    expect(rows[0].slice(26)).toMatch(/^v26\.06/);
  });

  it('show clock', async () => {
    const { vpp } = await begin();
    expect(await vpp.cli('show clock')).toMatch(
      /^0 Time now \d*\.\d{6}, \w{3}, \d+ \w{3} \d{4} [\d:]{8} GMT\nTime last barrier release \d*\.\d{9}\n0: Time now \d*\.\d{6}\nThread 0 offset 0\.0{9} error 0\.0{9}\n/,
    );
  });

  it('show errors: a heading, and a row for each that was counted', async () => {
    const { vpp } = await begin();
    const [heading, ...rows] = (await vpp.cli('show errors')).trimEnd().split('\n');
    const title = '   Count                  Node                              Reason               Severity';
    expect(heading).toMatch(new RegExp(`^0 ${title} ?$`));
    expect(rows.every((row) => /^ *\d+ +\S+ .*\S *$/.test(row))).toBe(true);
  });

  it('show runtime: a heading, and nodes with six columns', async () => {
    const { vpp } = await begin();
    const [time, rates, heading, ...rows] = (await vpp.cli('show runtime')).trimEnd().split('\n');
    expect(time).toMatch(/^0 Time \d*\.\d, 10\.000000 sec internal node vector rate \d*\.\d\d loops\/sec \d+\.\d\d$/);
    expect(rates).toMatch(/^ {2}vector rates in \S+, out \S+, drop \S+, punt \S+$/);
    expect(heading).toBe(
      '             Name                 State         Calls          Vectors        Suspends      Packet-Clocks   Vectors/Call  ',
    );
    const node = rows.find((row) => row.startsWith('api-rx-from-ring'));
    expect(node).toMatch(/^api-rx-from-ring {13,} *"?\w[\w ]*"? +\d+ +\d+ +\d+ +\d\.\d\de\d+ +\d+\.\d\d$/);
  });

  it('show api clients, show log', async () => {
    const { vpp } = await begin();
    expect(await vpp.cli('show api clients')).toMatch(
      /^0 Socket clients\n {16}Name {2}Fildesc\n(.*\n)* {10}raw-client {2,7}\d+\n/,
    );
    const lines = (await vpp.cli('show log')).replace(/^0 /, '').trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(1);
    expect(lines[0]).toMatch(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d:\d{3} \w+ +\S+ +\S/);
  });

  it.each([
    ['nosuch', "-1 unknown input `nosuch'\n"],
    ['', "-1 unknown input `'\n"],
    ['show', "-1 show: unknown input `'\n"],
    ['show nosuch thing', "-1 show: unknown input `nosuch thing'\n"],
    ['show ip nosuch', "-1 show ip: unknown input `nosuch'\n"],
    ['show bridge-domain 4091 nosuch', '-1 show bridge-domain: No such bridge domain 4091\n'],
    ['show version show nosuch', /^-1 vpp v26\.06.*\nshow: unknown input `nosuch'\n$/],
    ['show version show interface nosuch', /^-1 vpp v26\.06.*\nshow interface: unknown input `nosuch'\n$/],
    ['show errors nosuch', /^-1 [\s\S]*Severity[\s\S]*\nunknown input `nosuch'\n$/],
  ])('%s', async (cmd, answer) => {
    const { vpp } = await begin();
    const text = await vpp.cli(cmd);
    if (typeof answer === 'string') expect(text).toBe(answer);
    else expect(text).toMatch(answer);
  });

  it('two commands in one line: one after the other', async () => {
    const { vpp } = await begin();
    expect(await vpp.cli(`set interface state ${NAME} up show version`)).toMatch(/^0 vpp v26\.06/);
    expect(await vpp.cli(`set interface state ${NAME} down nosuch`)).toBe("-1 unknown input `nosuch'\n");
  });
});
