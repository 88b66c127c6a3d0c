import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { validateWish } from '../../../../src/wish/index.js';
import { needs } from '../../../support/needs.js';
import { realSocket } from '../../../support/vpp.js';
import { adopted, channelToAny, due, fulfil } from '../../reconcile/support.js';

const missing =
  realSocket !== undefined && !existsSync('/sys/class/net/vppmux0') && 'the interface vppmux0 of the host';

const wish = (options: string) => `
x-vppmux: { host-interfaces: { host-vppmux0: { ${options} } } }
interfaces: { host-vppmux0: { addresses: [ 192.0.2.1/24 ] } }
`;

describe('an interface of the host', needs(missing), () => {
  it('made, described, and deleted', async () => {
    const channel = await channelToAny();
    const before = await adopted(channel);
    await fulfil(channel, wish('rx-queues: 2'));
    const file = await adopted(channel);
    expect(file).toContain('host-interfaces:\n    host-vppmux0: {}\n');
    expect(await due(channel, file)).toEqual([]);
    await fulfil(channel, '{}');
    expect(await adopted(channel)).toEqual(before);
  });

  it('of another mode: made anew', async () => {
    const channel = await channelToAny();
    await fulfil(channel, wish(''));
    const other = wish('mode: ip');
    expect((await due(channel, other)).filter((each) => each.includes('host-interface/'))).toEqual([
      'delete host-interface/host-vppmux0',
      'create host-interface/host-vppmux0',
    ]);
    await fulfil(channel, other);
    expect(await due(channel, await adopted(channel))).toEqual([]);
  });
});

it('an interface of the host: mistakes', () => {
  const { errors } = validateWish('x-vppmux: { host-interfaces: { eth1: {}, host-: {}, host-eth1: { mode: l2 } } }');
  expect(errors.map(({ message }) => message)).toEqual([
    'x-vppmux.host-interfaces.eth1: must be host- and the name of a Linux interface',
    'x-vppmux.host-interfaces.host-: must be host- and the name of a Linux interface',
    'x-vppmux.host-interfaces.host-eth1.mode: must be one of ethernet, ip',
  ]);
});
