/**
 * A thousand clients of an agent's WebSocket, each with a subscription. They are told by lines how many events come: each line is
 * answered when all clients have them, or have been told that they missed them, or nothing comes any more.
 *
 * usage: node many-remote.js URL CLIENTS
 */
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { AgentFrame, ClientFrame } from '../../../src/remote/protocol/index.js';

export interface Delivered {
  /** Events times clients. */
  readonly expected: number;
  readonly events: number;
  /** Events that clients were told to have missed. */
  readonly gaps: number;
}

const EVENT = 'sw_interface_event';
const CREDIT = 64;
const [url, clients] = process.argv.slice(2);
let [events, gaps] = [0, 0];

/** A client with its subscription; more credit is given when half of it is used. */
async function subscriber(): Promise<void> {
  const ws = new WebSocket(url, ['vppmux.v1.json'], { perMessageDeflate: false });
  const send = (frame: ClientFrame) => ws.send(JSON.stringify(frame));
  let used = 0;
  await new Promise<void>((resolve, reject) => {
    ws.on('error', reject);
    ws.on('close', (code, reason) => reject(new Error(`closed with ${code} ${reason}`)));
    ws.on('open', () => {
      send({ type: 'open', channel: 1 });
      send({ type: 'events', id: 1, channel: 1, message: EVENT, credit: CREDIT });
    });
    ws.on('message', (data) => {
      const frame = JSON.parse(String(data)) as AgentFrame;
      if (frame.type === 'ready') resolve();
      if (frame.type === 'error') reject(new Error(frame.error.message));
      if (frame.type !== 'events') return;
      for (const item of frame.items) {
        if ('gap' in item) gaps += item.gap;
        else events += 1;
      }
      used += frame.items.length;
      if (used < CREDIT / 2) return;
      send({ type: 'credit', id: 1, count: used });
      used = 0;
    });
  });
}

/** Waits until `expected` events or gaps have come, or none has for five seconds. */
async function delivered(expected: number): Promise<Delivered> {
  for (let [before, still] = [-1, 0]; events + gaps < expected && still < 100; still++) {
    await delay(50);
    if (events + gaps !== before) still = 0;
    before = events + gaps;
  }
  const result = { expected, events, gaps };
  [events, gaps] = [0, 0];
  return result;
}

const all = Array.from({ length: Number(clients) }, (_, at) => at);
// Not all at the same time: a server's backlog of connections is short.
for (let at = 0; at < all.length; at += 50) await Promise.all(all.slice(at, at + 50).map(subscriber));
console.log('"subscribed"');
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await delivered(Number(line) * Number(clients))));
}
