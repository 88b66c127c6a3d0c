/** The stack of an error leads to the line of this file that asked, whatever failed, and whichever way it was asked. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newAPIChannel } from '../../src/mux/channel/api-channel.js';
import type { VppChannel } from '../../src/mux/channel/channel.js';
import {
  type Connection,
  ConnectionError,
  connect,
  createConnection,
  type RequestOptions,
} from '../../src/mux/index.js';
import { GovppMux } from '../../src/plugins/govpp/govpp-mux.js';
import { echo, echoing, registryWithLog } from '../agent/operations/support.js';
import { onMemory } from '../support/channel-on-memory.js';

type World = ReturnType<typeof onMemory>;

/** `call-site.test.ts:12:`, the line after the one that calls it. */
function nextLine(): string {
  const line = /call-site\.test\.ts:(\d+):/.exec(new Error().stack?.split('\n')[2] ?? '')?.[1];
  return `call-site.test.ts:${Number(line) + 1}:`;
}

let place = '';

/** Ways to ask; each sets `place` to its line, and rejects with what it was told. */
const DUMPS: Readonly<Record<string, (ch: VppChannel, name: string, options?: RequestOptions) => Promise<unknown>>> = {
  'dump toArray': async (ch, name, options) => {
    place = nextLine();
    return await ch.dump(name, {}, options).toArray();
  },
  'dump for await': async (ch, name, options) => {
    place = nextLine();
    for await (const _ of ch.dump(name, {}, options));
  },
  'dump forEach': async (ch, name, options) => {
    const dump = ch.dump(name, {}, options);
    place = nextLine();
    await dump.observe().forEach(() => {});
  },
  'dump subscribe': (ch, name, options) => {
    const dump = ch.dump(name, {}, options);
    place = nextLine();
    const list = dump.observe();
    return new Promise((_, reject) => list.subscribe({ error: reject }));
  },
};
const REQUESTS: typeof DUMPS = {
  request: async (ch, name, options) => {
    place = nextLine();
    return await ch.request(name, {}, options);
  },
  'request with then': async (ch, name, options) => {
    place = nextLine();
    const value = await ch.request(name, {}, options).then((reply) => reply.value);
    return value;
  },
  'request in Promise.all': async (ch, name, options) => {
    place = nextLine();
    const all = await Promise.all([1, 2].map((value) => ch.request(name, { value }, options)));
    return all;
  },
  'request in a function of the caller': async (ch, name, options) => {
    const ask = () => ch.request(name, {}, options);
    const askInTurn = async () => {
      place = nextLine();
      return await ask();
    };
    return await askInTurn();
  },
};

/** The failure of the first that was sent. */
const FAILURES: Readonly<Record<string, (world: World, cancel: AbortController, ch: VppChannel) => void>> = {
  ABORTED: (_, cancel) => cancel.abort(),
  CONNECTION_LOST: ({ link }) => link.lose(new ConnectionError('CONNECTION_LOST', 'VPP\nis gone')),
  CHANNEL_CLOSED: (_world, _cancel, ch) => ch.close(),
  REPLY_TIMEOUT: () => void vi.advanceTimersByTime(20_000),
};

const messageOf = (error: Error) => `${error.name}: ${error.message}`;

async function failed(asked: Promise<unknown>): Promise<Error> {
  const error = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}

async function expectHere(asked: Promise<unknown>, code: string): Promise<void> {
  const error = await failed(asked);
  expect(error).toMatchObject({ code });
  const [top] = (error.stack ?? '').slice(messageOf(error).length).trim().split('\n');
  expect(error.stack?.startsWith(`${messageOf(error)}\n`)).toBe(true);
  expect(error.stack).toContain(place);
  expect(top).not.toContain('/src/mux/session/');
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'setImmediate'] }));
afterEach(() => void vi.useRealTimers());

describe('a refusal by VPP', () => {
  for (const [way, ask] of Object.entries(REQUESTS)) {
    it(`${way}: its stack leads to the caller`, async () => {
      const world = onMemory();
      const asked = expectHere(ask(world.channel(), 'add_one'), 'RETVAL');
      world.answer(0, 'add_one_reply', { retval: -3 });
      await asked;
    });
  }

  for (const [way, ask] of Object.entries(DUMPS)) {
    it(`${way}: its stack leads to the caller`, async () => {
      const world = onMemory();
      const asked = expectHere(ask(world.channel(), 'item_get'), 'RETVAL');
      await vi.waitFor(() => expect(world.link.sent).toHaveLength(1));
      world.answer(0, 'item_get_reply', { retval: -3 });
      await asked;
    });
  }
});

