import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { Silence } from '../../../src/etcd/link/silence.js';

it('silence: is told after its time, once', async () => {
  const silent = vi.fn();
  new Silence(1, silent);
  await expect.poll(() => silent.mock.calls.length).toBe(1);
});

it('silence that has ended: is not told, also where its time was over already', async () => {
  const silent = vi.fn();
  new Silence(1, silent).end();
  const late = new Silence(1, silent);
  const until = performance.now() + 5;
  while (performance.now() < until);
  setImmediate(() => late.end());
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(silent).not.toHaveBeenCalled();
});

it('an event loop that was held up: reads what has come before it says that nobody spoke', async () => {
  const server = createServer((socket) => socket.on('data', (data) => socket.write(data))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as { port: number }).port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
    server.close();
  });
  await once(socket, 'connect');
  const silent = vi.fn();
  const answered = once(socket, 'data').then(() => silence.end());
  const silence = new Silence(20, silent);
  socket.write('ping');
  // The echo has to be on its way before the loop is held up.
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  const until = performance.now() + 100;
  while (performance.now() < until);
  await answered;
  expect(silent).not.toHaveBeenCalled();
});
