import { describe, expect, it } from 'vitest';
import { planOf, validateWish } from '../../../../src/wish/index.js';
import { adopted, channelToAny, compare, due, fulfil } from '../../reconcile/support.js';

const LOOPBACKS = `
loopbacks:
  loop81: { addresses: [ 10.81.0.1/24 ] }
  loop82: { addresses: [ 192.0.2.1/24 ] }
  loop83: {}
`;
const NAT = `${LOOPBACKS}
x-vppmux:
  tables: { tenants: { id: 81 } }
  nat44:
    sessions: 20000
    forwarding: yes
    mss-clamping: 1400
    timeouts: { udp: 30, tcp-transitory: 60 }
    inside: [ loop81 ]
    outside: [ loop81, loop82 ]
    output: [ loop83 ]
    pool: [ 198.51.100.1-198.51.100.3, { addresses: 198.51.100.9, table: 0 }, loop82 ]
    twice-nat-pool: [ 203.0.113.1 ]
    static-mappings:
      - { local: "10.81.0.2:8080", external: "198.51.100.1:80", protocol: tcp, tag: web }
      - { local: "10.81.0.2:53", external: "198.51.100.1:53", protocol: udp, twice-nat: yes, out2in-only: yes }
      - { local: 10.81.0.3, external: 198.51.100.3 }
      - { local: "10.81.0.2:22", external: "loop82:2222", protocol: tcp }
      - { local: 10.81.0.4, external: loop83 }
      - { local: 10.81.0.5, external: 198.51.100.5, table: tenants }
    identity-mappings:
      - { address: "198.51.100.2:500", protocol: udp }
      - { address: loop82:4500, protocol: udp, tag: ipsec }
      - { address: 198.51.100.9 }
`;

const mistakesOf = (section: string, others = '{}') =>
  validateWish(`${others === '{}' ? '' : others}\nx-vppmux: { nat44: { ${section} } }`).errors.map(
    ({ message }) => message,
  );

