/** Each way to misbehave, seen from a client that only knows bytes. */
import { describe, expect, it } from 'vitest';
import { FAULT_NAMES, type Misbehaviour } from '../../../mock-vpp/index.js';
import { mockAndClient, ownSchema, rawClient, testMock, until } from '../../support/mock.js';
import { RawClient } from '../../support/raw-client.js';

const ping = (client: RawClient, count = 1): number[] =>
  Array.from({ length: count }, () => client.post('control_ping'));

async function contexts(client: RawClient, count: number): Promise<unknown[]> {
  const seen: unknown[] = [];
  while (seen.length < count) seen.push((await client.message()).fields.context);
  return seen;
}

/** Lets everything that was sent within this process arrive. */
async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** Milliseconds a promise takes. */
async function took(work: Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work;
  return performance.now() - begin;
}

describe('time', () => {
  it('delay: everything later, the handshake included, order kept', async () => {
    const mock = await testMock({ misbehave: { delay: 40 } });
    const client = await RawClient.open(mock.socket, await ownSchema());
    expect(await took(client.handshake())).toBeGreaterThan(35);
    const sent = ping(client, 5);
    expect(await contexts(client, 5)).toEqual(sent);
    client.close();
  });

  it('delay: the goodbye still arrives before the end', async () => {
    const { client } = await mockAndClient({ misbehave: { delay: 30 } });
    expect((await client.ask('sockclnt_delete', { index: client.index })).response).toBe(1);
    await client.untilClosed();
  });

  it('late: those named come after the others', async () => {
    const { client } = await mockAndClient({ misbehave: { late: { messages: 'show_version', ms: 30, count: 1 } } });
    const late = client.post('show_version');
    const [first, second] = [client.post('show_version'), client.post('control_ping')];
    expect(await contexts(client, 3)).toEqual([first, second, late]);
  });
});

describe('silence', () => {
  it('silent: served, but not answered; then over', async () => {
    const { mock, client } = await mockAndClient({
      misbehave: { silent: { messages: 'sw_interface_set_flags', count: 1 } },
    });
    client.post('sw_interface_set_flags', { sw_if_index: 0, flags: 1 });
    expect(await client.answersOnlyPing()).toBe(true);
    expect(mock.dataplane.interfaceAt(0).adminUp).toBe(true);
    expect(await client.ask('sw_interface_set_flags', { sw_if_index: 0, flags: 1 })).toMatchObject({ retval: 0 });
  });

  it('silent, after so many: the first are answered', async () => {
    const { client } = await mockAndClient({ misbehave: { silent: { after: 2 } } });
    const [first, second] = ping(client, 4);
    expect(await contexts(client, 2)).toEqual([first, second]);
    expect(client.pending).toBe(0);
  });

  it('silent on a detail: a dump with a hole', async () => {
    const { client } = await mockAndClient({
      misbehave: { silent: { messages: 'sw_interface_details', after: 1, count: 1 } },
      setup: (dataplane) => [1, 2].map(() => dataplane.addLoopback()),
    });
    const details = await client.dump('sw_interface_dump');
    expect(details.map((each) => each.interface_name)).toEqual(['local0', 'loop1']);
  });

  it('silent on the handshake, if named: no table', async () => {
    const mock = await testMock({ misbehave: { silent: { messages: 'sockclnt_create' } } });
    const client = await RawClient.open(mock.socket, await ownSchema());
    client.handshake().catch(() => {});
    await until(() => mock.received('sockclnt_create') === 1);
    mock.behave();
    const other = await rawClient(mock);
    expect(await other.answersOnlyPing()).toBe(true);
    expect(client.ids.size).toBe(0);
    client.close();
  });

  it('stall: nothing is read until it is over', async () => {
    const { mock, client } = await mockAndClient();
    mock.misbehave({ stall: true });
    const sent = ping(client, 3);
    const other = await RawClient.open(mock.socket, await ownSchema());
    other.handshake().catch(() => {});
    await turns(20);
    expect([mock.received('control_ping'), other.ids.size]).toEqual([0, 0]);
    mock.behave('stall');
    expect(await contexts(client, 3)).toEqual(sent);
    other.close();
  });
});

