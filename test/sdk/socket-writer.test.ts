/** A writer to one WebSocket, whose network the test plays. */

import { expect, it } from 'vitest';
import { SocketWriter } from '../../src/sdk/socket-writer.js';

const tick = () => new Promise((resolve) => setImmediate(resolve));

/** A writer of the texts in `waiting`; `take` is the network's. */
function writing(...waiting: string[]) {
  const sent: string[] = [];
  let taken: (error?: Error) => void = () => {};
  const socket = {
    send(text: string, done: (error?: Error) => void) {
      sent.push(text);
      taken = done;
    },
  };
  const writer = new SocketWriter(socket, () => waiting.shift());
  return { writer, sent, waiting, take: (error?: Error | null) => taken(error as Error | undefined) };
}

it('nothing is sent before somebody wakes it, and then behind the turn', async () => {
  const { writer, sent, waiting } = writing('a');
  await tick();
  expect(sent).toEqual([]);
  writer.wake();
  waiting[0] = 'all of the turn';
  expect(sent).toEqual([]);
  await tick();
  expect(sent).toEqual(['all of the turn']);
});

it('one message is under way: the next goes when the network has taken it', async () => {
  const { writer, sent, take } = writing('a', 'b', 'c');
  writer.wake();
  await tick();
  writer.wake();
  await tick();
  expect(sent).toEqual(['a']);
  take();
  take(null); // as Node says that it went well
  expect(sent).toEqual(['a', 'b', 'c']);
});

it('nothing left: asks again once it is woken', async () => {
  const { writer, sent, waiting, take } = writing('a');
  writer.wake();
  await tick();
  take();
  waiting.push('b');
  await tick();
  expect(sent).toEqual(['a']);
  writer.wake();
  await tick();
  expect(sent).toEqual(['a', 'b']);
});

it('a socket that fails, or a writer that is closed: nothing more is sent', async () => {
  const failed = writing('a', 'b');
  failed.writer.wake();
  await tick();
  failed.take(new Error('gone'));
  const closed = writing('a');
  closed.writer.wake();
  closed.writer.close();
  await tick();
  expect([failed.sent, closed.sent]).toEqual([['a'], []]);
});
