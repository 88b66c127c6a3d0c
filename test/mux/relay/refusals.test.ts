/** Requests that a policy, a read-only socket or a limit refuses: the client is told so, and never with silence. */
import { describe, expect, it } from 'vitest';
import { ConnectionError, RefusedError, VppmuxError } from '../../../src/mux/errors.js';
import { type ChannelInfo, type ChannelMessage, type Fields, type Refusal, refuse } from '../../../src/mux/index.js';
import { refusalKind } from '../../../src/mux/relay/refusals.js';
import { fakeClock } from '../../support/fake-clock.js';
import { hold } from '../../support/held-vpp.js';
import { until } from '../../support/mock.js';
import { relayWorld } from '../../support/relay-world.js';
import { afterThis } from '../../support/world.js';

const UNSUPPORTED = -126;
const BUSY = -167;

/** A listener that refuses requests of one name. */
const refusing = (name: string, code: 'REFUSED' | 'RATE_LIMITED' = 'REFUSED') => ({
  request: (_info: ChannelInfo, message: ChannelMessage) =>
    message.name === name ? refuse(code, 'not here') : undefined,
});

describe('a socket that only reads', () => {
  const readOnly = () => relayWorld({ socket: { access: 'read' } });

  it('requests that read: are sent', async () => {
    const { client } = await readOnly();
    const one = await client();
    expect((await one.ask('show_version')).retval).toBe(0);
    expect((await one.dump('sw_interface_dump')).length).toBe(1);
    expect((await one.ask('want_interface_events', { enable_disable: 1 })).retval).toBe(0);
  });

  it('requests that change something: are answered with "unsupported", and VPP does not see them', async () => {
    const { mock, client } = await readOnly();
    const one = await client();
    for (const name of ['create_loopback', 'sw_interface_set_flags', 'cli_inband', 'want_l2_macs_events2']) {
      expect([name, (await one.ask(name, { context: 0x80000001 })).retval]).toEqual([name, UNSUPPORTED]);
      expect(mock.received(name)).toBe(0);
    }
  });

  it('another socket of the same connection: may write', async () => {
    const { connection, client, api, path } = await readOnly();
    expect(api.path).toBe(path);
    const second = await connection.listen({ path: `${path}.admin` });
    expect(second.role).toBe('api-socket');
    const one = await client();
    expect((await one.ask('create_loopback')).retval).toBe(UNSUPPORTED);
    await second.close();
  });
});

