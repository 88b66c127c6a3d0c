import { expect, it } from 'vitest';
import { validateWish } from '../../../../src/wish/index.js';
import { adopted, channelToAny, due, fulfil } from '../../reconcile/support.js';

const wish = (options: string, loopback = '') =>
  `loopbacks: { loop0: { ${loopback} } }\nx-vppmux: { lcp: { ${options} } }\n`;

it('options of linux-cp come before pairs, and stay when a wish does not name them', async () => {
  const channel = await channelToAny();
  await fulfil(channel, wish('sync-unnumbered: yes'));
  const [first] = await due(channel, wish('sync-unnumbered: no', 'lcp: lo0'));
  expect(first).toBe('change lcp-option/sync-unnumbered');
  await fulfil(channel, wish('sync-unnumbered: no'));
  expect(await adopted(channel)).toContain('sync-unnumbered: false');
  expect(await due(channel, await adopted(channel))).toEqual([]);
  expect(await due(channel, 'loopbacks: { loop0: {} }\n')).toEqual([]);
  await fulfil(channel, wish('sync-unnumbered: yes, default-netns: ""'));
});

it('options of linux-cp: mistakes', () => {
  expect(validateWish(wish('default-netns: a/b')).errors).toHaveLength(1);
});
