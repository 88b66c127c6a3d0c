/** A thousand clients of an agent's WebSocket with a subscription each, and pings of another one beside them. */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { withAgent } from './agent.js';
import { client, type Group, type Setting } from './bench.js';
import type { Delivered } from './clients/many-remote.js';
import type { RemotePings } from './clients/remote-pings.js';
import type { Sample } from './figures.js';

const CLIENTS = 1000;
/** Events of VPP in a second, each for all clients. */
const PER_SECOND = 10;

export const MANY_REMOTE: Group = {
  title:
    'remote, many clients: 1,000 WebSockets with a subscription each, 10,000 events/s in all, and pings of one more',
  benchmarks: [{ name: 'remote, many clients', run: measure }],
};

async function measure(setting: Setting): Promise<Sample[]> {
  const { node, scratch, quick } = setting;
  const seconds = quick ? 3 : 10;
  const socket = join(mkdtempSync(join(scratch, 'many-')), 'api.sock');
  const program = fileURLToPath(new URL('clients/many-remote.js', import.meta.url));
  const load = spawn(node, [program, socket, String(CLIENTS), String(PER_SECOND)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const lines = createInterface({ input: load.stdout })[Symbol.asyncIterator]();
    const answer = async () => JSON.parse((await lines.next()).value ?? 'null') as unknown;
    const tell = (line: string) => {
      load.stdin.write(`${line}\n`);
      return answer();
    };
    await answer();
    return await withAgent(setting, { socket, apiDir: '-' }, async (agent) => {
      const url = `${agent.url.replace('http', 'ws')}/ws`;
      const pings = () => client<RemotePings>(setting, 'remote-pings', [url, seconds]);
      const empty = agent.memory();
      await tell(url);
      await tell(String(PER_SECOND));
      const subscribed = agent.memory();
      const alone = await pings();
      const [delivered, beside] = await Promise.all([tell(String((seconds + 2) * PER_SECOND)), pings()]);
      const { expected, events, gaps } = delivered as Delivered;
      return [
        {
          name: 'remote: events delivered to 1,000 clients, or counted as gaps',
          unit: '×',
          value: (events + gaps) / expected,
          note: `${events} events, ${gaps} in gaps`,
        },
        {
          name: 'remote: memory of a client with a subscription',
          unit: 'B',
          value: (subscribed - empty) / CLIENTS,
        },
        {
          name: 'remote: memory of the agent, more after the events',
          unit: 'MiB',
          value: (agent.memory() - subscribed) / 2 ** 20,
        },
        { name: 'remote: ping, p99 without events', unit: 'µs', value: alone.p99, note: `${alone.pings} pings` },
        {
          name: 'remote: ping, p99 beside 10,000 events/s',
          unit: 'µs',
          value: beside.p99,
          note: `${beside.pings} pings`,
        },
        { name: 'remote: ping, p99 beside events, of the p99 alone', unit: '×', value: beside.p99 / alone.p99 },
      ];
    });
  } finally {
    load.kill('SIGKILL');
  }
}
