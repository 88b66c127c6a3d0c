/** A client that does not read: what waits for it is bounded, it alone is closed, and VPP is drained all the time. */
import { expect, it } from 'vitest';
import type { Fields } from '../../../src/mux/index.js';
import { fakeClock, turns } from '../../support/fake-clock.js';
import { until } from '../../support/mock.js';
import { relayWorld } from '../../support/relay-world.js';
import { afterThis } from '../../support/world.js';

const MiB = 1024 * 1024;
/** A megabyte in one answer. */
const LARGE = 'x'.repeat(MiB);

it('a client that reads nothing: is closed at its bound, others are served all along', async () => {
  const { mock, client, api, warnings } = await relayWorld({ socket: { limits: { queuedBytes: 2 * MiB } } });
  const clock = fakeClock(afterThis);
  mock.handle('cli_inband', () => ({ reply: LARGE }));
  const [idle, other] = [await client('sleeper'), await client('other')];
  idle.socket.pause();
  for (let i = 0; i < 8; i++) idle.post('cli_inband', { cmd: 'all' });
  await until(() => mock.received('cli_inband') === 8);
  for (let i = 0; i < 5; i++) expect((await other.ask('show_version')).retval).toBe(0);
  const [{ unreadBytes }] = api.clients();
  expect(unreadBytes).toBeGreaterThan(2 * MiB);
  await clock.pass(2100);
  expect(api.clients().map(({ name }) => name)).toEqual(['other']);
  expect(warnings.join('\n')).toMatch(
    /"sleeper" .* was closed: it does not read: \d+ bytes wait for it, 2097152 are the limit/,
  );
  expect((await other.ask('show_version')).retval).toBe(0);
  expect(api.counters.closed).toBe(1);
});

it('a client that reads late, but reads: gets everything', async () => {
  const { mock, client } = await relayWorld();
  mock.handle('cli_inband', ({ cmd }: Fields) => ({ reply: `${cmd}${LARGE}` }));
  const one = await client();
  one.socket.pause();
  for (let i = 0; i < 6; i++) one.post('cli_inband', { cmd: `${i}` });
  await until(() => mock.received('cli_inband') === 6);
  await turns(50);
  one.socket.resume();
  for (let i = 0; i < 6; i++) expect(String((await one.message()).fields.reply)[0]).toBe(`${i}`);
});

it('events for a client that does not read: count as well', async () => {
  const { mock, client, api } = await relayWorld({ socket: { limits: { queuedBytes: 64 * 1024 } } });
  const clock = fakeClock(afterThis);
  const one = await client();
  await one.ask('want_interface_events', { enable_disable: 1 });
  one.socket.pause();
  for (let i = 0; i < 20_000; i++) mock.emit('sw_interface_event');
  await until(() => api.clients().length === 0 || api.clients()[0].unreadBytes > 64 * 1024);
  await clock.pass(2100);
  await until(() => api.clients().length === 0);
});

it('requests of a client that are not answered yet: it is read no further, however much it writes', async () => {
  const { mock, client, api } = await relayWorld({ socket: { limits: { inFlight: 4 } } });
  const one = await client();
  mock.misbehave({ stall: true });
  const ping = one.body('control_ping').body;
  const many = Buffer.concat(
    Array.from({ length: 20_000 }, () => {
      const header = Buffer.alloc(16);
      header.writeUInt32BE(ping.length, 8);
      return Buffer.concat([header, ping]);
    }),
  );
  one.send(many);
  await until(() => (api.clients()[0]?.waiting ?? 0) > 0);
  await turns(50);
  const [{ inFlight, waiting, messagesIn }] = api.clients();
  expect(inFlight).toBeLessThanOrEqual(4);
  expect(waiting).toBe(messagesIn - inFlight);
  expect(messagesIn).toBeLessThan(5000);
  expect(api.clients()[0].state).toBe('waiting');
  mock.behave();
  for (let i = 0; i < 20_000; i++) await one.next();
  expect(api.clients()[0]).toMatchObject({ inFlight: 0, waiting: 0, messagesIn: 20_000 });
});

it('a client that floods: others are answered in between', async () => {
  const { client } = await relayWorld();
  const [one, other] = [await client('flood'), await client('other')];
  for (let i = 0; i < 5000; i++) one.post('control_ping');
  await one.next();
  expect((await other.ask('show_version')).retval).toBe(0);
  expect(one.pending).toBeLessThan(4999);
});
