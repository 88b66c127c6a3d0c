import { expect, it } from 'vitest';
import { createConnection } from '../../../src/mux/index.js';
import { testMock } from '../../support/mock.js';

it('has: what the table of the running VPP says; undefined while no VPP is connected', async () => {
  const mock = await testMock();
  const vpp = createConnection({ socket: mock.socket, cacheDir: false });
  const channel = vpp.channel();
  expect(channel.has('show_version')).toBeUndefined();
  await vpp.ready();
  expect([channel.has('show_version'), channel.has('no_such_message')]).toEqual([true, false]);
  await vpp.close();
  expect(channel.has('show_version')).toBeUndefined();
});
