/** A channel to a mock of its own, which keeps the names of the requests that go through it. */

import { onTestFinished } from 'vitest';
import { type Channel, createConnection } from '../../src/mux/index.js';
import { testMock } from '../support/mock.js';

export async function channelToMock(options: Parameters<typeof testMock>[0] = {}) {
  const mock = await testMock(options);
  const vpp = createConnection({ socket: mock.socket, cacheDir: false, health: { probe: false } });
  onTestFinished(() => vpp.close());
  await vpp.ready();
  return { mock, vpp, channel: vpp.channel() };
}

export interface Recorder {
  readonly channel: Channel;
  /** Names of the requests that were sent. */
  readonly requests: Set<string>;
}

/** The same channel to a VPP that lacks the messages in `without`. */
export function recorder(channel: Channel, ...without: readonly string[]): Recorder {
  const requests = new Set<string>();
  const recording: Channel = {
    id: channel.id,
    closed: false,
    has: (name) => !without.includes(name) && channel.has(name),
    request(name, ...rest) {
      requests.add(name);
      return channel.request(name, ...rest);
    },
    dump(name, ...rest) {
      requests.add(name);
      return channel.dump(name, ...rest);
    },
    events: (...given) => channel.events(...given),
    close: () => channel.close(),
  };
  return { channel: recording, requests };
}