describe('NAT44', () => {
  it('made, described and taken away', async () => {
    const channel = await channelToAny();
    const before = await adopted(channel);
    await fulfil(channel, NAT);
    const file = await adopted(channel);
    expect(await due(channel, file)).toEqual([]);
    expect(file).toContain('- 198.51.100.1-198.51.100.3\n');
    expect(file).not.toContain('- 192.0.2.1\n');
    await fulfil(channel, LOOPBACKS);
    expect(await channel.dump('nat44_address_dump').toArray()).toEqual([]);
    await fulfil(channel, '{}');
    expect(await adopted(channel)).toEqual(before);
  });

  it('options: changed in place, but for what it is enabled with', async () => {
    const channel = await channelToAny();
    await fulfil(channel, NAT);
    const other = NAT.replace('udp: 30', 'udp: 31').replace('forwarding: yes', 'forwarding: no');
    const { changes } = planOf(await compare(channel, other));
    expect(changes.map(({ action, messages }) => [action, ...messages.map(({ name }) => name)])).toEqual([
      ['change', 'nat44_forwarding_enable_disable', 'nat_set_timeouts'],
    ]);
    await fulfil(channel, other);
    const larger = other.replace('sessions: 20000', 'sessions: 30000');
    expect(await due(channel, larger)).toContain('delete nat44/nat44');
    await fulfil(channel, larger);
  });

  it('mappings and interfaces: one goes, another comes, the others stay', async () => {
    const channel = await channelToAny();
    await fulfil(channel, NAT);
    const other = NAT.replace('"10.81.0.2:8080"', '"10.81.0.2:8081"')
      .replace('loop82:2222', 'loop82:2223')
      .replace('outside: [ loop81, loop82 ]', 'outside: [ loop82 ]')
      .replace('198.51.100.1-198.51.100.3', '198.51.100.1-198.51.100.4')
      .replace('table: 0 }, loop82 ]', 'table: 0 } ]')
      .replace(/ {6}- \{ address: 198.*\n$/, '');
    expect((await due(channel, other)).sort()).toEqual([
      'create nat44-address/198.51.100.4',
      'create nat44-static-mapping/198.51.100.1:80 tcp',
      'create nat44-static-mapping/loop82:2223 tcp',
      'delete nat44-identity-mapping/198.51.100.9 table 0',
      'delete nat44-interface/loop81 outside',
      'delete nat44-pool-interface/loop82',
      'delete nat44-static-mapping/198.51.100.1:80 tcp',
      'delete nat44-static-mapping/loop82:2222 tcp',
    ]);
    await fulfil(channel, other);
  });

  it('on an interface whose address went while it had another: what VPP has lost is made anew', async () => {
    const channel = await channelToAny();
    const wish = `
loopbacks: { loop82: { addresses: [ 192.0.2.1/24 ] } }
x-vppmux:
  nat44:
    pool: [ loop82 ]
    static-mappings: [ { local: "10.81.0.2:22", external: "loop82:2222", protocol: tcp } ]
    identity-mappings: [ { address: loop82:4500, protocol: udp } ]
`;
    await fulfil(channel, wish);
    const { sw_if_index } = (await channel.dump('sw_interface_dump').toArray()).at(-1) as { sw_if_index: number };
    const set = (prefix: string, is_add: boolean) =>
      channel.request('sw_interface_add_del_address', { sw_if_index, prefix, is_add });
    await set('198.51.100.7/24', true);
    await set('192.0.2.1/24', false);
    await fulfil(channel, wish.replace('192.0.2.1/24', '198.51.100.7/24'));
    const pool = await channel.dump('nat44_address_dump').toArray();
    expect(pool.map(({ ip_address }) => ip_address)).toEqual(['198.51.100.7']);
    const mappings = await channel.dump('nat44_static_mapping_dump').toArray();
    expect(mappings.map(({ external_ip_address }) => external_ip_address)).toContain('198.51.100.7');
    const identities = await channel.dump('nat44_identity_mapping_dump').toArray();
    expect(identities.map(({ ip_address }) => ip_address)).toContain('198.51.100.7');
    await fulfil(channel, '{}');
  });

  it('on an interface that gets its address later, or another one: nothing is left to do', async () => {
    const channel = await channelToAny();
    const late = NAT.replace('addresses: [ 192.0.2.1/24 ]', '');
    await fulfil(channel, late);
    await fulfil(channel, NAT);
    await fulfil(channel, NAT.replace('192.0.2.1/24', '192.0.2.7/24'));
    const addresses = await channel.dump('nat44_address_dump').toArray();
    expect(addresses.map(({ ip_address }) => ip_address)).toContain('192.0.2.7');
  });

  it('mistakes', () => {
    expect(mistakesOf('inside-table: red, pool: [ { addresses: 192.0.2.1, table: blue } ]')).toEqual([
      'x-vppmux.nat44.inside-table: no table red in the wish',
      'x-vppmux.nat44.pool[0].table: no table blue in the wish',
    ]);
    expect(mistakesOf('inside: [ loop7 ]')).toEqual(['x-vppmux.nat44.inside[0]: no interface loop7 in the wish']);
    expect(mistakesOf('inside: [ loop81, loop81 ], output: [ loop81 ]', LOOPBACKS)).toEqual([
      'nat44 has loop81 twice in inside',
      'nat44 cannot have loop81 in output, since it is in inside or outside',
    ]);
    expect(mistakesOf('pool: [ 192.0.2.1-192.0.2.9, 192.0.2.9 ], twice-nat-pool: [ 192.0.2.9-192.0.2.1 ]')).toEqual([
      'x-vppmux.nat44.twice-nat-pool[0]: no interface 192.0.2.9-192.0.2.1 in the wish',
      'nat44 has 192.0.2.9 twice in pool',
    ]);
    const mapping = (...all: string[]) => mistakesOf(`static-mappings: [ { ${all.join(' }, { ')} } ]`);
    expect(mapping('local: 10.0.0.1, external: "192.0.2.1:80"')).toEqual([
      'nat44 static mapping of 192.0.2.1:80: local and external need a port each, or none',
    ]);
    expect(mapping('local: "10.0.0.1:80", external: "192.0.2.1:80"')).toEqual([
      'nat44 static mapping of 192.0.2.1:80: a protocol and ports need each other',
    ]);
    expect(mapping('local: 10.0.0.1, external: 192.0.2.1', 'local: 10.0.0.2, external: 192.0.2.1')).toEqual([
      'nat44 static mapping of 192.0.2.1 is there twice',
    ]);
    expect(mapping('local: host, external: "192.0.2.1:99999"')).toEqual([
      'nat44 static mapping of 192.0.2.1:99999: local must be an IPv4 address, with a port or without: host',
    ]);
    expect(mapping('local: 10.0.0.1, external: 192.0.2.1, twice-nat: yes')).toEqual([
      'nat44 static mapping of 192.0.2.1: twice-nat and self-twice-nat need ports',
    ]);
    expect(mistakesOf('identity-mappings: [ { address: 192.0.2.1, protocol: tcp } ]')).toEqual([
      'nat44 identity mapping of 192.0.2.1: a protocol and a port need each other',
    ]);
  });
});
