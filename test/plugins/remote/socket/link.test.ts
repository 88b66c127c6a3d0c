/** A WebSocket as streams have it, on a network that a test has in its hand; and the watch over what its client reads. */

import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { Link, type LinkOptions } from '../../../../src/plugins/remote/socket/link.js';
import { RemoteSocket } from '../../../../src/plugins/remote/socket/remote-socket.js';
import { Turns } from '../../../../src/plugins/remote/socket/turns.js';
import { formOf } from '../../../../src/plugins/remote/socket/wire-form.js';
import { SUBPROTOCOLS } from '../../../../src/remote/protocol/index.js';

const PONG = { type: 'pong' } as const;

/** A link whose network takes nothing until it is told to. */
function scene(spend: (bytes: number) => number = () => 0, unsent: (change: number) => boolean = () => false) {
  const calls: string[] = [];
  const network = Object.assign(new EventEmitter(), {
    writableLength: 0,
    bytesWritten: 0,
    cork: () => void calls.push('cork'),
    uncork: () => void calls.push('uncork'),
  });
  const sent: unknown[] = [];
  const pings: Uint8Array[] = [];
  const socket = {
    send(data: string) {
      sent.push(JSON.parse(data));
      calls.push('send');
      network.writableLength += data.length;
      network.bytesWritten += data.length;
    },
    close: (code: number, reason: string) => void calls.push(`close ${code} ${reason}`),
    terminate: () => void calls.push('terminate'),
    pause: () => void calls.push('pause'),
    resume: () => void calls.push('resume'),
    ping(data: Uint8Array) {
      calls.push('ping');
      pings.push(data);
    },
  };
  const options = { socket, stream: network, form: formOf(SUBPROTOCOLS.json), spend, sent: () => {}, unsent };
  const link = new Link(options as unknown as LinkOptions);
  const take = (bytes = network.writableLength) => {
    network.writableLength -= bytes;
    if (network.writableLength === 0) network.emit('drain');
  };
  const large = (bytes: number) => ({ type: 'result', id: 1, output: 'x'.repeat(bytes) }) as const;
  return { link, calls, sent, pings, take, network, large };
}

describe('a link', () => {
  it('frames of one turn: go out in one write', async () => {
    const { link, calls } = scene();
    for (let at = 0; at < 3; at++) link.send(PONG);
    await turn();
    link.send(PONG);
    await turn();
    expect(calls).toEqual(['cork', 'send', 'send', 'send', 'uncork', 'cork', 'send', 'uncork']);
  });

  it('full: while the network has not taken what was sent; who waits is called once', () => {
    const { link, take, large } = scene();
    const room = vi.fn();
    link.send(large(300_000));
    expect(link.isFull).toBe(true);
    link.whenRoom(room);
    link.whenRoom(room);
    take(10_000);
    expect(room).not.toHaveBeenCalled();
    take();
    take();
    expect([link.isFull, room.mock.calls.length]).toEqual([false, 1]);
  });

  it('very much that waits for the network: nothing more is read until it is gone', () => {
    const { link, take, calls, large } = scene();
    link.send(large(5_000_000));
    link.send(large(1));
    expect(calls.filter((call) => call === 'pause')).toHaveLength(1);
    take();
    expect(calls.filter((call) => call === 'resume')).toHaveLength(1);
  });

  it('much that waits for the network at all sockets of the caller: this one is held back earlier, until it is gone', () => {
    let total = 500_000_000;
    const unsent = (change: number) => {
      total += change;
      return total > 512_000_000;
    };
    const { link, take, large } = scene(undefined, unsent);
    link.send(large(3_000_000));
    expect(link.isHeldBack).toBe(false);
    total += 10_000_000;
    link.send(large(1));
    expect(link.isHeldBack).toBe(true);
    take();
    expect([link.isHeldBack, total]).toEqual([false, 510_000_000]);
    link.send(large(100));
    link.ended();
    expect(total).toBe(510_000_000);
  });

  it('a caller over its share: is not read from, streams wait, and then all goes on', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let wait = 0;
    const { link, calls } = scene(() => wait);
    wait = 500;
    link.received(10);
    const [room, letGo] = [vi.fn(), vi.fn()];
    link.whenRoom(room);
    link.whenLetGo(letGo);
    expect([link.isFull, link.isHeldBack, calls]).toEqual([true, true, ['pause']]);
    vi.advanceTimersByTime(499);
    expect(letGo).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect([link.isFull, link.isHeldBack, calls]).toEqual([false, false, ['pause', 'resume']]);
    expect([room.mock.calls.length, letGo.mock.calls.length]).toEqual([1, 1]);
    vi.useRealTimers();
  });

  it('closed: sends nothing more, reads on for the handshake, and calls nobody', () => {
    const { link, calls, take, large } = scene();
    const room = vi.fn();
    link.send(large(300_000));
    link.whenRoom(room);
    link.close(4400, 'ä'.repeat(100));
    link.close(4400, 'again');
    expect(link.send(PONG)).toBe(0);
    take();
    expect(room).not.toHaveBeenCalled();
    // 123 bytes is the most that a reason may have.
    expect(calls.slice(1)).toEqual(['send', `close 4400 ${'ä'.repeat(61)}`, 'resume']);
  });
});

