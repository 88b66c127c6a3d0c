/** The rate limit against a client that sends many requests at once, without waiting for their answers. */

import { connect } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { RateWindows } from '../../../src/plugins/http/rate-windows.js';
import type { Http } from '../../../src/sdk/http.js';
import { deferred } from '../../agent/support.js';
import { serve } from './support.js';

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

const untilTrue = (check: () => unknown) => vi.waitFor(check, { interval: 10 });

/** A connection on which `requests` were sent in one piece. */
function burst(url: string, requests: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let answer = '';
  let ended = false;
  let failed: unknown;
  socket
    .setEncoding('utf8')
    .on('error', (error) => {
      failed = error;
    })
    .on('data', (part) => {
      answer += part;
    })
    .on('end', () => {
      ended = true;
    });
  socket.write(requests);
  const codes = () => [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, code]) => code);
  /** Status codes of all answers, once the server has ended the connection in order. */
  const all = async () => {
    await untilTrue(() => expect(ended || failed).toBe(true));
    return codes();
  };
  return { socket, codes, all, answer: () => answer };
}

describe('a burst on one connection', () => {
  it('of more requests than rate-limit: as many as it allows are answered, the next with 429, and the connection ends', async () => {
    const { url } = await serve(({ server }) => void server.get('/ok', () => 'ok'), { 'rate-limit': 3 });
    const client = burst(url, get('/ok').repeat(8));
    expect(await client.all()).toEqual(['200', '200', '200', '429']);
    expect(client.answer().match(/^connection: close/gim)).toHaveLength(1);
  });

  it('of requests that cost several: the first that rate-limit has room for is answered, the next with 429', async () => {
    const { url } = await serve(({ server }) => void server.get('/dear', { config: { cost: 3 } }, () => 'dear'), {
      'rate-limit': 4,
    });
    expect(await burst(url, get('/dear').repeat(3)).all()).toEqual(['200', '429']);
  });

  it('over rate-limit, behind an answer that takes its time: that is waited for; what came behind the 429 is not carried out', async () => {
    const gate = deferred();
    let [asked, behind] = [0, 0];
    const routes = ({ server }: Http) => {
      server.get('/slow', () => {
        asked++;
        return gate.promise.then(() => 'done');
      });
      server.get('/free', { config: { access: 'open', cost: 0 } }, () => {
        behind++;
        return 'free';
      });
    };
    const { url } = await serve(routes, { 'rate-limit': 1 });
    const client = burst(url, `${get('/slow')}${get('/slow')}${get('/free')}`);
    await untilTrue(() => expect(asked).toBe(1));
    client.socket.write(get('/free'));
    gate.resolve();
    expect(await client.all()).toEqual(['200', '429']);
    expect(client.answer()).toMatch(/\r\n\r\ndone/);
    expect([asked, behind]).toEqual([1, 0]);
  });

  it('without an end: the long answer that is owed before the 429 is received whole', async () => {
    const size = 8 * 1024 * 1024;
    const { url } = await serve(({ server }) => void server.get('/long', () => 'x'.repeat(size)), { 'rate-limit': 1 });
    const client = burst(url, get('/long').repeat(100_000));
    expect(await client.all()).toEqual(['200', '429']);
    expect(
      client
        .answer()
        .match(/x+/g)
        ?.some(({ length }) => length === size),
    ).toBe(true);
  });

  it('a client that waits for each answer: keeps its connection over the 429', async () => {
    const { url } = await serve(({ server }) => void server.get('/ok', () => 'ok'), { 'rate-limit': 1 });
    const client = burst(url, get('/ok'));
    for (let i = 1; i < 4; i++) {
      await untilTrue(() => expect(client.codes()).toHaveLength(i));
      client.socket.write(get('/ok'));
    }
    await untilTrue(() => expect(client.codes()).toHaveLength(4));
    expect(client.answer()).not.toMatch(/^connection: close/im);
  });
});

describe('the windows of the rate limit', () => {
  it('a count that was given: stays as it was when more is counted', () => {
    const windows = new RateWindows();
    const given: { current: number }[] = [];
    for (let i = 0; i < 3; i++) windows.incr('192.0.2.1', (_, counted) => given.push(counted!), 60_000);
    expect(given.map(({ current }) => current)).toEqual([1, 2, 3]);
  });

  it('more addresses than are kept: the one not seen for the longest is forgotten, one that goes on asking is not', () => {
    const windows = new RateWindows({ cache: 3 });
    const counts: number[] = [];
    const ask = (address: string) => {
      windows.incr(address, (_, counted) => counts.push(counted!.current), 60_000);
      return counts.at(-1);
    };
    for (const address of ['a', 'b', 'c']) ask(address);
    expect(ask('a')).toBe(2);
    expect(ask('d')).toBe(1);
    expect([ask('a'), ask('b')]).toEqual([3, 1]);
  });

  it('a window that is over: begins anew; until then what is left of it is given', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const windows = new RateWindows();
    const given: unknown[] = [];
    const ask = () => windows.incr('192.0.2.1', (_, counted) => given.push(counted), 1000);
    ask();
    vi.advanceTimersByTime(400);
    ask();
    vi.advanceTimersByTime(600);
    ask();
    expect(given).toEqual([
      { current: 1, ttl: 1000 },
      { current: 2, ttl: 600 },
      { current: 1, ttl: 1000 },
    ]);
  });
});
