/** Ten thousand channels of one connection, a request of each in flight. */
import { client, type Group, type Setting } from './bench.js';
import type { ChannelsMeasured } from './clients/channels.js';
import type { Sample } from './figures.js';

const CHANNELS = 10_000;
const ROUNDS = 100;

export const MANY_CHANNELS: Group = {
  title: '10,000 channels, a request of each in flight (the second: 8,192 at VPP, the others waiting)',
  benchmarks: [{ name: 'many channels', run: measure }],
};

async function measure(setting: Setting): Promise<Sample[]> {
  const { socket, apiDir } = setting.server;
  const [count, rounds] = setting.quick ? [CHANNELS / 10, ROUNDS / 10] : [CHANNELS, ROUNDS];
  const { allAtVpp, byDefault } = await client<Record<'allAtVpp' | 'byDefault', ChannelsMeasured>>(
    setting,
    'channels',
    [socket, apiDir, count, rounds],
    ['--expose-gc'],
  );
  return [
    { name: 'heap of a channel with its request in flight', unit: 'B', value: allAtVpp.both, note: inFlight(allAtVpp) },
    { name: 'heap of a channel, default options', unit: 'B', value: byDefault.both, note: inFlight(byDefault) },
    { name: 'heap of a channel that does nothing', unit: 'B', value: allAtVpp.channel },
    { name: 'outside the heap, of a channel with its request', unit: 'B', value: allAtVpp.outside },
    { name: 'round over all channels', unit: 'ms', value: byDefault.round },
    { name: 'request in a round over all channels, p99', unit: 'ms', value: byDefault.p99 },
  ];
}

const inFlight = ({ inFlight: count }: ChannelsMeasured) => `${count.toLocaleString('en-US')} in flight`;
