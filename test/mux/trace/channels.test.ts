/** The channels that a trace names. */

import { expect, it } from 'vitest';
import { connect, TraceRing } from '../../../src/mux/index.js';
import { ownSchema, socketPath, testMock } from '../../support/mock.js';
import { RawClient } from '../../support/raw-client.js';
import { afterThis } from '../../support/world.js';

it('a trace names the channel of each request and of its answer: a program, a client of an API socket', async () => {
  const mock = await testMock();
  const ring = new TraceRing(1000);
  const vpp = await connect({ socket: mock.socket, cacheDir: false, trace: ring });
  afterThis(() => vpp.destroy());
  const path = socketPath();
  await vpp.listen({ path });
  const client = await RawClient.connect(path, await ownSchema(), 'routes');
  await client.ask('show_threads');
  await vpp.channel({ name: 'reader' }).request('show_version');
  const named = ring
    .entries()
    .filter(({ name }) => name?.startsWith('show_threads') || name?.startsWith('show_version'))
    .map(({ direction, name, channelName }) => [direction, name, channelName]);
  expect(named).toEqual(
    expect.arrayContaining([
      ['out', 'show_threads', 'routes'],
      ['in', 'show_threads_reply', 'routes'],
      ['out', 'show_version', 'reader'],
      ['in', 'show_version_reply', 'reader'],
    ]),
  );
  client.close();
});
