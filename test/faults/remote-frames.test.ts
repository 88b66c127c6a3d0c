/** Random frames of a client over /ws: a refusal of a type, or a close with a reason, and nothing else. */

import { expect, it } from 'vitest';
import { type AgentFrame, encodeCbor, REMOTE_CLOSE } from '../../src/remote/protocol/index.js';
import { eventually, type RawRemote, READ, remoteWorld, WRITE } from '../plugins/remote/socket/world.js';
import { randomFrom, scaled, seedFor } from '../support/scale.js';
import { heldBytes } from './memory.js';

const FRAMES = scaled({ short: 20_000, long: 1_000_000 });
const SOCKETS = 8;
/** Frames between two waits for an answer. */
const BURST = 50;

const TYPES = [
  ...['close', 'request', 'request', 'request', 'dump', 'dump', 'events', 'events', 'call', 'stats', 'open'],
  ...['watch-state', 'table', 'ping', 'credit', 'credit', 'cancel', 'cancel'],
] as const;
/** Types of frames that close a socket, or that there are not. */
const RARE = ['resume', 'hello', '__proto__', ''] as const;
const MESSAGES = [
  ...[
    'show_version',
    'control_ping',
    'sw_interface_dump',
    'ip_route_v2_dump',
    'sw_interface_event',
    'want_interface_events',
  ],
  ...[
    'sockclnt_create',
    'sockclnt_delete',
    'cli_inband',
    'show_versio',
    '',
    '__proto__',
    'constructor',
    'x'.repeat(300),
  ],
];
const NAMES = [
  ...['id', 'channel', 'message', 'fields', 'credit', 'count', 'operation', 'input', 'patterns', 'session', 'streams'],
  ...[
    'timeoutMs',
    'want',
    'subscribe',
    'access',
    'replyBuffer',
    'replyBytes',
    'requestBuffer',
    'intervalMs',
    'progress',
  ],
  ...['sw_if_index', 'name_filter', 'table', 'cmd', '__proto__', 'constructor', 'toString', ''],
];
/** Codes with which a socket may close; 1002, 1007 and 1009 are of the WebSocket itself. */
const CLOSES: readonly number[] = [...Object.values(REMOTE_CLOSE), 1002, 1007, 1009];

it(
  `${FRAMES} frames of a hostile client: typed refusals, and nothing is left`,
  async () => {
    const hostile = new Hostile(randomFrom(seedFor('frames', 20_261_128)));
    const world = await remoteWorld({
      mock: { routes: 200 },
      remote: { 'calls-per-second': 0, 'bytes-per-second': 0, 'resume-window': '100ms', 'frame-bytes': 20_000 },
    });
    const before = await heldBytes();
    let sent = 0;
    const answered = new Map<string, number>();
    const closed = new Map<number, number>();

    const look = (client: RawRemote) => {
      for (const frame of client.frames.splice(0)) {
        const what = frame.type === 'error' ? `error ${frame.error.code}` : frame.type;
        answered.set(what, (answered.get(what) ?? 0) + 1);
        if (frame.type === 'error') check(frame);
      }
    };
    const burst = async (client: RawRemote, form: 'json' | 'cbor') => {
      for (let at = 0; at < BURST; at++, sent++) {
        const { data, binary } = hostile.message(form);
        client.socket.send(data, { binary });
      }
      const pongs = () => client.frames.filter(({ type }) => type === 'pong').length;
      const known = pongs();
      client.send({ type: 'ping' });
      // Either the last one is answered, or the socket was closed.
      await eventually(() => expect(client.closed !== undefined || pongs() > known).toBe(true));
      look(client);
    };
    const attack = async (number: number) => {
      const form = number % 2 === 0 ? 'json' : 'cbor';
      while (sent < FRAMES) {
        const client = await world.connect(form, number % 4 < 2 ? READ : WRITE);
        for (let channel = 0; channel < 4; channel++) client.send({ type: 'open', channel });
        while (client.closed === undefined && sent < FRAMES) await burst(client, form);
        if (client.closed === undefined) client.socket.terminate();
        else closed.set(client.closed.code, (closed.get(client.closed.code) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: SOCKETS }, (_, number) => attack(number)));

    expect([...closed.keys()].filter((code) => !CLOSES.includes(code))).toEqual([]);
    expect([...answered.keys()].filter((what) => /INTERNAL/.test(what))).toEqual([]);
    expect(world.text()).not.toMatch(/the agent failed|a remote channel of|failed:/);
    console.log(Object.fromEntries([...answered, ...closed].sort()));

    const metric = async (name: string) => {
      const text = await (await fetch(`${world.url}/metrics`)).text();
      return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]);
    };
    for (const name of ['sockets', 'lost_sessions', 'channels', 'streams']) {
      await eventually(async () => expect([name, await metric(`vppmux_remote_${name}`)]).toEqual([name, 0]));
    }
    expect(world.mux.stats().perChannel.filter(({ owner }) => owner?.startsWith('remote/'))).toEqual([]);
    const client = await world.connect('json');
    client.send({ type: 'open', channel: 1 });
    expect(await client.ask(1, 'show_version')).toMatchObject({ type: 'reply' });
    expect((await heldBytes()) - before).toBeLessThan(30 * 1024 * 1024);
  },
  scaled({ short: 180_000, long: 3_600_000 }),
);