describe('a policy', () => {
  it('refuses a request: the reply says so, the next ones go on', async () => {
    const { mock, connection, client, api } = await relayWorld();
    connection.dataEvents.listen(refusing('create_loopback'));
    const one = await client();
    expect(await one.ask('create_loopback', { context: 0xffffffff })).toMatchObject({
      ...{ retval: UNSUPPORTED, context: 0xffffffff, sw_if_index: 0 },
    });
    expect((await one.ask('show_version')).retval).toBe(0);
    expect(mock.received('create_loopback')).toBe(0);
    expect(api.counters.refused).toBe(1);
  });

  it('refuses what could be answered without VPP: so it is', async () => {
    const { connection, client } = await relayWorld();
    const one = await client();
    expect((await one.ask('api_versions')).retval).toBe(0);
    connection.dataEvents.listen(refusing('api_versions'));
    expect((await one.ask('api_versions')).retval).toBe(UNSUPPORTED);
  });

  it('refuses for now: the reply is "busy"', async () => {
    const { connection, client } = await relayWorld();
    connection.dataEvents.listen(refusing('create_loopback', 'RATE_LIMITED'));
    expect((await (await client()).ask('create_loopback')).retval).toBe(BUSY);
  });

  it('refuses a dump: the client is closed, and the log says why', async () => {
    const { mock, connection, client, warnings } = await relayWorld();
    connection.dataEvents.listen(refusing('sw_interface_dump'));
    const one = await client('curious');
    one.post('show_version');
    const context = one.post('sw_interface_dump');
    one.post('control_ping', { context });
    expect((await one.message()).name).toBe('show_version_reply');
    await one.untilClosed();
    expect(one.pending).toBe(0);
    expect(mock.received('sw_interface_dump')).toBe(0);
    expect(warnings.join('\n')).toMatch(/"curious" .* was closed: sw_interface_dump is refused.*not here/);
  });

  it('refuses a registration: the reply says so, and VPP has none', async () => {
    const { mock, connection, client } = await relayWorld();
    connection.dataEvents.listen({
      firstMessage: (_info: ChannelInfo, { name }: ChannelMessage) =>
        name === 'want_interface_events' ? refuse('REFUSED', 'no events') : undefined,
    } as never);
    const one = await client();
    expect((await one.ask('want_interface_events', { enable_disable: 1 })).retval).toBe(UNSUPPORTED);
    expect(mock.clients.flatMap(({ wants }) => wants)).toEqual([]);
  });

  it('knows the client by the name that it gave and by the role of its socket, and sees its requests and replies', async () => {
    const { connection, client } = await relayWorld({ socket: { role: 'monitoring' } });
    const heard: string[] = [];
    const note = (what: string) => (info: ChannelInfo, message: { name: string; fields: Fields }) =>
      void heard.push(`${info.owner}/${info.name} ${what} ${message.name} ${message.fields.context ?? ''}`.trim());
    connection.dataEvents.listen({ request: note('asks'), reply: note('gets') } as never);
    const one = await client('probe');
    await one.ask('show_version');
    expect(heard.map((line) => line.replace(/ \d+$/, ''))).toEqual([
      'monitoring/probe asks show_version',
      'monitoring/probe gets show_version_reply',
    ]);
  });

  it('sees what it is asked about in the fields, and the request is sent as it came', async () => {
    const { mock, connection, client } = await relayWorld();
    connection.dataEvents.listen({
      request: (_info: ChannelInfo, message: ChannelMessage): Refusal | undefined =>
        message.fields.cmd === 'show bad' ? refuse('REFUSED', 'bad') : undefined,
    });
    const one = await client();
    expect((await one.ask('cli_inband', { cmd: 'show bad' })).retval).toBe(UNSUPPORTED);
    await one.ask('cli_inband', { cmd: 'show version' });
    expect(mock.receivedMessages('cli_inband').map(({ fields }) => fields.cmd)).toEqual(['show version']);
  });

  it('refuses what waits still: it is answered in its turn, and VPP does not see it', async () => {
    const { mock, connection, client } = await relayWorld({ socket: { limits: { inFlight: 1 } } });
    const held = hold(mock, 'show_version');
    let isRefused = false;
    const listener = {
      firstMessage: (_info: ChannelInfo, { name }: ChannelMessage) =>
        isRefused && name === 'create_loopback' ? refuse('REFUSED', 'no more') : undefined,
    };
    connection.dataEvents.listen(listener);
    const one = await client();
    one.post('show_version');
    const waits = one.post('create_loopback');
    const behind = one.post('control_ping');
    await until(() => held.waiting === 1);
    await until(() => connection.stats().waiting === 2);
    isRefused = true;
    connection.dataEvents.decideAgain(listener);
    held.answer();
    expect((await one.message()).name).toBe('show_version_reply');
    expect((await one.message()).fields).toMatchObject({ context: waits, retval: UNSUPPORTED });
    expect((await one.message()).fields.context).toBe(behind);
    expect(mock.received('create_loopback')).toBe(0);
  });
});

describe('messages a second', () => {
  it('one that is above the limit: is answered with "busy", and a second later they are sent again', async () => {
    const { mock, client, warnings } = await relayWorld({ socket: { limits: { messagesPerSecond: 5 } } });
    const clock = fakeClock(afterThis);
    const one = await client('hasty');
    const retvals = async () => {
      const contexts = Array.from({ length: 7 }, () => one.post('show_version'));
      const heard = [];
      for (const context of contexts) {
        const { fields } = await one.message();
        expect(fields.context).toBe(context);
        heard.push(fields.retval);
      }
      return heard;
    };
    expect(await retvals()).toEqual([0, 0, 0, 0, 0, BUSY, BUSY]);
    expect(mock.received('show_version')).toBe(1 + 5);
    await clock.pass(1000);
    expect(await retvals()).toEqual([0, 0, 0, 0, 0, BUSY, BUSY]);
    expect(warnings.filter((line) => line.includes('more messages a second'))).toHaveLength(1);
  });

  it('a dump above it: ends the client', async () => {
    const { client, warnings } = await relayWorld({ socket: { limits: { messagesPerSecond: 1 } } });
    const one = await client();
    for (let i = 0; i < 2; i++) one.post('sw_interface_dump');
    await one.untilClosed();
    expect(warnings.join('\n')).toContain('sw_interface_dump is refused, which only its end can say: it sends more');
  });
});

it('the kind of refusal: busy where it may go later', () => {
  const kinds = [
    new RefusedError('RATE_LIMITED', 'slowly', {}),
    new VppmuxError('BACKLOG_FULL', 'full'),
    new RefusedError('REFUSED', 'never', {}),
    new VppmuxError('FORBIDDEN_MESSAGE', 'never'),
    new Error('anything'),
    new ConnectionError('CONNECTION_LOST', 'gone'),
  ].map(refusalKind);
  expect(kinds).toEqual(['busy', 'busy', 'unsupported', 'unsupported', 'unsupported', 'lost']);
});
