import { describe, expect, it } from 'vitest';
import { validateWish } from '../../../../src/wish/index.js';
import { adopted, channelToAny, due, fulfil } from '../../reconcile/support.js';

const messages = (text: string) => validateWish(text).errors.map(({ message }) => message);

describe('exporters', () => {
  const wish = (first: string, others = '') => `
x-vppmux:
  tables: { red: { id: 10 } }
  ipfix:
    exporter: { collector: 192.0.2.9, source: 192.0.2.1${first} }
    other-exporters: [ ${others} ]
`;
  const OTHER = '{ collector: "2001:DB8::9", source: "2001:db8::1", table: red }';

  it('the one that VPP has, and others', async () => {
    const channel = await channelToAny();
    await fulfil(channel, wish('', OTHER));
    expect(await channel.dump('ipfix_all_exporter_get').toArray()).toMatchObject([
      { collector_address: '192.0.2.9', collector_port: 4739, vrf_id: 0, path_mtu: 512, template_interval: 20 },
      { collector_address: '2001:db8::9', vrf_id: 10 },
    ]);
    const other = wish(', port: 9995, table: red, path-mtu: 1400, template-interval: 60, udp-checksum: yes');
    expect(await due(channel, other)).toEqual(['delete ipfix-exporter/2001:db8::9', 'change ipfix-exporter/default']);
    await fulfil(channel, other);
    expect(await due(channel, await adopted(channel))).toEqual([]);
    await fulfil(channel, '{}');
    expect(await channel.dump('ipfix_all_exporter_get').toArray()).toMatchObject([{ collector_address: '0.0.0.0' }]);
  });

  it('mistakes', () => {
    expect(messages(wish(', table: blue', '{ collector: 192.0.2.9, source: "2001:db8::1" }'))).toEqual([
      'x-vppmux.ipfix.exporter.table: no table blue in the wish',
      'x-vppmux.ipfix.other-exporters[0].source: is not of the family of the collector',
      'x-vppmux.ipfix.other-exporters[0].collector: 192.0.2.9 has an exporter already',
    ]);
  });
});

describe('flowprobe', () => {
  const wish = (settings: string, interfaces = 'loop0: {}') => `
loopbacks: { loop0: {}, loop1: {} }
x-vppmux:
  flowprobe: { ${settings}, interfaces: { ${interfaces} } }
`;

  it('of interfaces, which go while the parameters change', async () => {
    const channel = await channelToAny();
    await fulfil(channel, wish('record: [ l4, l3 ]'));
    const [loop0] = await channel.dump('flowprobe_interface_dump').toArray();
    expect(loop0).toMatchObject({ which: 0, direction: 1 });
    const more = wish('record: [ l3, l4 ]', 'loop0: {}, loop1: { traffic: ip6, direction: both }');
    expect(await due(channel, more)).toEqual(['create flowprobe-interface/loop1']);
    await fulfil(channel, more);
    expect(await due(channel, await adopted(channel))).toEqual([]);
    const other = wish('record: [ l2 ], active: 30s, passive: 5m');
    expect(await due(channel, other)).toEqual([
      'delete flowprobe-interface/loop1',
      'delete flowprobe-interface/loop0',
      'delete flowprobe/parameters',
      'create flowprobe/parameters',
      'create flowprobe-interface/loop0',
    ]);
    await fulfil(channel, other);
    expect(await channel.request('flowprobe_get_params')).toMatchObject({
      record_flags: 1,
      active_timer: 30,
      passive_timer: 300,
    });
    await fulfil(channel, '{}');
    expect(await channel.dump('flowprobe_interface_dump').toArray()).toEqual([]);
  });

  it('mistakes', () => {
    expect(messages(wish('record: [ l3 ], active: 3m', 'loop7: {}'))).toEqual([
      'x-vppmux.flowprobe.active: is longer than the passive timer',
      expect.stringContaining('no interface loop7 in the wish'),
    ]);
    expect(messages(wish('record: []'))).toHaveLength(1);
  });
});
