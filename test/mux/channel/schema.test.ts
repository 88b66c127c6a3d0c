import { expect, it, onTestFinished } from 'vitest';
import { createConnection } from '../../../src/mux/index.js';
import { testMock } from '../../support/mock.js';

it('a channel has the definitions of the running VPP, and none while there is no VPP', async () => {
  const mock = await testMock();
  const vpp = createConnection({ socket: mock.socket, cacheDir: false, health: { probe: false } });
  onTestFinished(() => vpp.close());
  const channel = vpp.channel();
  expect(channel.schema).toBeUndefined();
  await vpp.ready();
  expect(channel.schema?.find('show_version')?.name).toBe('show_version');
});