/** An error says what it is about, and has a code and a message. */
function check(frame: Extract<AgentFrame, { type: 'error' }>): void {
  const { code, message } = frame.error;
  if (!/^[A-Z_]+$/.test(code) || message === '' || (frame.id ?? frame.channel) === undefined) {
    expect.fail(JSON.stringify(frame));
  }
}

/** Makes messages that are frames, nearly frames, and anything else; the same ones from the same seed. */
class Hostile {
  private last = 0;

  constructor(private readonly random: () => number) {}

  message(form: 'json' | 'cbor'): { readonly data: string | Uint8Array; readonly binary: boolean } {
    const isCbor = form === 'cbor';
    const frame = this.frame();
    const kind = this.below(10_000);
    const bytes = isCbor ? encodeCbor(frame) : Buffer.from(JSON.stringify(frame, bigintText));
    if (kind < 5) return { data: bytes.subarray(0, this.below(bytes.length)), binary: isCbor };
    if (kind < 10) return { data: this.changed(bytes), binary: isCbor };
    if (kind < 13) return { data: Uint8Array.from({ length: this.below(200) }, () => this.below(256)), binary: true };
    if (kind < 15) return { data: bytes, binary: !isCbor };
    if (kind < 16) return { data: Buffer.alloc(this.below(30_000), this.below(256)), binary: isCbor };
    return { data: bytes, binary: isCbor };
  }

  private frame(): unknown {
    if (this.below(2000) === 0) return this.value(3);
    const type = this.below(500) === 0 ? this.of(RARE) : this.of(TYPES);
    const frame: Record<string, unknown> = { type };
    if (WITH_ID.has(type)) frame.id = this.below(200) === 0 ? this.value(1) : this.id(type);
    if (WITH_CHANNEL.has(type))
      frame.channel = type === 'open' ? 4 + this.below(1_000_000) : this.below(type === 'close' ? 100 : 5);
    if (WITH_MESSAGE.has(type)) frame.message = this.of(MESSAGES);
    if (type === 'credit') frame.count = this.below(100) === 0 ? this.value(1) : this.of([0, 1, 10, 1e6]);
    if (type === 'call') frame.operation = this.of(['stats.ls', 'stats.get', 'stats.dump', 'nope', '__proto__']);
    if (type === 'stats') frame.patterns = this.of([['^/sys'], ['('], [], ['.*'.repeat(50)]]);
    // Others that are wrong can be told so; for these the socket is closed.
    if (!TELLABLE.has(type) && this.below(300) > 0) return frame;
    const more = this.below(3);
    for (let at = 0; at < more; at++) frame[this.of(NAMES)] = this.value(2);
    return frame;
  }

  /** A new one for what opens something, else one of the last few. */
  private id(type: string): number {
    return TELLABLE.has(type) ? ++this.last : Math.max(0, this.last - this.below(30));
  }

  private value(depth: number): unknown {
    const kind = this.below(depth > 0 ? 14 : 10);
    if (kind < 10) {
      return this.of([
        0,
        1,
        -1,
        2 ** 31,
        1e308,
        0.5,
        '',
        'loop0',
        'x'.repeat(100),
        null,
        true,
        2n ** 64n,
        this.below(9),
      ]);
    }
    if (kind < 12) return Array.from({ length: this.below(4) }, () => this.value(depth - 1));
    const members = Array.from({ length: this.below(4) }, () => [this.of(NAMES), this.value(depth - 1)]);
    return Object.fromEntries(members);
  }

  private changed(bytes: Uint8Array): Uint8Array {
    const changed = Uint8Array.from(bytes);
    for (let at = 0; at <= this.below(3); at++) changed[this.below(changed.length)] = this.below(256);
    return changed;
  }

  private of<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }

  private below(count: number): number {
    return Math.floor(this.random() * count);
  }
}

const TELLABLE = new Set<string>(['open', 'request', 'dump', 'events', 'call', 'stats', 'watch-state', 'table']);
const WITH_ID = new Set<string>([...TELLABLE, 'credit', 'cancel'].filter((type) => type !== 'open'));
const WITH_CHANNEL = new Set<string>(['open', 'close', 'request', 'dump', 'events']);
const WITH_MESSAGE = new Set<string>(['request', 'dump', 'events']);
const bigintText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
