import { describe, expect, it } from 'vitest';
import { macText } from '../../../../src/wish/kinds/devices/mac-text.js';
import { channelToAny, due, fulfil } from '../../reconcile/support.js';
import { detailsOf } from './support.js';

const loopback = (own: string) => `loopbacks: { loop3: { ${own} } }\n`;

describe('a MAC address', () => {
  it.each(['de:ad:00:be:ef:03', 'DE-AD-00-BE-EF-03', 'dead00beef03'])('may be written as %s', (text) => {
    expect(macText(text)).toBe('de:ad:00:be:ef:03');
  });

  it('is set and changed in place, and left as it is where the wish has none', async () => {
    const channel = await channelToAny();
    const made = await due(channel, loopback('mac: de:ad:00:be:ef:03'));
    expect(made).toEqual(['create loopback/loop3', 'create mtu/loop3', 'create admin-state/loop3']);
    await fulfil(channel, loopback('mac: de:ad:00:be:ef:03'));
    expect(await due(channel, loopback('mac: DE-AD-00-BE-EF-04'))).toEqual(['change mac/loop3']);
    await fulfil(channel, loopback('mac: DE-AD-00-BE-EF-04'));
    await fulfil(channel, loopback(''));
    expect(await detailsOf(channel, 'loop3')).toMatchObject({ l2_address: 'de:ad:00:be:ef:04' });
    await fulfil(channel, '{}');
  });
});
