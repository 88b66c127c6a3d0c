/**
 * A thousand clients of an agent's WebSocket, each with a subscription, and the mock that sends the events. Commands come in by lines:
 * the agent's address, then numbers of events to send, one after another; each is answered by a line.
 *
 * usage: node many-remote.js SOCKET CLIENTS EVENTS_PER_SECOND
 */
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { startMock } from '../../../mock-vpp/index.js';
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
const [socket, clients, perSecond] = process.argv.slice(2);
const mock = await startMock({ socket });
let [events, gaps] = [0, 0];

/** A client with its subscription; more credit is given when half of it is used. */
async function subscriber(url: string): Promise<void> {
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

async function emit(count: number): Promise<Delivered> {
  const expected = count * Number(clients);
  [events, gaps] = [0, 0];
  const begun = performance.now();
  for (let at = 0; at < count; at++) {
    mock.emit(EVENT, { sw_if_index: at, flags: 3, deleted: false });
    await delay(begun + ((at + 1) * 1000) / Number(perSecond) - performance.now());
  }
  for (let waited = 0; events + gaps < expected && waited < 100; waited++) await delay(50);
  return { expected, events, gaps };
}

const say = (value: unknown) => console.log(JSON.stringify(value));
say('listening');
for await (const line of createInterface({ input: process.stdin })) {
  if (line.startsWith('ws')) {
    const all = Array.from({ length: Number(clients) }, (_, at) => at);
    // Not all at the same time: a server's backlog of connections is short.
    for (let at = 0; at < all.length; at += 50) await Promise.all(all.slice(at, at + 50).map(() => subscriber(line)));
    say('subscribed');
  } else say(await emit(Number(line)));
}
