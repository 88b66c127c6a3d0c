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
  const { scratch, quick } = setting;
  const seconds = quick ? 3 : 10;
  const socket = join(mkdtempSync(join(scratch, 'many-')), 'api.sock');
  // In a process of its own: VPP does not wait until its clients' clients have read.
  const source = await startPeer(setting, 'event-source', [socket]);
  try {
    return await withAgent(setting, { socket, apiDir: '-' }, async (agent) => {
      const url = `${agent.url.replace('http', 'ws')}/ws`;
      const pings = () => client<RemotePings>(setting, 'remote-pings', [url, seconds]);
      const empty = agent.memory();
      const clients = await startPeer(setting, 'many-remote', [url, CLIENTS]);
      const send = async (count: number) => {
        const [delivered] = await Promise.all([clients.tell(count), source.tell(`${count} ${PER_SECOND}`)]);
        return delivered as Delivered;
      };
      try {
        await send(PER_SECOND);
        const subscribed = agent.memory();
        const alone = await pings();
        const [{ expected, events, gaps }, beside] = await Promise.all([send((seconds + 2) * PER_SECOND), pings()]);
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
      } finally {
        clients.stop();
      }
    });
  } finally {
    source.stop();
  }
}

/** A program of ./clients that is told lines, and answers each with a line of JSON; it has begun when it says its first one. */
async function startPeer({ node }: Setting, name: string, args: readonly (string | number)[]) {
  const program = fileURLToPath(new URL(`clients/${name}.js`, import.meta.url));
  const child = spawn(node, [program, ...args.map(String)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => JSON.parse((await lines.next()).value ?? 'null') as unknown;
  await answer();
  return {
    tell: (line: string | number) => {
      child.stdin.write(`${line}\n`);
      return answer();
    },
    stop: () => child.kill('SIGKILL'),
  };
}
