import { expect, it } from 'vitest';
import { Lifetime } from '../../../src/mux/channel/lifetime.js';
import { ConnectionError } from '../../../src/mux/index.js';

it('a lifetime: ends once', () => {
  const lifetime = new Lifetime(3);
  expect([lifetime.isOver, lifetime.finish({}), lifetime.isOver, lifetime.finish({})]).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

it('ended by the user: later calls fail with CHANNEL_CLOSED', () => {
  const lifetime = new Lifetime(3);
  lifetime.finish({});
  expect(lifetime.error('a request')).toMatchObject({
    code: 'CHANNEL_CLOSED',
    message: 'a request on channel 3, which this program has closed',
    outcome: 'not-sent',
    channel: 3,
  });
});

it('ended by a signal: its reason is told, and is the cause', () => {
  const lifetime = new Lifetime(3);
  const leave = new AbortController();
  lifetime.endsWith(leave.signal, (reason) => lifetime.finish({ reason }));
  leave.abort(new Error('the plugin was closed'));
  expect(lifetime.error('a request', 'unknown')).toMatchObject({
    message: 'a request on channel 3, which this program has closed: the plugin was closed',
    cause: { message: 'the plugin was closed' },
    outcome: 'unknown',
  });
});

it('ended with its connection: later calls fail with what ended that', () => {
  const lifetime = new Lifetime(3);
  const connection = new ConnectionError('CLOSED', 'the connection is closed by this program');
  lifetime.finish({ connection });
  expect(lifetime.error('a request')).toBe(connection);
});

it('ended with its connection: of a call that VPP may have, nobody says that it was not sent', () => {
  const lifetime = new Lifetime(3);
  const connection = new ConnectionError('CLOSED', 'the connection is closed by this program', { outcome: 'not-sent' });
  lifetime.finish({ connection });
  expect(lifetime.error('want_stats', 'unknown')).toMatchObject({
    ...{ code: 'CLOSED', outcome: 'unknown', messageName: 'want_stats', channel: 3, cause: connection },
    message: expect.stringMatching(
      /^want_stats \(channel 3\) failed: the connection is closed by this program; it was sent/,
    ),
  });
});