describe('ends', () => {
  it('closeMidFrame: half a frame, then the end', async () => {
    const { mock, client } = await mockAndClient();
    mock.misbehave({ closeMidFrame: { messages: 'show_version' } });
    ping(client);
    await client.message();
    client.post('show_version');
    await client.untilClosed();
    expect(client.received.length).toBe(16 + 362 / 2);
    expect(client.received.readUInt32BE(8)).toBe(362);
  });

  it('closeMidFrame in the header, in the middle of a dump', async () => {
    const { mock, client } = await mockAndClient({ routes: 100 });
    mock.misbehave({ closeMidFrame: { messages: 'ip_route_v2_details', after: 50, bytes: 9 } });
    client.post('ip_route_v2_dump');
    await client.untilClosed();
    expect([client.pending, client.received.length]).toEqual([50, 9]);
  });

  it('close on a request: no answer to it or to anything behind it', async () => {
    const { mock, client } = await mockAndClient({ misbehave: { close: { messages: 'show_version' } } });
    const first = client.post('control_ping');
    expect(await contexts(client, 1)).toEqual([first]);
    client.post('show_version');
    ping(client);
    await client.untilClosed();
    expect(client.pending).toBe(0);
    expect((await rawClient(mock)).closed).toBe(false);
  });

  it('close now: every connection, and each new one', async () => {
    const { mock, client } = await mockAndClient();
    const other = await rawClient(mock);
    mock.misbehave({ close: true });
    await Promise.all([client.untilClosed(), other.untilClosed()]);
    const next = await RawClient.open(mock.socket, await ownSchema());
    await next.untilClosed();
    mock.behave();
    expect(await (await rawClient(mock)).answersOnlyPing()).toBe(true);
  });
});

