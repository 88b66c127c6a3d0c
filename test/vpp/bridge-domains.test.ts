import { describe, expect, it } from 'vitest';
import type { Channel } from '../../src/mux/index.js';
import { bridgeDomains, StepError } from '../../src/vpp/index.js';
import { channelToMock, recorder } from './support.js';

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

  it.each([
    ['removeInterfaces', (channel: Channel) => bridgeDomains.removeInterfaces(channel, 5, [1, 2, 3])],
    ['remove with force', (channel: Channel) => bridgeDomains.remove(channel, 5, { force: true })],
  ])('%s, VPP refuses an interface: says which have left, and that the domain is there', async (_, remove) => {
    const { mock, channel } = await withLoopbacks();
    await bridgeDomains.add(channel, { id: 5, interfaces: [1, 2, 3] });
    mock.handle('sw_interface_set_l2_bridge', ({ rx_sw_if_index }) => (rx_sw_if_index === 2 ? -9 : 0));
    mock.forget();
    const error: unknown = await remove(channel).catch((thrown) => thrown);
    if (!(error instanceof StepError)) throw error;
    expect(error).toMatchObject({ code: 'INCOMPLETE', cause: { retvalName: 'UNIMPLEMENTED' } });
    expect(error.describe('no')).toBe(
      'bridge domain 5 is there, but loop1 did not leave it: no (loop0 left, 1 not tried)',
    );
    expect([mock.received('sw_interface_set_l2_bridge'), mock.received('bridge_domain_add_del_v2')]).toEqual([2, 0]);
  });

  it('remove, VPP refuses it when its interfaces have left: says so', async () => {
    const { mock, channel } = await withLoopbacks();
    await bridgeDomains.add(channel, { id: 5, interfaces: [1, 2] });
    mock.handle('bridge_domain_add_del_v2', () => -9);
    const error: unknown = await bridgeDomains.remove(channel, 5, { force: true }).catch((thrown) => thrown);
    if (!(error instanceof StepError)) throw error;
    expect(error.describe('no')).toBe('bridge domain 5 was not removed: no (loop0, loop1 left it before)');
    // With nothing done before, VPP's error is all that there is to say.
    await expect(bridgeDomains.remove(channel, 5)).rejects.toMatchObject({ name: 'RetvalError' });
  });

  it.each<[string, (channel: Channel, signal: AbortSignal) => Promise<unknown>]>([
    ['add', (channel, signal) => bridgeDomains.add(channel, { id: 6, interfaces: [3] }, { signal })],
    ['removeInterfaces', (channel, signal) => bridgeDomains.removeInterfaces(channel, 5, [1], { signal })],
    ['remove', (channel, signal) => bridgeDomains.remove(channel, 5, { force: true, signal })],
  ])(
    '%s given up while an interface is moved: says what was done, with the reason of the signal behind it',
    async (_, call) => {
      const { mock, channel } = await withLoopbacks();
      await bridgeDomains.add(channel, { id: 5, interfaces: [1] });
      const control = new AbortController();
      const reason = new Error('enough');
      mock.handle('sw_interface_set_l2_bridge', () => {
        control.abort(reason);
        return new Promise<never>(() => {});
      });
      await expect(call(channel, control.signal)).rejects.toMatchObject({
        ...{ name: 'StepError', code: 'INCOMPLETE' },
        cause: { code: 'ABORTED', cause: reason },
      });
    },
  );

  it('add, an error that is none of VPP or the mux: stays as it is', async () => {
    const { channel } = await withLoopbacks();
    const reason = new Error('enough');
    const { channel: own } = recorder(channel);
    const request = (name: string, ...rest: unknown[]) =>
      name === 'sw_interface_set_l2_bridge' ? Promise.reject(reason) : Reflect.apply(own.request, own, [name, ...rest]);
    await expect(bridgeDomains.add({ ...own, request }, { id: 5, interfaces: [1] })).rejects.toBe(reason);
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
