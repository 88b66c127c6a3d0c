/** The rate limit against a client that sends many requests at once, without waiting for their answers. */

import { connect } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { RateWindows } from '../../../src/plugins/http/rate-windows.js';
import { serve } from './support.js';

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

/** Status codes of the answers to `requests`, all sent in one piece on one connection, once there are `count`. */
async function burst(url: string, requests: string, count: number): Promise<string[]> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let answer = '';
  socket.setEncoding('utf8').on('data', (part) => {
    answer += part;
  });
  socket.write(requests);
  const codes = () => [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, code]) => code);
  await vi.waitFor(() => expect(codes().length).toBeGreaterThanOrEqual(count), { timeout: 10_000, interval: 10 });
  return codes();
}

describe('a burst on one connection', () => {
  test('of more requests than rate-limit: as many as it allows are answered, the rest with 429', async () => {
    const { url } = await serve(({ server }) => void server.get('/ok', () => 'ok'), { 'rate-limit': 3 });
    expect(await burst(url, get('/ok').repeat(8), 8)).toEqual([...Array(3).fill('200'), ...Array(5).fill('429')]);
  });

  test('of requests that cost several: the first that rate-limit has room for is answered, the rest with 429', async () => {
    const { url } = await serve(({ server }) => void server.get('/dear', { config: { cost: 3 } }, () => 'dear'), {
      'rate-limit': 4,
    });
    expect(await burst(url, get('/dear').repeat(3), 3)).toEqual(['200', '429', '429']);
  });
});

describe('the windows of the rate limit', () => {
  test('a count that was given: stays as it was when more is counted', () => {
    const windows = new RateWindows();
    const given: { current: number }[] = [];
    for (let i = 0; i < 3; i++) windows.incr('192.0.2.1', (_, counted) => given.push(counted!), 60_000);
    expect(given.map(({ current }) => current)).toEqual([1, 2, 3]);
  });

  test('more addresses than are kept: the one not seen for the longest is forgotten, one that goes on asking is not', () => {
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

  test('a window that is over: begins anew; until then what is left of it is given', () => {
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
