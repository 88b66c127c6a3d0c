/**
 * Pings one after another over an agent's WebSocket, for so many seconds.
 *
 * usage: node remote-pings.js URL SECONDS
 */
import { performance } from 'node:perf_hooks';
import { WebSocket } from 'ws';
import type { AgentFrame } from '../../../src/remote/protocol/index.js';
import { quantile } from '../figures.js';

export interface RemotePings {
  /** Microseconds. */
  readonly median: number;
  readonly p99: number;
  readonly pings: number;
}

const [url, seconds] = process.argv.slice(2);
const ws = new WebSocket(url, ['vppmux.v1.json'], { perMessageDeflate: false });
let answered = (_: AgentFrame) => {};
ws.on('message', (data) => answered(JSON.parse(String(data)) as AgentFrame));
const ask = (frame: object, type: AgentFrame['type']) =>
  new Promise<void>((resolve) => {
    answered = (answer) => {
      if (answer.type === type) resolve();
    };
    ws.send(JSON.stringify(frame));
  });
await new Promise((resolve, reject) => ws.on('open', resolve).on('error', reject));
await ask({ type: 'open', channel: 1 }, 'opened');

async function pings(ms: number): Promise<RemotePings> {
  const taken: number[] = [];
  for (const end = performance.now() + ms; performance.now() < end; ) {
    const start = performance.now();
    await ask({ type: 'request', id: 1, channel: 1, message: 'control_ping' }, 'reply');
    taken.push((performance.now() - start) * 1000);
  }
  return { median: quantile(taken, 0.5), p99: quantile(taken, 0.99), pings: taken.length };
}

await pings(500);
console.log(JSON.stringify(await pings(Number(seconds) * 1000)));
ws.close();
