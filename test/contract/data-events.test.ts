/** Listeners to what goes through the channels, over a real socket. */
import { describe, expect, it } from 'vitest';
import type { CachedVerdict, ChannelInfo, ChannelMessage, DataListener, Fields } from '../../src/mux/index.js';
import { RefusedError, refuse } from '../../src/mux/index.js';
import { ODDITIES } from '../support/oddities.js';
import { world } from '../support/world.js';

/** Records everything that it is called with, and its attachment: the channel's number as a string. */
function scribe(more: DataListener<string> = {}) {
  const heard: string[] = [];
  const note =
    (what: string) =>
    ({ id }: ChannelInfo, { name, reads }: ChannelMessage, attachment: string): undefined => {
      expect(attachment).toBe(`of ${id}`);
      heard.push(`${what} ${name}${reads ? '' : '!'}`);
    };
  const listener: DataListener<string> = {
    opened: ({ id, name }) => {
      heard.push(`opened ${name}`);
      return `of ${id}`;
    },
    firstMessage: note('first'),
    request: note('request'),
    reply: note('reply'),
    event: note('event'),
    refused: (_session, { name }, { refuse: code, text }) => heard.push(`refused ${name}: ${code} ${text}`),
    closed: ({ name }) => heard.push(`closed ${name}`),
    ...more,
  };
  return { heard, listener };
}

/** A VPP that answers `sw_interface_set_flags` when the test lets it. */
async function slow() {
  const { mock, connection } = await world();
  let held: (() => void)[] = [];
  mock.handle('sw_interface_set_flags', () => new Promise((resolve) => held.push(() => resolve({}))) as never);
  const answer = () => {
    const all = held;
    held = [];
    for (const each of all) each();
  };
  return { mock, connection, answer };
}

