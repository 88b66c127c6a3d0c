/**
 * A million routes: added over the socket, dumped whole, with memory that does not follow the dump and with
 * other clients served meanwhile. Prints its figures.
 */
import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import type { MockVpp } from '../../../../mock-vpp/index.js';
import { mockAndClient, rawClient } from '../../../support/mock.js';
import { frameOf, type RawClient } from '../../../support/raw-client.js';

const MILLION = 1_000_000;
const OWN = 5;

it('a million routes: dumped whole, in bounded memory, with others served meanwhile', async () => {
  const { mock, client } = await mockAndClient({ routes: MILLION });
  const other = await rawClient(mock);
  let most = 0;
  let seen = 0;
  const begin = performance.now();
  const counting = countFrames(client, mock, (waiting, details) => {
    most = Math.max(most, waiting);
    seen = details;
  });
  client.send(dumpAndPing(client));
  // Answered while the dump runs: its frames are behind many of the other's.
  const before = await other.ask('control_ping').then(() => seen);
  const { details, bytes } = await counting;
  const ms = performance.now() - begin;
  console.log(
    `dump of ${details} routes: ${(bytes / 1e6).toFixed(0)} MB in ${ms.toFixed(0)} ms (${(details / ms / 1000).toFixed(2)} million/s), ` +
      `at most ${(most / 1024).toFixed(0)} KiB waiting; another client's ping after ${before} of them`,
  );
  expect(details).toBe(MILLION + OWN);
  expect(most).toBeLessThan(1024 * 1024);
  expect(before).toBeLessThan(details / 2);
});

it('a hundred thousand adds over the socket: in the dump', async () => {
  const count = 100_000;
  const { mock, client } = await mockAndClient({ setup: (dataplane) => void dataplane.addLoopback({ up: true }) });
  const route = { prefix: '20.0.0.0/32', paths: [{ sw_if_index: 1, weight: 1, nh: { address: { ip4: '10.9.0.2' } } }] };
  const { body } = client.body('ip_route_add_del_v2', { is_add: true, route });
  const one = frameOf(body);
  const all = Buffer.alloc(count * one.length);
  const addressAt = one.indexOf(Buffer.from([0, 20, 0, 0, 0])) + 1;
  for (let i = 0; i < count; i++) {
    one.copy(all, i * one.length);
    all.writeUInt32BE(0x14000000 + i, i * one.length + addressAt);
  }
  const begin = performance.now();
  client.socket.removeAllListeners('data');
  await new Promise<void>((resolve) => {
    let bytes = 0;
    client.socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes === count * (16 + 14)) resolve();
    });
    client.send(all);
  });
  const ms = performance.now() - begin;
  console.log(`${count} route adds: ${ms.toFixed(0)} ms (${(count / ms).toFixed(0)} thousand/s)`);
  expect(mock.dataplane.tables.find(0, false)?.size).toBe(count + OWN);
  expect(mock.received('ip_route_add_del_v2')).toBe(count);
});

/** The dump and the ping behind it, in one write. */
function dumpAndPing(client: RawClient): Buffer {
  const { body } = client.body('ip_route_v2_dump', {});
  return Buffer.concat([frameOf(body), frameOf(client.body('control_ping').body)]);
}

/** Counts frames without keeping them, until the control_ping_reply. */
function countFrames(
  client: RawClient,
  mock: MockVpp,
  onChunk: (waiting: number, details: number) => void,
): Promise<{ details: number; bytes: number }> {
  const socket: Socket = client.socket;
  socket.removeAllListeners('data');
  return new Promise((resolve) => {
    let details = 0;
    let bytes = 0;
    let rest: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let at = 0;
      for (; all.length - at >= 16; ) {
        const length = all.readUInt32BE(at + 8);
        if (all.length - at < 16 + length) break;
        if (length === 18) resolve({ details, bytes });
        else details++;
        at += 16 + length;
      }
      rest = all.subarray(at);
      onChunk(mock.clients[0].waiting, details);
    });
  });
}
