/** The listener in the place of vpp_prometheus_export: what it answers, byte for byte, and what it does not put up with. */

import { connect } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Exporter } from '../../../src/plugins/metrics/exporter.js';
import { recordingLog } from '../../agent/support.js';

const PAGE = 'sys_heartbeat 7.00\n';

async function exporter(page = async () => Buffer.from(PAGE), host = '127.0.0.1') {
  const { log, text } = recordingLog('debug');
  const listener = new Exporter(page, log);
  const url = await listener.listen({ host, port: 0 });
  onTestFinished(() => listener.close());
  const port = Number(new URL(url).port);
  /** All that comes back for these bytes. */
  const answer = (request: string, pieces = [request]) =>
    new Promise<string>((resolve) => {
      let got = '';
      const socket = connect(port, '127.0.0.1');
      socket.on('data', (data) => {
        got += data;
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve(got));
      for (const piece of pieces) socket.write(piece);
    });
  return { listener, url, port, answer, logged: text };
}

const LINKS =
  '<html><head><title>Metrics exporter</title></head><body><ul><li><a href="/metrics">metrics</a></li></ul></body></html>';
const NOT_FOUND =
  '<html><head><title>Document not found</title></head><body><h1>404 - Document not found</h1></body></html>';

describe('answers', () => {
  it.each([
    ['GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n', `HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n${PAGE}`],
    ['GET /metrics HTTP/1.0\n\n', `HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n${PAGE}`],
    ['GET / HTTP/1.1\r\n\r\n', `HTTP/1.0 200 OK\r\nContent-Length: ${LINKS.length}\r\n\r\n${LINKS}`],
    [
      'GET /other HTTP/1.1\r\n\r\n',
      `HTTP/1.0 404 Not Found\r\nContent-Length: ${NOT_FOUND.length}\r\n\r\n${NOT_FOUND}`,
    ],
    ['POST /metrics HTTP/1.1\r\n\r\n', 'HTTP/1.0 405 Method Not Allowed\r\n'],
    ['GET /metrics SPDY/3\r\n\r\n', 'HTTP/1.0 400 Bad Request\r\n'],
    ['GET\r\n\r\n', 'HTTP/1.0 400 Bad Request\r\n'],
  ])('%j', async (request, expected) => {
    const { answer } = await exporter();
    expect(await answer(request)).toBe(expected);
    expect(await answer(request, [...request])).toBe(expected);
  });

  it('a client that Prometheus is like: reads the page', async () => {
    const { url } = await exporter();
    const response = await fetch(`${url}/metrics`);
    expect([response.headers.get('content-type'), await response.text()]).toEqual(['text/plain', PAGE]);
  });

  it('a page that cannot be made: an empty one, and a line in the log', async () => {
    const { answer, logged } = await exporter(() => Promise.reject(new Error('no memory')));
    expect(await answer('GET /metrics HTTP/1.1\r\n\r\n')).toBe('HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n');
    expect(logged()).toContain('no memory');
  });
});

describe('a client that misbehaves', () => {
  it('sends a head without an end: is cut off', async () => {
    const { answer } = await exporter();
    expect(await answer('', Array(20).fill(`${'x'.repeat(1000)}\r\n`))).toBe('');
  });

  it('takes its time, byte for byte: is cut off after a minute', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { port } = await exporter();
    const socket = connect(port, '127.0.0.1');
    const closed = new Promise((resolve) => socket.on('error', () => {}).on('close', resolve));
    // The answer to another one tells that this one is served.
    await new Promise((resolve) => socket.write('GET', resolve));
    await fetch(`http://127.0.0.1:${port}/`);
    vi.advanceTimersByTime(60_000);
    await closed;
  });

  it('stays: is cut off when the listener closes', async () => {
    const { listener, answer } = await exporter();
    const open = answer('GET /metrics');
    await listener.close();
    expect(await open).toBe('');
  });
});

it('a port in use: says so, and what may have it', async () => {
  const { port } = await exporter();
  const second = new Exporter(async () => Buffer.alloc(0), recordingLog().log);
  await expect(second.listen({ host: '127.0.0.1', port })).rejects.toThrow(/EADDRINUSE.*vpp_prometheus_export/);
});

it('an address of other machines: a warning says that no token is asked for', async () => {
  expect((await exporter()).logged()).not.toContain('without a token');
  expect((await exporter(undefined, '0.0.0.0')).logged()).toContain('without a token');
});
