/**
 * Routes on the command line: the mock, or the VPP that VPP_API_SOCKET names, writes what VPP 26.06 wrote. Numbers that depend on
 * what else there is are replaced. Each test makes what it needs, and leaves nothing behind.
 */
import { describe, expect, it } from 'vitest';
import { begin, inTable, NAME, TABLE } from './loopback.js';

const balance = (buckets = 1) => `  [@N]: dpo-load-balance: [proto:ip4 index:N buckets:${buckets} uRPF:N to:[N:N]]\n`;
const entry = (prefix: string, ...buckets: string[]) =>
  `${prefix}\n  unicast-ip4-chain\n${balance(buckets.length)}${buckets.map((line, at) => `    [${at}] [@N]: ${line}\n`).join('')}`;
const DROP = 'dpo-drop ip4';
const HEADING = `ipv4-VRF:${TABLE}, fib_index:N, flow hash:[src dst sport dport proto flowlabel ] epoch:0 flags:none locks:[…]\n`;

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