for (const [code, fail] of Object.entries(FAILURES)) {
  describe(code, () => {
    for (const [way, ask] of Object.entries({ ...REQUESTS, ...DUMPS })) {
      it(`${way}: its stack leads to the caller`, async () => {
        const world = onMemory();
        const ch = world.channel({ replyTimeoutMs: 100 });
        const cancel = new AbortController();
        const name = way in DUMPS ? 'thing_dump' : 'add_one';
        const asked = expectHere(ask(ch, name, { signal: cancel.signal }), code);
        await vi.waitFor(() => expect(world.link.sent.length).toBeGreaterThan(0));
        fail(world, cancel, ch);
        await asked;
      });
    }
  });
}

describe('what is refused before it is sent', () => {
  it('a field, also from a callback that nothing awaits', async () => {
    const ch = onMemory().channel();
    const asked = new Promise((_, reject) => {
      place = nextLine();
      ch.request('add_one', { value: 'many' }).catch(reject);
    });
    await expectHere(asked, 'BAD_FIELD');
  });

  it('a message that there is not, in every way of asking', async () => {
    for (const ask of Object.values({ ...REQUESTS, ...DUMPS })) {
      await expectHere(ask(onMemory().channel(), 'add_three'), 'UNKNOWN_MESSAGE');
    }
  });

  it('an error of the program itself keeps its own stack', async () => {
    const thrown = new RangeError('my getter');
    const fields = {
      get value(): number {
        throw thrown;
      },
    };
    const { stack } = thrown;
    expect(await failed(onMemory().channel().request('add_one', fields))).toBe(thrown);
    expect(thrown.stack).toBe(stack);
  });
});

describe('other calls', () => {
  it('an error that waited for its reader: leads to the loop', async () => {
    const world = onMemory();
    const read = async () => {
      const details = world.channel().dump('thing_dump')[Symbol.asyncIterator]();
      await details.next();
      world.link.lose(new Error('gone'));
      place = nextLine();
      await details.next();
    };
    const asked = expectHere(read(), 'CONNECTION_LOST');
    world.answer(0, 'thing_details', { value: 1 });
    await asked;
  });

  it('events: each reader gets the stack of its own loop, though one error ends all', async () => {
    const world = onMemory();
    const read = async (events: AsyncIterable<unknown>) => {
      for await (const _ of events);
    };
    const ch = world.channel();
    const first = async () => {
      const line = nextLine();
      await read(ch.events('thing_event'));
      return line;
    };
    const second = async () => {
      const line = nextLine();
      await read(ch.events('thing_event'));
      return line;
    };
    const errors = [failed(first()), failed(second()), failed(ch.events('thing_event').ready())];
    await vi.waitFor(() => expect(world.link.sent.length).toBeGreaterThan(0));
    world.subscriptions.destroy(new ConnectionError('CLOSED', 'over'));
    const [one, two, three] = await Promise.all(errors);
    expect(one.stack).toMatch(/at (async )?first /);
    expect(two.stack).toMatch(/at (async )?second /);
    expect([one, two, three]).toMatchObject([{ code: 'CLOSED' }, { code: 'CLOSED' }, { code: 'CLOSED' }]);
    expect(new Set([one.stack, two.stack]).size).toBe(2);
  });

  it('receiveReply: leads to who receives', async () => {
    const world = onMemory();
    const api = newAPIChannel({ channel: () => world.channel() });
    const receive = async () => {
      const asked = api.sendRequest('add_one', {});
      place = nextLine();
      return await asked.receiveReply();
    };
    const asked = expectHere(receive(), 'RETVAL');
    world.answer(0, 'add_one_reply', { retval: -3 });
    await asked;
  });

  it('receiveReply of a list that has failed already: leads to who receives', async () => {
    const world = onMemory();
    const api = newAPIChannel({ channel: () => world.channel() });
    const context = api.sendMultiRequest('thing_dump', {});
    world.link.lose(new ConnectionError('CONNECTION_LOST', 'gone'));
    await new Promise(process.nextTick);
    const receive = async () => {
      place = nextLine();
      return await context.receiveReply();
    };
    await expectHere(receive(), 'CONNECTION_LOST');
  });

  it('a channel of a connection that is closed: leads to the call, each time', async () => {
    const vpp = createConnection({ socket: '/nowhere/api.sock', cacheDir: false });
    vpp.destroy();
    await failed(vpp.ready());
    const open = async () => {
      place = nextLine();
      vpp.channel();
    };
    await expectHere(open(), 'CLOSED');
    await expectHere(open(), 'CLOSED');
  });

  it("a plugin's channel: leads to the plugin", async () => {
    const world = onMemory();
    const connection = { channel: () => world.channel() } as unknown as Connection;
    const mux = new GovppMux({ connection }, 'mine', new AbortController().signal, () => {});
    const asked = expectHere(REQUESTS.request(mux.channel() as VppChannel, 'add_one'), 'RETVAL');
    world.answer(0, 'add_one_reply', { retval: -3 });
    await asked;
  });

  it.each(['FAILED', 'CANCELLED'])('an operation that ends with %s: leads to who called it', async (code) => {
    const { client, offer } = registryWithLog();
    const cancel = new AbortController();
    offer('echoer', [
      echoing(async () => {
        if (code === 'CANCELLED') await new Promise(() => cancel.abort());
        throw new Error('its own affair');
      }),
    ]);
    const call = async () => {
      place = nextLine();
      return await client().call(echo, { text: 'a' }, { signal: cancel.signal });
    };
    await expectHere(call(), code);
  });

  it('connect, ready', async () => {
    vi.useRealTimers();
    const socket = '/nowhere/api.sock';
    const connecting = async () => {
      place = nextLine();
      await connect({ socket, cacheDir: false });
    };
    await expectHere(connecting(), 'SOCKET_MISSING');
    const vpp = createConnection({ socket, cacheDir: false });
    const waiting = async () => {
      place = nextLine();
      await vpp.ready({ timeoutMs: 1 });
    };
    await expectHere(waiting(), 'NOT_CONNECTED');
    vpp.destroy();
  });
});