describe('a socket', () => {
  it('that takes nothing of its answers: is not answered any more until it has, however much one read brought', () => {
    const { link, sent, take, large } = scene();
    let answered = 0;
    const session = {
      visit: { calls: () => 0 },
      receive() {
        answered += 1;
        link.send(large(80_000));
      },
    };
    const options = { link, session, takeOver: () => undefined, received() {}, closing() {} };
    const socket = new RemoteSocket(options as never, 0);
    for (let at = 0; at < 200; at++) socket.receive(Buffer.from(JSON.stringify({ type: 'table', id: at })), false);
    expect(answered).toBe(53);
    take();
    expect(answered).toBe(106);
    while (answered < 200) take();
    expect(sent).toHaveLength(200);
    take();
    expect(link.isHeldBack).toBe(false);
  });
});

describe('each frame of a client', () => {
  it.each([
    ['malformed, which is answered with an error', '{"type":"request","id":1}'],
    ['ping', '{"type":"ping"}'],
    ['credit', '{"type":"credit","id":1,"count":1}'],
    ['cancel', '{"type":"cancel","id":1}'],
    ['close', '{"type":"close","channel":1}'],
    ['table', '{"type":"table","id":1}'],
  ])('%s: counts as a call, and holds its caller back when it is over its share', (_, frame) => {
    const { link } = scene();
    let answered = 0;
    const answer = () => {
      answered += 1;
    };
    let left = 3;
    const session = { visit: { calls: () => (--left > 0 ? 0 : 1000) }, receive: answer, refuse: answer };
    const options = { link, session, takeOver: () => undefined, received() {}, closing() {} };
    const socket = new RemoteSocket(options as never, 0);
    for (let at = 0; at < 10; at++) socket.receive(Buffer.from(frame), false);
    expect([answered, link.isHeldBack]).toEqual([3, true]);
    link.ended();
  });
});

function watched() {
  const all = scene();
  const closed: number[] = [];
  const session = { visit: { calls: () => 0 }, receive() {} };
  const options = {
    link: all.link,
    session,
    takeOver: () => undefined,
    received() {},
    closing: (code: number) => closed.push(code),
  };
  return { ...all, closed, socket: new RemoteSocket(options as never, 0) };
}

describe('the watch over a client', () => {
  it('pings it, and closes it when it answers none', () => {
    const { socket, calls, closed } = watched();
    for (let at = 0; at <= 60_000; at += 1000) socket.check(at, 60_000);
    // One that waits for its answer is enough.
    expect([calls.filter((call) => call === 'ping').length, closed]).toEqual([1, []]);
    socket.check(61_000, 60_000);
    expect(closed).toEqual([4408]);
    expect(calls.at(-2)).toBe('close 4408 nothing has been read for 60 s (unread-timeout in remote.conf)');
  });

  it('one that answers, or takes what it is sent however slowly: stays', () => {
    const { socket, link, closed, pings, take, large } = watched();
    for (let at = 0; at < 200_000; at += 1000) {
      if (at % 50_000 === 0 && at > 0) socket.pong(pings.at(-1)!, at);
      socket.check(at, 60_000);
    }
    expect(pings).toHaveLength(4);
    link.send(large(1_000_000));
    for (let at = 200_000; at < 500_000; at += 1000) {
      if (at % 50_000 === 0) take(1);
      socket.check(at, 60_000);
    }
    expect(closed).toEqual([]);
    for (let at = 500_000; at < 600_000; at += 1000) socket.check(at, 60_000);
    expect(closed).toEqual([4408]);
  });
});

describe('a client that', () => {
  it('sends pongs without reading: is closed all the same', () => {
    const { socket, closed, pings } = watched();
    for (let at = 0; at <= 61_000; at += 1000) {
      socket.check(at, 60_000);
      socket.pong(Buffer.alloc(0), at);
      socket.pong(Buffer.alloc(8), at);
    }
    expect([pings.length, closed]).toEqual([1, [4408]]);
  });

  it('answers a ping twice: has shown once that it reads', () => {
    const { socket, closed, pings } = watched();
    socket.check(10_000, 60_000);
    for (let at = 11_000; at <= 72_000; at += 1000) {
      socket.pong(pings[0], at);
      socket.check(at, 60_000);
    }
    expect(closed).toEqual([4408]);
  });

  it('is held back, and has taken all: is not closed for pongs that nobody reads, and has its time again then', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { socket, link, closed } = watched();
    socket.check(10_000, 60_000);
    link.holdBack(100_000);
    for (let at = 11_000; at <= 110_000; at += 1000) socket.check(at, 60_000);
    vi.advanceTimersByTime(100_000);
    for (let at = 111_000; at <= 170_000; at += 1000) socket.check(at, 60_000);
    expect([link.isHeldBack, closed]).toEqual([false, []]);
    socket.check(171_000, 60_000);
    expect(closed).toEqual([4408]);
    vi.useRealTimers();
  });

  it('is held back, and does not take what was sent: is closed', () => {
    const { socket, link, closed, large } = watched();
    link.send(large(5_000_000));
    for (let at = 0; at <= 61_000; at += 1000) socket.check(at, 60_000);
    expect([link.isHeldBack, closed]).toEqual([true, [4408]]);
  });
});

describe('work for many', () => {
  it('is done in order, a part in each turn', async () => {
    let now = 0;
    const turns = new Turns(() => now);
    const done: number[] = [];
    for (let at = 0; at < 10; at++) {
      turns.add(() => {
        done.push(at);
        now += 0.008;
      });
    }
    expect(done).toEqual([]);
    await turn();
    expect(done).toEqual([0, 1, 2]);
    while (done.length < 10) await turn();
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
