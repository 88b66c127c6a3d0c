import { describe, expect, it } from 'vitest';
import { bridgeDomains, StepError } from '../../src/vpp/index.js';
import { channelToMock } from './support.js';

const DEFAULTS = {
  ...{ flood: true, uuFlood: true, forward: true, learn: true, arpTerm: false, arpUfwd: false, macAge: 0, tag: '' },
};

const withLoopbacks = () => channelToMock({ setup: (dataplane) => void [1, 2, 3].map(() => dataplane.addLoopback()) });

describe('bridge domains', () => {
  it('add: created with its interfaces; the same again: nothing changes', async () => {
    const { mock, channel } = await withLoopbacks();
    const bridgeDomain = {
      ...{ ...DEFAULTS, id: 5, learn: false, bvi: { name: 'loop1', swIfIndex: 2 } },
      members: [
        { name: 'loop1', swIfIndex: 2, shg: 0 },
        { name: 'loop0', swIfIndex: 1, shg: 0 },
      ],
    };
    const wanted = { id: 5, interfaces: ['loop0'], bvi: 2, learn: false };
    expect(await bridgeDomains.add(channel, wanted)).toEqual({ bridgeDomain, changed: true });
    expect(await bridgeDomains.add(channel, wanted)).toEqual({ bridgeDomain, changed: false });
    expect(await bridgeDomains.list(channel)).toEqual([bridgeDomain]);
    expect(mock.received('sw_interface_set_l2_bridge')).toBe(2);
  });

  it.each([
    [{ id: 5, flood: false }, 'EXISTS', 'flood'],
    [{ id: 6, interfaces: ['loop0'] }, 'IN_USE', undefined],
    [{ id: 5, bvi: 'loop2' }, 'IN_USE', 'bvi'],
    [{ id: 7, interfaces: [1, 'loop9'] }, 'NOT_FOUND', 'interfaces[1]'],
  ])('add %j: %s, and nothing changes', async (wanted, code, path) => {
    const { mock, channel } = await withLoopbacks();
    await bridgeDomains.add(channel, { id: 5, interfaces: ['loop0'], bvi: 'loop1' });
    mock.forget();
    const error: unknown = await bridgeDomains.add(channel, wanted).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'ObjectError', code, ...(path !== undefined && { path }) });
    expect([mock.received('sw_interface_set_l2_bridge'), mock.received('bridge_domain_add_del_v2')]).toEqual([0, 0]);
  });

  it('VPP refuses an interface: says that the domain is there', async () => {
    const { mock, channel } = await withLoopbacks();
    mock.handle('sw_interface_set_l2_bridge', () => -9);
    const error: unknown = await bridgeDomains.add(channel, { id: 5, interfaces: [1] }).catch((thrown) => thrown);
    if (!(error instanceof StepError)) throw error;
    expect(error).toMatchObject({ code: 'INCOMPLETE', cause: { retvalName: 'UNIMPLEMENTED' } });
    expect(error.describe('no')).toBe('bridge domain 5 is there, but loop0 did not join it: no');
  });

  it('removeInterfaces, remove: give what was in it; one that has interfaces: IN_USE without force', async () => {
    const { channel } = await withLoopbacks();
    await bridgeDomains.add(channel, { id: 5, interfaces: [1, 2] });
    expect(await bridgeDomains.removeInterfaces(channel, 5, ['loop1', 'loop2'])).toMatchObject([{ name: 'loop1' }]);
    await expect(bridgeDomains.remove(channel, 5)).rejects.toMatchObject({
      ...{ code: 'IN_USE', object: 'bridge domain' },
      message: 'bridge domain 5 has interfaces (loop0); force takes them out first',
    });
    expect(await bridgeDomains.remove(channel, 5, { force: true })).toMatchObject([{ name: 'loop0' }]);
    await expect(bridgeDomains.remove(channel, 5)).rejects.toMatchObject({ code: 'NOT_FOUND', path: 'id' });
  });
});
