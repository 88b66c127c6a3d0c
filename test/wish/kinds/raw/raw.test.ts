import { describe, expect, it } from 'vitest';
import { builtInKinds, carryOut, ownership, planOf, Reconciliation, validateWish } from '../../../../src/wish/index.js';
import { channelToAny, compare, due, fulfil, wishOf } from '../../reconcile/support.js';

const entry = (name: string, create: string, rest: string) => `
loopbacks: { loop0: {}, loop1: {} }
x-vppmux:
  raw:
    - name: ${name}
      create: ${create}
${rest}
`;
const SPAN = 'sw_interface_span_enable_disable';
const FROM_TO = 'sw_if_index_from: <loop0>, sw_if_index_to: <loop1>';
const mirror = (state: string, from = FROM_TO) =>
  entry(
    'mirror',
    `{ ${SPAN}: { ${from}, state: ${state} } }`,
    `      delete: { ${SPAN}: { ${FROM_TO}, state: SPAN_STATE_API_DISABLED } }
      read: { sw_interface_span_dump: {}, where: { ${FROM_TO}, state: ${state} } }`,
  );
const BVI = entry(
  'bvi',
  '{ bvi_create: { user_instance: 7 } }',
  `      delete: { bvi_delete: { sw_if_index: { $index: raw/bvi } } }
      read: { sw_interface_dump: { sw_if_index: ~0 }, where: { interface_name: bvi7 } }
      index: sw_if_index`,
);

/** Reads VPP against a wish that follows another. */
async function after(channel: Awaited<ReturnType<typeof channelToAny>>, before: string, text: string) {
  const wish = wishOf(text);
  const owner = ownership({ kinds: builtInKinds, wish, former: [wishOf(before)] });
  return Reconciliation.read(channel, { kinds: builtInKinds, wish, ...owner });
}
const keys = (reconciliation: Reconciliation) =>
  planOf(reconciliation).changes.map(({ action, key }) => `${action} ${key}`);

/** Always there. */
const pebble = (name: string, needs: string) =>
  `    - { name: ${name}, create: { control_ping: {} }, delete: { control_ping: {} }, read: { show_version: {} }, needs: [ ${needs} ] }\n`;

describe('objects that need each other', () => {
  it('in a circle are refused: they could be neither made nor deleted', () => {
    const text = `x-vppmux:\n  raw:\n${pebble('a', 'raw/b')}${pebble('b', 'raw/c')}${pebble('c', 'raw/a')}${pebble('d', 'raw/a')}${pebble('e', 'raw/f')}${pebble('f', 'raw/f')}`;
    expect(validateWish(text).errors.map(({ message }) => message)).toEqual(
      [0, 1, 2, 3].map((at) => `x-vppmux.raw[${at}]: it needs what needs it`),
    );
  });
});

describe('an object by its messages', () => {
  it('is made after the interfaces that it names, and is there then', async () => {
    const channel = await channelToAny();
    const { changes } = planOf(await compare(channel, mirror('RX_TX')));
    const { key, messages } = changes.find((each) => each.key === 'raw/mirror') ?? changes[0];
    expect([key, messages]).toMatchObject([
      'raw/mirror',
      [{ name: SPAN, fields: { sw_if_index_from: '<loop0>', sw_if_index_to: '<loop1>', state: 'RX_TX' } }],
    ]);
    await fulfil(channel, mirror('RX_TX'));
    expect(await channel.dump('sw_interface_span_dump').toArray()).toMatchObject([{ state: 3 }]);
    await carryOut(channel, await after(channel, mirror('RX_TX'), '{}'));
  });

  it('is made anew where its listing shows that it was another, and deleted when no wish asks for it', async () => {
    const channel = await channelToAny();
    await fulfil(channel, mirror('RX_TX'));
    const other = await after(channel, mirror('RX_TX'), mirror('RX'));
    expect(keys(other)).toEqual(['delete raw/mirror', 'create raw/mirror']);
    await carryOut(channel, other);
    expect(await channel.dump('sw_interface_span_dump').toArray()).toMatchObject([{ state: 1 }]);
    expect(keys(await after(channel, mirror('RX'), mirror('RX')))).toEqual([]);
    const none = await after(channel, mirror('RX'), '{}');
    expect(keys(none)[0]).toBe('delete raw/mirror');
    await carryOut(channel, none);
    expect(await channel.dump('sw_interface_span_dump').toArray()).toEqual([]);
  });

  it('has a number, from the reply and from the listing', async () => {
    const channel = await channelToAny();
    await fulfil(channel, BVI);
    const gone = await after(channel, BVI, 'loopbacks: { loop0: {}, loop1: {} }');
    expect(planOf(gone).changes).toMatchObject([
      { action: 'delete', messages: [{ name: 'bvi_delete', fields: { sw_if_index: expect.any(Number) } }] },
    ]);
    await carryOut(channel, gone);
    expect(await due(channel, BVI)).toEqual(['create raw/bvi']);
  });
});

describe('mistakes', () => {
  it.each([
    ['an unknown field', mirror('RX').replace('state: RX } }', 'stat: RX } }'), /stat\b.*did you mean.*state/],
    ['an unknown value', mirror('SIDEWAYS'), /SIDEWAYS/],
    ['an unknown message', mirror('RX').replace(SPAN, 'sw_interface_spin'), /no message sw_interface_spin/],
    [
      'a listing that changes VPP',
      mirror('RX').replace('sw_interface_span_dump: {}', 'delete_loopback: {}'),
      /more than read/,
    ],
    ['an unknown field of the details', mirror('RX').replace('where: { sw_if_index_from', 'where: { from'), /from/],
  ])('%s: the plan says that it will fail, and nothing is sent', async (_, text, words) => {
    const channel = await channelToAny();
    const reconciliation = await compare(channel, text);
    const planned = planOf(reconciliation).changes.find(({ key }) => key === 'raw/mirror');
    expect(planned?.reason).toMatch(/^is not there; it will fail: /);
    expect(planned?.reason).toMatch(words);
    const results = await carryOut(channel, reconciliation);
    expect(results.filter(({ outcome }) => outcome === 'failed').map(({ operation }) => operation.key)).toEqual([
      'raw/mirror',
    ]);
    expect(await channel.dump('sw_interface_span_dump').toArray()).toEqual([]);
  });

  it('of the form', () => {
    const messages = (text: string) => validateWish(text).errors.map(({ message }) => message);
    expect(messages(mirror('RX').replace(`create: { ${SPAN}`, `create: { a: {}, ${SPAN}`))).toEqual([
      expect.stringContaining('x-vppmux.raw[0].create: must be one message with its fields'),
    ]);
    expect(messages(BVI.replace('interface_name: bvi7', 'sw_if_index: { $index: raw/bvi }'))).toEqual([
      'x-vppmux.raw[0].read: can refer to interfaces only',
    ]);
    expect(messages(mirror('RX').replace(SPAN, 'sockclnt_delete'))).toEqual([
      expect.stringMatching(/^x-vppmux.raw\[0\].create: sockclnt_delete is never sent: VPP /),
    ]);
  });
});