describe('pieces', () => {
  it('split: byte by byte, the handshake too', async () => {
    const mock = await testMock({ misbehave: { split: { bytes: 100 } } });
    const client = await rawClient(mock);
    mock.misbehave({ split: true });
    client.chunks = 0;
    const sent = ping(client, 2);
    expect(await contexts(client, 2)).toEqual(sent);
    expect(client.chunks).toBeGreaterThan(34);
  });

  it('merge: many answers in one piece', async () => {
    const { mock, client } = await mockAndClient();
    mock.misbehave({ merge: { ms: 25 } });
    client.chunks = 0;
    for (let i = 0; i < 20; i++) {
      ping(client);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await contexts(client, 20);
    expect(client.chunks).toBeLessThan(3);
  });
});

describe('wrong bytes', () => {
  it('wrongCrc: of those named, or of all but memclnt’s', async () => {
    const own = await ownSchema();
    const mock = await testMock({ misbehave: { wrongCrc: ['show_version'] } });
    const one = await rawClient(mock);
    expect(one.crcs.get('show_version')).toBe('aef882eb');
    expect(one.crcs.get('cli_inband')).toBe(own.message('cli_inband').def.crc);
    mock.misbehave({ wrongCrc: true });
    const all = await rawClient(mock);
    const right = [...all.crcs].filter(([name, crc]) => own.message(name).def.crc === crc).map(([name]) => name);
    expect(right).toHaveLength(28);
    expect(right).toContain('control_ping');
  });

  it('garbage: the same bytes in every run, in place of a frame', async () => {
    const seen: string[] = [];
    for (let run = 0; run < 2; run++) {
      const { mock, client } = await mockAndClient();
      mock.misbehave({ garbage: { messages: 'show_version', bytes: 32 } });
      client.post('show_version');
      await until(() => client.received.length === 32);
      seen.push(client.received.toString('hex'));
    }
    expect(seen[0]).toBe(seen[1]);
    expect(new Set(seen[0]).size).toBeGreaterThan(8);
  });

  it('oversize: a header that announces far too much', async () => {
    const { mock, client } = await mockAndClient();
    mock.misbehave({ oversize: { count: 1 } });
    ping(client, 1);
    await until(() => client.received.length === 16);
    expect(client.received.readUInt32BE(8)).toBe(0x80000000);
  });

  it('truncate: a shorter body in a right frame; trailing: a longer one', async () => {
    const { mock, client } = await mockAndClient();
    mock.misbehave({ truncate: { messages: 'control_ping', bytes: 3, count: 1 } });
    ping(client);
    expect((await client.next()).length).toBe(15);
    mock.misbehave({ trailing: { messages: 'control_ping', bytes: 5 } });
    ping(client);
    expect((await client.next()).length).toBe(23);
  });

  it('stray: a reply nobody asked for before the right one', async () => {
    const { mock, client } = await mockAndClient();
    mock.misbehave({ stray: { count: 1, reply: 'show_version_reply', fields: { program: 'stray' } } });
    const sent = ping(client);
    expect(await client.message()).toMatchObject({
      name: 'show_version_reply',
      fields: { context: 0x7ffffff1, program: 'stray' },
    });
    expect(await contexts(client, 1)).toEqual(sent);
  });

  it('wrongType: another message with the right context', async () => {
    const { mock, client } = await mockAndClient();
    mock.misbehave({ wrongType: { messages: 'control_ping', count: 1 } });
    const [context] = ping(client);
    expect(await client.message()).toMatchObject({ name: 'show_version_reply', fields: { context } });
  });
});

describe('command', () => {
  it('several at once: each does its part', async () => {
    const { mock, client } = await mockAndClient();
    mock.misbehave({ delay: 20, trailing: { bytes: 2 }, silent: { messages: 'show_version' } });
    client.post('show_version');
    ping(client);
    expect(await took(client.next().then((body) => expect(body.length).toBe(20)))).toBeGreaterThan(15);
    mock.behave('delay', 'trailing');
    client.post('show_version');
    expect(await client.answersOnlyPing()).toBe(true);
    mock.behave();
    expect(await client.ask('show_version')).toMatchObject({ retval: 0 });
  });

  it('an unknown fault: refused, with those there are', async () => {
    const mock = await testMock();
    expect(() => mock.misbehave({ dealy: 5 } as Misbehaviour)).toThrow(
      /cannot misbehave by dealy; it knows delay, late/,
    );
    expect(FAULT_NAMES).toHaveLength(16);
  });

  it.each<[object, RegExp]>([
    [
      { silent: { messages: ['show_version', 'show_versoin'] } },
      /^silent: messages: there is no message show_versoin .*did you mean show_version/,
    ],
    [{ wrongCrc: 'nosuch_msg' }, /^wrongCrc: there is no message nosuch_msg/],
    [{ stray: { reply: 'nosuch_reply' } }, /^stray: reply: there is no message nosuch_reply/],
    [{ close: { message: 'show_version' } }, /^close: no option message; did you mean messages\?/],
    [{ merge: { bytes: 3 } }, /^merge: no option bytes; there are ms/],
    [{ late: { messages: 'show_version' } }, /^late: it needs ms/],
    [{ delay: true }, /^delay: it needs a number of milliseconds/],
    [{ delay: '5' }, /^delay: a number of milliseconds is expected/],
    [{ split: { bytes: 0 } }, /^split: bytes: a whole number above 0/],
    [{ stall: {} }, /^stall: it takes no options/],
    [{ silent: 'show_version' }, /^silent: an object of options is expected/],
  ])('%j: refused, and nothing of it begun', async (wanted, message) => {
    const { mock, client } = await mockAndClient();
    expect(() => mock.misbehave(wanted as Misbehaviour)).toThrow(message);
    expect(() => mock.misbehave(wanted as Misbehaviour)).toThrow(RangeError);
    expect(await client.ask('show_version')).toMatchObject({ retval: 0 });
  });

  it('undefined: as if not asked for', async () => {
    const { mock, client } = await mockAndClient();
    mock.misbehave({ silent: undefined });
    expect(await client.answersOnlyPing()).toBe(true);
  });

  it('thousands of frames through faults: all arrive, in order', async () => {
    const { mock, client } = await mockAndClient({ routes: 20000 });
    mock.misbehave({ trailing: { messages: 'ip_route_v2_dump', bytes: 1 } });
    const details = await client.dump('ip_route_v2_dump');
    expect(details).toHaveLength(20005);
    expect(details.at(-1)?.route).toMatchObject({ prefix: '100.0.78.31/32' });
  });
});
