import { describe, expect, it } from 'vitest';
import { graphOf, toDot, toMermaid, type WishGraph } from '../../../src/wish/index.js';
import { channelToMock, compare, fulfil } from './support.js';

const TWO = `
loopbacks:
  loop0: { addresses: [ 192.0.2.1/24 ] }
  loop1: {}
`;

const states = ({ objects }: WishGraph) =>
  Object.fromEntries(
    objects.map(({ key, state, reason }) => [key, reason === undefined ? state : `${state}: ${reason}`]),
  );

describe('the graph of a wish', () => {
  it('has each object with its state, and what it needs', async () => {
    const { channel } = await channelToMock();
    await fulfil(channel, TWO);
    const other = `
interfaces:
  GigabitEthernet3/0/0: { device-type: dpdk, state: down }
loopbacks:
  loop1: { addresses: [ 192.0.2.1/24 ] }
`;
    await channel.request('sw_interface_set_flags', { sw_if_index: 2, flags: 0 });
    const graph = graphOf(await compare(channel, other));
    expect(states(graph)).toMatchObject({
      'admin-state/GigabitEthernet3/0/0': 'pending: needs interface/GigabitEthernet3/0/0, which is not there',
      'interface/GigabitEthernet3/0/0': 'absent',
      'loopback/loop1': 'as-wanted',
      'address/loop1 192.0.2.1/24': 'missing: is not there',
      'admin-state/loop1': 'differs: differs',
      'loopback/loop0': 'unwanted: is not in the wish',
      'address/loop0 192.0.2.1/24': 'unwanted: is not in the wish',
    });
    expect(graph.edges).toContainEqual({ from: 'address/loop1 192.0.2.1/24', to: 'loopback/loop1' });
    expect(graph.edges).toContainEqual({
      from: 'admin-state/GigabitEthernet3/0/0',
      to: 'interface/GigabitEthernet3/0/0',
    });
    expect(graph.objects.map(({ key }) => key)).not.toContain('admin-state/local0');
    expect(new Set(graph.objects.map(({ key }) => key)).size).toBe(graph.objects.length);
  });

  it('is cut off at the objects that need nobody', async () => {
    const { channel } = await channelToMock();
    const all = graphOf(await compare(channel, TWO));
    const few = graphOf(await compare(channel, TWO), { most: 3 });
    expect(few.objects.map(({ state }) => state)).toEqual(['missing', 'missing', 'missing']);
    expect(few.omitted).toBe(all.objects.length - 3);
    const keys = few.objects.map(({ key }) => key);
    for (const { from, to } of few.edges) expect(keys).toEqual(expect.arrayContaining([from, to]));
  });
});

describe('as text', () => {
  const graph: WishGraph = {
    objects: [
      { key: 'loopback/"a\\b"\u001b[31m', kind: 'loopback', state: 'missing', reason: 'is not there' },
      { key: `route/<script>${'x'.repeat(500)}`, kind: 'route', state: 'as-wanted' },
    ],
    edges: [{ from: 'loopback/"a\\b"\u001b[31m', to: `route/<script>${'x'.repeat(500)}` }],
    omitted: 7,
  };

  it('DOT: labels are escaped and bounded', () => {
    const text = toDot(graph);
    expect(text).toContain('n0 [label="loopback/\\"a\\\\b\\"\\\\u001b[31m\\nmissing: is not there"');
    expect(text).toContain('  n0 -> n1;\n');
    expect(text).toContain('and 7 more');
    expect(text.length).toBeLessThan(1000);
  });

  it('Mermaid: labels are escaped and bounded', () => {
    const text = toMermaid(graph);
    expect(text).toContain('n0["loopback/#34;a#92;b#34;#92;u001b#91;31m<br/>missing: is not there"]:::missing');
    expect(text).toContain('n1["route/#60;script#62;');
    expect(text).toContain('  n0 --> n1\n');
    expect(text).toContain('classDef aswanted');
    expect(text.length).toBeLessThan(1000);
  });
});
