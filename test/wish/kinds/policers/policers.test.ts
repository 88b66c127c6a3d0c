import { describe, expect, it } from 'vitest';
import { planOf, validateWish } from '../../../../src/wish/index.js';
import { adopted, channelToAny, compare, due, fulfil } from '../../reconcile/support.js';

const LOOPBACKS = 'loopbacks: { loop41: {}, loop42: {} }\n';
const POLICERS = `${LOOPBACKS}
x-vppmux:
  policers:
    gold: { cir: 10000, cb: 125000, input: [ loop41, loop42 ], output: [ loop41 ] }
    silver: { type: 2r3c-2698, cir: 1000, eir: 2000, cb: 30000, eb: 40000, exceed: { mark: 10 }, color-aware: yes }
    packets: { unit: pps, round: up, cir: 100, cb: 10, conform: { mark: 46 }, violate: transmit }
`;

describe('policers', () => {
  it('made, put on interfaces, described and taken away', async () => {
    const channel = await channelToAny();
    const before = await adopted(channel);
    await fulfil(channel, POLICERS);
    const file = await adopted(channel);
    expect(file).toContain('exceed:\n        mark: 10\n');
    // Which of the three an interface has VPP does not tell.
    const owns = ({ key }: { key: string }) => !key.startsWith('policer-interface/');
    expect(await due(channel, file, { owns })).toEqual([]);
    await fulfil(channel, LOOPBACKS);
    await fulfil(channel, '{}');
    expect(await adopted(channel)).toEqual(before);
  });

  it('the only one that VPP has: described with its interfaces', async () => {
    const channel = await channelToAny();
    await fulfil(channel, POLICERS.replace(/ {4}silver.*\n.*\n/, ''));
    const file = await adopted(channel);
    expect(file).toContain('input:\n        - loop41\n        - loop42\n');
    expect(await due(channel, file)).toEqual([]);
  });

  it('at an input alone: no output is found, though VPP says so of interfaces that no output feature was ever on', async () => {
    const channel = await channelToAny();
    const one = `${LOOPBACKS}x-vppmux: { policers: { gold: { cir: 10000, cb: 125000, input: [ loop41 ] } } }`;
    await fulfil(channel, one);
    expect(await adopted(channel)).not.toContain('output:');
    const both = one.replace('input: [', 'output: [ loop41 ], input: [');
    expect(await due(channel, both)).toEqual(['create policer-interface/loop41 output']);
    await fulfil(channel, both);
    await fulfil(channel, LOOPBACKS);
  });

  it('other rates: changed in place, also behind a gap between indices', async () => {
    const channel = await channelToAny();
    await fulfil(channel, POLICERS);
    await fulfil(channel, POLICERS.replace(/ {4}silver.*\n/, ''));
    const faster = POLICERS.replace(/ {4}silver.*\n/, '').replace('cir: 100,', 'cir: 200,');
    const { changes } = planOf(await compare(channel, faster));
    expect(changes.map(({ key, messages: [{ name }] }) => [key, name])).toEqual([
      ['policer/packets', 'policer_update'],
    ]);
    await fulfil(channel, faster);
  });

  it('another policer in place of one that goes: taken off the interface first, and put on it after', async () => {
    const channel = await channelToAny();
    const one = `${LOOPBACKS}x-vppmux: { policers: { gold: { cir: 10000, cb: 125000, input: [ loop41 ] } } }`;
    await fulfil(channel, one);
    const other = one.replace('gold', 'lead');
    expect(await due(channel, other)).toEqual([
      'delete policer-interface/loop41 input',
      'delete policer/gold',
      'create policer/lead',
      'create policer-interface/loop41 input',
    ]);
    await fulfil(channel, other);
  });

  it('mistakes', () => {
    const mistakesOf = (policers: string) =>
      validateWish(`${LOOPBACKS}x-vppmux: { policers: { ${policers} } }`).errors.map(({ message }) => message);
    expect(mistakesOf('a: { cir: 1, cb: 1, eb: 1 }, b: { cir: 1, cb: 1, eir: 1 }')).toEqual([
      'policer a of type 1r2c cannot have an eb',
      'policer b of type 1r2c cannot have an eir',
    ]);
    expect(
      mistakesOf('a: { type: 2r3c-4115, cir: 2, cb: 1 }, b: { type: 2r3c-4115, cir: 2, cb: 1, eir: 1, eb: 1 }'),
    ).toEqual(['policer a of type 2r3c-4115 needs an eir and an eb', 'policer b has an eir below its cir']);
    expect(
      mistakesOf('a: { cir: 1, cb: 1, input: [ loop41 ] }, b: { cir: 1, cb: 1, input: [ loop41, loop7 ] }'),
    ).toEqual([
      expect.stringContaining('x-vppmux.policers.b.input[1]: no interface loop7 in the wish'),
      'policer b cannot have loop41: policer a is at its input',
    ]);
  });
});