describe('data events', () => {
  it('one channel: opened, the first of each name, requests, replies, details, events and the end, in order', async () => {
    const { mock, connection } = await world();
    const { heard, listener } = scribe();
    connection.dataEvents.listen(listener);
    const ch = connection.channel({ name: 'a' });
    await ch.request('show_version');
    await ch.request('show_version');
    await ch.dump('sw_interface_dump').toArray();
    const events = ch.events('sw_interface_event')[Symbol.asyncIterator]();
    const next = events.next();
    await expect.poll(() => mock.received('want_interface_events')).toBe(1);
    await ch.request('create_loopback');
    await next;
    ch.close();
    const event = 'event sw_interface_event';
    expect(heard).toContain(event); // VPP sends it before or behind the reply
    expect(heard.filter((line) => line !== event)).toEqual([
      ...['opened a', 'first show_version', 'request show_version', 'reply show_version_reply'],
      ...['request show_version', 'reply show_version_reply'],
      ...['first sw_interface_dump', 'request sw_interface_dump'],
      ...['reply sw_interface_details', 'reply control_ping_reply'],
      ...['first sw_interface_event', 'first want_interface_events'],
      ...['first create_loopback!', 'request create_loopback!', 'reply create_loopback_reply', 'closed a'],
    ]);
  });

  it('a message: has its fields as VPP will see them, its context, and a reply its request', async () => {
    const { mock, connection } = await world();
    mock.handle('sw_interface_add_del_address', () => ({}));
    const seen: Fields[] = [];
    let asked: ChannelMessage | undefined;
    connection.dataEvents.listen({
      request: (_session, message) => {
        asked = message;
        seen.push({ ...message.fields, context: message.context });
        (message.fields as Fields).is_add = false;
        return undefined;
      },
      reply: (_session, message) => {
        expect(message.request).toBe(asked);
        expect(message.context).toBe(asked?.context);
        expect(message.context).toBeGreaterThanOrEqual(0);
        (message.fields as Fields).retval = -1;
      },
    });
    const fields = { sw_if_index: 0, is_add: true, prefix: '192.0.2.1/24' };
    const reply = await connection.channel().request('sw_interface_add_del_address', fields);
    expect(seen).toEqual([{ ...fields, del_all: false, context: undefined }]);
    expect(reply).toMatchObject({ retval: 0 });
    expect(fields.is_add).toBe(true);
  });

  it('refused by name: never sent, decided once, told each time; other names and channels go on', async () => {
    const { mock, connection } = await world();
    let asked = 0;
    const { heard, listener } = scribe({
      firstMessage: ({ name: channel }, { name }) => {
        asked++;
        return name === 'create_loopback' && channel === 'a' ? refuse('REFUSED', 'not today') : undefined;
      },
      request: undefined,
      reply: undefined,
    });
    connection.dataEvents.listen(listener);
    const [a, b] = ['a', 'b'].map((name) => connection.channel({ name, owner: 'lab' }));
    for (let i = 0; i < 3; i++) {
      const refused = a.request('create_loopback');
      await expect(refused).rejects.toBeInstanceOf(RefusedError);
      await expect(refused).rejects.toMatchObject({
        code: 'REFUSED',
        outcome: 'not-sent',
        message: `create_loopback (channel ${a.id} "a" of lab) was refused and not sent: not today`,
      });
      await a.request('show_version');
      await b.request('create_loopback');
    }
    expect(asked).toBe(3);
    expect(heard.filter((line) => line.startsWith('refused'))).toHaveLength(3);
    expect(mock.received('create_loopback')).toBe(3);
  });

  it('a function as verdict: is asked for each message of that name', async () => {
    const { mock, connection } = await world();
    let left = 2;
    const verdict: CachedVerdict = () => (left-- > 0 ? undefined : refuse('RATE_LIMITED', 'later'));
    connection.dataEvents.listen({ firstMessage: (_s, { name }) => (name === 'show_version' ? verdict : undefined) });
    const ch = connection.channel();
    const all = await Promise.allSettled([1, 2, 3].map(() => ch.request('show_version')));
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    await expect(ch.request('show_version')).rejects.toMatchObject({ code: 'RATE_LIMITED', outcome: 'not-sent' });
    expect(mock.received('show_version')).toBe(3); // with the mux's own
  });

  it('a dump that is refused: fails in each of its forms', async () => {
    const { connection } = await world();
    connection.dataEvents.listen({ request: () => refuse('REFUSED', 'no') });
    const dump = connection.channel().dump('sw_interface_dump');
    await expect(dump.toArray()).rejects.toMatchObject({ code: 'REFUSED' });
    await expect(dump[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'REFUSED' });
    await expect(dump.observe().forEach(() => {})).rejects.toMatchObject({ code: 'REFUSED' });
  });

  it('several listeners: the first refusal counts, and those behind it hear nothing', async () => {
    const { connection } = await world();
    const heard: string[] = [];
    connection.dataEvents.listen({ request: () => void heard.push('first') as undefined });
    connection.dataEvents.listen({ request: () => refuse('REFUSED', 'second') });
    connection.dataEvents.listen({ request: () => void heard.push('third') as undefined });
    await expect(connection.channel().request('show_version')).rejects.toThrow('not sent: second');
    expect(heard).toEqual(['first']);
  });

  it('an event that is refused: ends the subscription with the reason', async () => {
    const { connection } = await world();
    connection.dataEvents.listen({
      firstMessage: (_s, { kind }) => (kind === 'event' ? refuse('REFUSED', 'blind') : undefined),
    });
    const events = connection.channel().events('sw_interface_event');
    await expect(events.ready()).rejects.toMatchObject({ code: 'REFUSED' });
    await expect(events.observe().forEach(() => {})).rejects.toThrow('blind');
  });

  it('an event whose want_* request is refused: so is the subscription, also one that only listens to what others asked for', async () => {
    const { mock, connection } = await world();
    let closed = true;
    const listener: DataListener = {
      firstMessage: (_s, { name }) => (closed && name.startsWith('want_') ? refuse('REFUSED', 'deaf') : undefined),
    };
    connection.dataEvents.listen(listener);
    const ch = connection.channel();
    await expect(ch.events('sw_interface_event').ready()).rejects.toMatchObject({
      ...{ code: 'REFUSED', outcome: 'not-sent', messageName: 'want_interface_events' },
    });
    await expect(ch.events('sw_interface_event', { subscribe: false }).ready()).rejects.toMatchObject({
      ...{ code: 'REFUSED', messageName: 'want_interface_events' },
    });
    expect(mock.received('want_interface_events')).toBe(0);
    closed = false;
    connection.dataEvents.decideAgain(listener);
    const events = ch.events('sw_interface_event');
    await events.ready();
    const next = events[Symbol.asyncIterator]().next();
    closed = true;
    connection.dataEvents.decideAgain(listener);
    await expect(next).rejects.toMatchObject({ code: 'REFUSED', messageName: 'want_interface_events' });
  });

  it('a function as verdict on want_*: is asked for each subscription, not for its renewals', async () => {
    const { mock, connection } = await world();
    let asked = 0;
    const each: CachedVerdict = () => (++asked > 1 ? refuse('RATE_LIMITED', 'once') : undefined);
    connection.dataEvents.listen({ firstMessage: (_s, { name }) => (name.startsWith('want_') ? each : undefined) });
    const ch = connection.channel();
    const events = ch.events('sw_interface_event');
    await events.ready();
    const next = events[Symbol.asyncIterator]().next();
    await mock.restart();
    await expect(next).resolves.toMatchObject({ value: { resync: { generation: 2 } } });
    expect(asked).toBe(1);
    await expect(ch.events('sw_interface_event').ready()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('another session: first messages are decided anew, as another VPP may mean something else by them', async () => {
    const { mock, connection } = await world();
    const { heard, listener } = scribe({ request: undefined, reply: undefined });
    connection.dataEvents.listen(listener);
    const ch = connection.channel({ name: 'a' });
    for (const generation of [1, 2]) {
      await expect.poll(() => connection.status).toMatchObject({ state: 'ready', generation });
      await ch.request('show_version');
      await ch.request('show_version');
      if (generation === 1) await mock.restart();
    }
    expect(heard).toEqual(['opened a', 'first show_version', 'first show_version']);
  });

  it('a read-only channel: what it refuses by itself is told to all listeners, also to those that hear nothing else', async () => {
    const { connection } = await world();
    const { heard, listener } = scribe({ firstMessage: undefined, request: undefined, reply: undefined });
    connection.dataEvents.listen(listener);
    const told: string[] = [];
    connection.dataEvents.listen({
      refused: ({ name }, message, { refuse: code }) => told.push(`${name} ${message.name} ${code}`),
    });
    const ch = connection.channel({ access: 'read', name: 'a' });
    await expect(ch.request('create_loopback')).rejects.toMatchObject({ code: 'READ_ONLY' });
    const events = ch.events('l2_macs_event', { want: { learn_limit: 5 } });
    await expect(events.ready()).rejects.toMatchObject({ code: 'READ_ONLY' });
    const text = 'the channel only reads';
    expect(heard).toEqual([
      ...['opened a', `refused create_loopback: READ_ONLY ${text}`, `refused want_l2_macs_events: READ_ONLY ${text}`],
    ]);
    expect(told).toEqual(['a create_loopback READ_ONLY', 'a want_l2_macs_events READ_ONLY']);
  });

  it('fields that are others at each look: what a listener decided on is what VPP gets', async () => {
    const { mock, connection } = await world();
    const seen: unknown[] = [];
    connection.dataEvents.listen({
      request(_session, { name, fields }) {
        if (name !== 'cli_inband') return undefined;
        seen.push(fields.cmd);
        return String(fields.cmd).startsWith('show ') ? undefined : refuse('REFUSED', 'show commands only');
      },
    });
    const two = ['show version', 'set interface state local0 down'];
    const turning = () => {
      let looks = 0;
      return {
        get cmd() {
          return two[looks++ % 2];
        },
      };
    };
    const proxied = new Proxy(turning(), { get: (target, key) => Reflect.get(target, key) });
    const ch = connection.channel();
    for (const fields of [turning(), proxied]) await ch.request('cli_inband', fields, { anyRetval: true });
    const got = mock.receivedMessages('cli_inband').map(({ fields }) => fields.cmd);
    expect([seen, got]).toEqual([
      [two[0], two[0]],
      [two[0], two[0]],
    ]);
  });

  it('fields that cannot be encoded at the first look: fail, and are not sent unseen at the second', async () => {
    const { mock, connection } = await world();
    connection.dataEvents.listen({ request: (_session, { fields }) => void fields });
    let looks = 0;
    const fields = {
      get flags() {
        return looks++ === 0 ? 'no number' : 1;
      },
    };
    const sent = connection.channel().request('sw_interface_set_flags', fields);
    await expect(sent).rejects.toMatchObject({ code: 'BAD_FIELD' });
    expect(mock.received('sw_interface_set_flags')).toBe(0);
  });

  it('a listener that changes what it was shown: changes nothing for the next one, nor for VPP', async () => {
    const { mock, connection } = await world();
    const shown: unknown[] = [];
    const meddle = (session: { access: string }, message: { name: string; fields: Record<string, unknown> }) => {
      message.fields.cmd = 'show version';
      for (const change of [
        () => {
          message.name = 'control_ping';
        },
        () => {
          session.access = 'write';
        },
      ]) {
        expect(change).toThrow(TypeError);
      }
      return undefined;
    };
    connection.dataEvents.listen({ request: meddle as never });
    connection.dataEvents.listen({
      request: (session, { name, fields }) => void shown.push([session.access, name, fields.cmd]),
    });
    await connection.channel().request('cli_inband', { cmd: 'show clock' });
    expect(shown).toEqual([['write', 'cli_inband', 'show clock']]);
    expect(mock.receivedMessages('cli_inband').map(({ fields }) => fields.cmd)).toEqual(['show clock']);
  });

  it('a dump by pages whose caller changes its object meanwhile: every page is asked for as the first one', async () => {
    const { mock, connection } = await world({}, { pageSize: 1 });
    mock.handle('sw_interface_tx_placement_get', ({ cursor }) =>
      Number(cursor) === 2 ? { retval: 0, cursor } : { retval: -165, cursor: cursor === 0xffffffff ? 1 : 2 },
    );
    const fields = { sw_if_index: 0xffffffff };
    const list = connection.channel().dump('sw_interface_tx_placement_get', fields).observe();
    await new Promise<void>((resolve, reject) => {
      list.subscribe({ error: reject, complete: resolve });
      fields.sw_if_index = 77;
    });
    const asked = mock.receivedMessages('sw_interface_tx_placement_get');
    expect(asked.map(({ fields: { sw_if_index } }) => sw_if_index)).toEqual([0xffffffff, 0xffffffff]);
  });

  it('a message that is never sent: told to all listeners with its fields, and asked of none', async () => {
    const { connection } = await world();
    const { heard, listener } = scribe();
    connection.dataEvents.listen(listener);
    const told: object[] = [];
    connection.dataEvents.listen({
      refused: ({ name }, { name: message, kind, reads, context, fields }, { refuse: code }) =>
        told.push({ name, message, kind, reads, context, fields, code }),
    });
    const ch = connection.channel({ name: 'a' });
    await expect(ch.request('cli', { cmd_in_shmem: 1 })).rejects.toMatchObject({ code: 'FORBIDDEN_MESSAGE' });
    await expect(ch.dump('rpc_call').toArray()).rejects.toMatchObject({ code: 'FORBIDDEN_MESSAGE' });
    const why = {
      cli: 'VPP follows a pointer out of the message; use cli_inband',
      rpc_call: 'VPP calls a function pointer out of the message',
    };
    expect(heard).toEqual([
      'opened a',
      `refused cli: FORBIDDEN_MESSAGE it is never sent: ${why.cli}`,
      `refused rpc_call: FORBIDDEN_MESSAGE it is never sent: ${why.rpc_call}`,
    ]);
    const of = { name: 'a', kind: 'request', reads: false, context: undefined, code: 'FORBIDDEN_MESSAGE' };
    expect(told).toEqual([
      { ...of, message: 'cli', fields: { cmd_in_shmem: 1 } },
      { ...of, message: 'rpc_call', fields: {} },
    ]);
  });

  it('names of the deny list that nothing bears: told as their pattern, so that no audit by name grows without end', async () => {
    const { connection } = await world();
    const told: string[] = [];
    connection.dataEvents.listen({ refused: (_session, { name }) => told.push(name) });
    const ch = connection.channel();
    for (const name of ['memclnt_delete', 'memclnt_x1', 'memclnt_x2']) {
      await expect(ch.request(name)).rejects.toMatchObject({ code: 'FORBIDDEN_MESSAGE', messageName: name });
    }
    expect(told).toEqual(['memclnt_delete', 'memclnt_*', 'memclnt_*']);
  });

  it('a message that is never sent, asked for while the listener is told of the channel: opens it once', async () => {
    const { connection } = await world();
    const ch = connection.channel();
    let opened = 0;
    connection.dataEvents.listen({
      opened() {
        opened++;
        ch.request('cli').catch(() => {});
      },
      refused() {},
    });
    expect(opened).toBe(1);
  });

  it('decideAgain: what waits and is refused now fails at once, subscriptions end, what was sent is answered', async () => {
    const { mock, connection, answer } = await slow();
    let closed = false;
    const listener: DataListener = {
      firstMessage: (_s, { name }) =>
        closed && /set_flags|event/.test(name) ? refuse('REFUSED', 'closed') : undefined,
    };
    const { decideAgain } = connection.dataEvents;
    connection.dataEvents.listen(listener);
    const ch = connection.channel({ requestBuffer: 1 });
    const event = ch.events('sw_interface_event')[Symbol.asyncIterator]().next();
    const flags = (sw_if_index: number) => ch.request('sw_interface_set_flags', { sw_if_index, flags: 0 });
    const [sent, waits] = [flags(0), flags(0)];
    const other = ch.request('show_version');
    await expect.poll(() => mock.received('sw_interface_set_flags')).toBe(1);
    closed = true;
    decideAgain.call(connection.dataEvents, listener);
    await expect(waits).rejects.toMatchObject({ code: 'REFUSED', outcome: 'not-sent' });
    await expect(event).rejects.toMatchObject({ code: 'REFUSED' });
    await expect(flags(0)).rejects.toMatchObject({ code: 'REFUSED' });
    answer();
    await expect(sent).resolves.toMatchObject({ retval: 0 });
    await expect(other).resolves.toMatchObject({ retval: 0 });
    closed = false;
    connection.dataEvents.decideAgain(listener);
    const again = flags(0);
    await expect.poll(() => mock.received('sw_interface_set_flags')).toBe(2);
    answer();
    await expect(again).resolves.toMatchObject({ retval: 0 });
  });

  it('a listener that comes while requests are in flight: hears of the open channels, not of those requests', async () => {
    const { connection, answer, mock } = await slow();
    const ch = connection.channel({ name: 'a' });
    const sent = ch.request('sw_interface_set_flags', { sw_if_index: 0, flags: 0 });
    await expect.poll(() => mock.received('sw_interface_set_flags')).toBe(1);
    const { heard, listener } = scribe();
    connection.dataEvents.listen(listener);
    answer();
    await sent;
    await ch.request('show_version');
    expect(heard).toEqual(['opened a', 'first show_version', 'request show_version', 'reply show_version_reply']);
  });

  it('a listener that leaves while requests are in flight: hears nothing more, not even of its channels’ end', async () => {
    const { connection, answer, mock } = await slow();
    const { heard, listener } = scribe();
    const leave = connection.dataEvents.listen(listener);
    const ch = connection.channel({ name: 'a' });
    const sent = ch.request('sw_interface_set_flags', { sw_if_index: 0, flags: 0 });
    await expect.poll(() => mock.received('sw_interface_set_flags')).toBe(1);
    leave();
    leave();
    answer();
    await sent;
    await ch.request('show_version');
    ch.close();
    expect(heard).toEqual(['opened a', 'first sw_interface_set_flags!', 'request sw_interface_set_flags!']);
  });

  it('a listener that throws everywhere, or answers with a promise: harms nobody, and is told of once for each callback', async () => {
    const lines: string[] = [];
    const { mock, connection } = await world({
      log: (level, message) => void (level === 'warn' && lines.push(message)),
    });
    const fail = (): never => {
      throw new Error('bug');
    };
    const bad = {
      name: 'bad',
      opened: fail,
      firstMessage: fail,
      request: fail,
      reply: fail,
      event: fail,
      closed: fail,
    };
    const late = { firstMessage: async () => {}, reply: async () => fail() } as unknown as DataListener;
    connection.dataEvents.listen(bad);
    connection.dataEvents.listen(late);
    const ch = connection.channel();
    await ch.request('show_version');
    const event = ch.events('sw_interface_event')[Symbol.asyncIterator]().next();
    await expect.poll(() => mock.received('want_interface_events')).toBe(1);
    await expect(ch.request('create_loopback')).resolves.toMatchObject({ retval: 0 });
    await expect(event).resolves.toMatchObject({ done: false });
    ch.close();
    expect(lines.filter((line) => line.includes('the listener "bad" of the data events does wrong')).sort()).toEqual(
      ['closed', 'event', 'firstMessage', 'opened', 'reply', 'request'].map(
        (callback) => `the listener "bad" of the data events does wrong in ${callback}: it throws: Error: bug`,
      ),
    );
    expect(lines.filter((line) => line.startsWith('the listener of')).sort()).toEqual([
      'the listener of the data events does wrong in firstMessage: it answers with what is no verdict, such as a promise: it is undefined, or refuse(code, text)',
      'the listener of the data events does wrong in reply: it throws: Error: bug',
    ]);
  });

  it.each(Object.entries(ODDITIES))('a listener that throws %s: nobody else’s request feels it', async (_, make) => {
    const lines: string[] = [];
    const { connection } = await world({ log: (_level: string, message: string) => void lines.push(message) });
    const fail = (): never => {
      throw make();
    };
    connection.dataEvents.listen({ name: 'bad', opened: fail, firstMessage: fail, request: fail, reply: fail });
    connection.trace(fail);
    await expect(connection.channel().request('show_version')).resolves.toMatchObject({ retval: 0 });
    const told = lines.filter((line) => line.includes(' throws: '));
    expect(told.length).toBe(5);
    expect(Math.max(...told.map(({ length }) => length))).toBeLessThan(5000);
  });

  it('a listener that closes the channel or the connection in a callback: everything ends with a typed error', async () => {
    for (const [code, end] of [
      ['CHANNEL_CLOSED', ({ ch }: Ends) => ch.close()],
      ['CLOSED', ({ connection }: Ends) => connection.destroy()],
    ] as const) {
      const { connection } = await world();
      const ch = connection.channel();
      const { heard, listener } = scribe({
        request: () => void end({ ch, connection }) as undefined,
      });
      connection.dataEvents.listen(listener);
      await expect(ch.request('show_version')).rejects.toMatchObject({ code, outcome: 'not-sent' });
      expect(heard.filter((line) => line.startsWith('closed'))).toHaveLength(1);
    }
  });

  it('the end of the connection: is the end of each channel, once', async () => {
    const { connection } = await world();
    const { heard, listener } = scribe();
    connection.dataEvents.listen(listener);
    const ch = connection.channel({ name: 'a' });
    connection.channel({ name: 'b' });
    await connection.close();
    ch.close();
    expect(heard).toEqual(['opened a', 'opened b', 'closed a', 'closed b']);
  });

  it('the same listener twice: BAD_OPTION; again after it has left: as new', async () => {
    const { connection } = await world();
    const { heard, listener } = scribe();
    connection.channel({ name: 'a' });
    const leave = connection.dataEvents.listen(listener);
    expect(() => connection.dataEvents.listen(listener)).toThrow(/listens already/);
    leave();
    connection.dataEvents.listen(listener);
    expect(heard).toEqual(['opened a', 'opened a']);
  });

  it('attachments: are freed with their channel', async () => {
    const { connection } = await world();
    const attached: WeakRef<object>[] = [];
    connection.dataEvents.listen({
      opened: () => {
        const attachment = { big: new Array(1000).fill(0) };
        attached.push(new WeakRef(attachment));
        return attachment;
      },
    });
    const open = () => connection.channel();
    for (let i = 0; i < 100; i++) open().close();
    await collected(() => attached.every((ref) => ref.deref() === undefined));
  });
});

interface Ends {
  readonly ch: { close(): void };
  readonly connection: { destroy(): void };
}

/** Collects garbage until `gone`. */
async function collected(gone: () => boolean): Promise<void> {
  const { setFlagsFromString } = await import('node:v8');
  const { runInNewContext } = await import('node:vm');
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  await expect
    .poll(() => {
      gc();
      return gone();
    })
    .toBe(true);
}