describe('callSites', () => {
  it('a request that nothing awaits: leads to the call', async () => {
    const world = onMemory({ callSites: true });
    const ch = world.channel();
    const asked = new Promise((_, reject) => {
      place = nextLine();
      ch.request('add_one').catch(reject);
    });
    const here = expectHere(asked, 'RETVAL');
    world.answer(0, 'add_one_reply', { retval: -3 });
    await here;
  });

  it.each(['sendRequest', 'sendMultiRequest'] as const)(
    '%s whose reply nothing awaits: leads to the call',
    async (send) => {
      const world = onMemory({ callSites: true });
      const api = newAPIChannel({ channel: () => world.channel() });
      const name = send === 'sendRequest' ? 'add_one' : 'item_get';
      place = nextLine();
      const context = api[send](name, {});
      const here = expectHere(new Promise((_, reject) => context.receiveReply().catch(reject)), 'RETVAL');
      world.answer(0, `${name}_reply`, { retval: -3 });
      await here;
    },
  );

  it('each of several that wait for events: leads to its own call', async () => {
    const world = onMemory({ callSites: true });
    const ch = world.channel();
    const first = () => ch.events('thing_event').ready();
    const second = () => ch.events('thing_event').ready();
    const errors = [failed(first()), failed(second())];
    await vi.waitFor(() => expect(world.link.sent.length).toBeGreaterThan(0));
    world.subscriptions.destroy(new ConnectionError('CLOSED', 'over'));
    const [one, two] = await Promise.all(errors);
    expect(one.stack).toContain('at first ');
    expect(two.stack).toContain('at second ');
  });

  it('each of many that are awaited together: leads to its own call', async () => {
    const world = onMemory({ callSites: true });
    const ch = world.channel();
    const ask = async () => {
      const one = ch.request('add_one');
      place = nextLine();
      const other = ch.request('add_one');
      await Promise.all([one, other]);
    };
    const asked = expectHere(ask(), 'RETVAL');
    world.answer(1, 'add_one_reply', { retval: -3 });
    await asked;
  });

  for (const [way, ask] of Object.entries(DUMPS)) {
    it(`${way}: leads to the call`, async () => {
      const world = onMemory({ callSites: true });
      const asked = expectHere(ask(world.channel(), 'item_get'), 'RETVAL');
      await vi.waitFor(() => expect(world.link.sent).toHaveLength(1));
      world.answer(0, 'item_get_reply', { retval: -3 });
      await asked;
    });
  }
});
