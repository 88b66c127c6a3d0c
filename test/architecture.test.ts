/** ARCHITECTURE.md: its lists name functions that are where they say, and no way is longer than its bar. */

import { existsSync, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Reader } from '../src/mux/channel/reader.js';
import { ClientSocket } from '../src/mux/relay/client-socket.js';
import { Session } from '../src/mux/session/session.js';
import { root } from './support/built.js';
import { relayWorld } from './support/relay-world.js';
import { world } from './support/world.js';

interface Hop {
  readonly number: number;
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

const { hopsIn, lineOf } = (await import(String(new URL('../scripts/architecture.mjs', import.meta.url)))) as {
  hopsIn(markdown: string): Hop[];
  lineOf(source: string, name: string): number | undefined;
};

const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');

/** The title of each way, and how many hops it may have. */
const WAYS: Readonly<Record<string, number>> = {
  'A request goes out': 8,
  'A reply comes in': 5,
  'An event comes in': 6,
  "A client's request goes through": 11,
  'An operation is called': Number.POSITIVE_INFINITY,
  'A plugin starts': Number.POSITIVE_INFINITY,
};
/** Lines that a function may have moved by since `npm run architecture`: it is still on the reader's screen. */
const NEAR = 30;

const ways = text
  .split(/^(?=## )/m)
  .map((section) => ({ title: section.split('\n', 1)[0].replace('## ', ''), hops: hopsIn(section) }))
  .filter(({ hops }) => hops.length > 0);

describe('ARCHITECTURE.md', () => {
  it('has the six ways of data', () => {
    expect(ways.map(({ title }) => title)).toEqual(Object.keys(WAYS));
  });

  it.each(ways)('$title: has no more hops than its bar, numbered from 1', ({ title, hops }) => {
    expect(hops.map(({ number }) => number)).toEqual(hops.map((_, at) => at + 1));
    expect(hops.length).toBeLessThanOrEqual(WAYS[title]);
  });

  it.each(ways)('$title: names functions that are in their files; else `npm run architecture`', ({ hops }) => {
    const moved = hops.flatMap(({ name, file, line }) => {
      const now = existsSync(join(root, file)) ? lineOf(readFileSync(join(root, file), 'utf8'), name) : undefined;
      if (now === undefined) return [`${name} is not declared in ${file}`];
      return Math.abs(now - line) > NEAR ? [`${name} is at ${file}:${now}, not ${line}`] : [];
    });
    expect(moved).toEqual([]);
  });

  it('names files and folders that are there', () => {
    const paths = [...text.matchAll(/`((?:src|mock-vpp|test|docs|scripts|deploy|conf|templates|examples)\/[^`*]*)`/g)];
    expect(paths.map(([, path]) => path).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('the ways of ARCHITECTURE.md: are those that data takes', () => {
  /** Named functions of `src` on the stack, the outermost first; arrow functions between them only pass on. */
  function functionsOnStack(): string[] {
    const before = Error.stackTraceLimit;
    Error.stackTraceLimit = 100;
    const { stack = '' } = new Error('here');
    Error.stackTraceLimit = before;
    const frames = [...stack.matchAll(/^ +at ([\w.#]+) \((?:file:\/\/)?(\/[^:]*\/src\/[^:]*):(\d+)/gm)];
    return frames
      .map(([, name, file, line]) => ({ name, declared: functionAt(readFileSync(file, 'utf8'), Number(line)) }))
      .filter(({ name, declared }) => name.split('.').at(-1) === declared.split('.').at(-1))
      .map(({ declared }) => declared)
      .reverse();
  }

  /** The function (`Class.member`, or one of the file) that a line is in: an arrow function in it has another name. */
  function functionAt(source: string, line: number): string {
    let [owner, name] = ['', ''];
    for (const text of source.split('\n').slice(0, line)) {
      const [, type] = /^(?:export )?(?:abstract )?class (\w+)/.exec(text) ?? [];
      const [, own] = /^(?:export )?(?:async )?function (\w+)/.exec(text) ?? [];
      const [, member] =
        /^ {2}(?:(?:private|protected|readonly|static|override|async|get|set) )*([\w#]+)(?:[(<]|(?:: .*)? = )/.exec(
          text,
        ) ?? [];
      if (type !== undefined || own !== undefined) [owner, name] = [type ?? '', own ?? ''];
      else if (member !== undefined && owner !== '') name = `${owner}.${member}`;
    }
    return name;
  }

  const namesOf = (way: string) => ways.find(({ title }) => title === way)?.hops.map(({ name }) => name) ?? [];

  /** Remembers the functions on the stack at the first call of a method from `src`: the mock writes to sockets as well. */
  function stackAt<Method extends string>(prototype: Record<Method, (...args: never[]) => unknown>, method: Method) {
    let seen: string[] | undefined;
    const original = prototype[method];
    prototype[method] = function (this: unknown, ...args: never[]) {
      const now = functionsOnStack();
      if (now.length > 0) seen ??= now;
      return original.apply(this, args);
    };
    onTestFinished(() => {
      prototype[method] = original;
    });
    return () => seen;
  }

  it('a request: to the buffer of the tick, then to the socket', async () => {
    const { connection } = await world();
    let encoding: string[] = [];
    const fields = {
      get mac_address() {
        encoding = functionsOnStack();
        return '02:00:00:00:00:01';
      },
    };
    const writing = stackAt(Socket.prototype as never, 'write');
    await connection.channel().request('create_loopback', fields);
    expect([...encoding, ...(writing() ?? [])]).toEqual(namesOf('A request goes out'));
  });

  it('a reply', async () => {
    const { connection } = await world();
    const decoding = stackAt(Session.prototype as never, 'decode');
    await connection.channel().request('show_version');
    expect(decoding()).toEqual(namesOf('A reply comes in'));
  });

  it("a client's request, to VPP and back", async () => {
    const { client } = await relayWorld();
    const one = await client();
    const sending = stackAt(Session.prototype as never, 'send');
    const passing = stackAt(ClientSocket.prototype as never, 'pass');
    await one.ask('show_version');
    const back = passing() ?? [];
    expect([...(sending() ?? []), ...back.slice(back.indexOf('RelayedRequest.onReply')), 'ClientSocket.pass']).toEqual(
      namesOf("A client's request goes through"),
    );
  });

  it('an event', async () => {
    const { mock, connection } = await world();
    const events = connection.channel().events('sw_interface_event');
    await events.ready();
    const put = stackAt(Reader.prototype as never, 'put');
    mock.dataplane.addLoopback();
    for await (const _ of events) break;
    expect(put()).toEqual(namesOf('An event comes in').slice(0, -1));
  });
});

describe('a line of a function', () => {
  const source = `export class A {
  private b = 1;
  async send(x) {
    send(y);
  }
  readonly go = () => 1;
}

class B extends A {
  override send(x) {}
}

export async function send() {}
const other = () => 1;
`;

  it.each([
    ['A.send', 3],
    ['A.go', 6],
    ['B.send', 10],
    ['send', 13],
    ['other', 14],
    ['A.other', undefined],
    ['C.send', undefined],
    ['B.go', undefined],
  ])('%s: %s', (name, line) => expect(lineOf(source, name)).toBe(line));
});
