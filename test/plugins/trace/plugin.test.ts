/** The trace of a running agent, over its HTTP server. */

import { writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { directoryWith } from '../../agent/support.js';
import { needs } from '../../support/needs.js';
import { tracingAgent } from './tracing-agent.js';

interface Line {
  readonly name?: string;
  readonly format?: string;
  readonly dropped?: number;
  readonly fields?: Record<string, unknown>;
}

/** Lines that one client is sent, and how they end. */
function look(url: string, query = '', headers: Record<string, string> = {}) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/trace${query}`, { headers });
  const lines: Line[] = [];
  socket.on('message', (data) => {
    for (const line of String(data).trimEnd().split('\n')) lines.push(JSON.parse(line));
  });
  let failure = '';
  socket.on('error', (error) => {
    failure = error.message;
  });
  const closed = new Promise<string>((resolve) => {
    socket.on('close', (code, reason) => resolve(failure || `${code} ${reason}`));
  });
  onTestFinished(() => socket.terminate());
  const names = () => lines.map(({ name, format }) => name ?? (format ? 'header' : 'dropped'));
  return { socket, lines, names, closed, until: (name: string) => vi.waitFor(() => expect(names()).toContain(name)) };
}

describe('the plugin trace', () => {
  it('by default: nothing is shown, nothing is traced', async () => {
    const { url, text } = await tracingAgent({});
    expect(await look(url).closed).toBe('Unexpected server response: 404');
    expect(text()).not.toContain('vppmux trace');
  });

  it('live: a header with the hash of the table, then each message with its fields', async () => {
    const { url, mux, ask, text } = await tracingAgent();
    const { lines, names, until } = look(url);
    await until('header');
    await ask('show_version');
    await until('show_version_reply');
    expect(names()).toEqual(['header', 'show_version', 'show_version_reply']);
    expect(lines[0]).toMatchObject({ schema: mux.tableHash, vpp: '26.06-mock' });
    expect(lines[2].fields).toMatchObject({ version: '26.06-mock' });
    expect(text()).toMatch(/trace info: messages of VPP are shown .*secrets/);
  });

  it('last: so many of the ring, then the end', async () => {
    const { url, ask } = await tracingAgent({ enabled: true, ring: 3 });
    await ask('show_version');
    await ask('show_threads');
    const { names, closed } = look(url, '?last=2&follow=0');
    expect(await closed).toBe('1000 that is all');
    expect(names()).toEqual(['header', 'show_threads', 'show_threads_reply']);
    const all = look(url, '?last=100&follow=0');
    await all.closed;
    expect(all.names()).toEqual(['header', 'show_version_reply', 'show_threads', 'show_threads_reply']);
  });

  it('last and follow: what comes after it, without a gap', async () => {
    const { url, ask } = await tracingAgent({ enabled: true, ring: 100 });
    await ask('show_version');
    const { names, until } = look(url, '?last=1&follow=1');
    await until('show_version_reply');
    await ask('show_threads');
    await until('show_threads_reply');
    expect(names()).toEqual(['header', 'show_version_reply', 'show_threads', 'show_threads_reply']);
  });

  it('match: names with stars, of what was kept and of what comes', async () => {
    const { url, ask } = await tracingAgent({ enabled: true, ring: 100 });
    await ask('show_threads');
    const { names, until } = look(url, '?last=1&match=*_reply,!control_ping*');
    await until('show_threads_reply');
    await ask('control_ping');
    await ask('show_version');
    await until('show_version_reply');
    expect(names()).toEqual(['header', 'show_threads_reply', 'show_version_reply']);
  });

  it('a reader that sleeps: messages are dropped and counted, the agent goes on', async () => {
    const { url, ask } = await tracingAgent({ enabled: true, 'max-buffer': 4096 });
    const { socket, lines, names, until } = look(url);
    await until('header');
    // Not read, and more than sockets hold between two processes.
    socket.pause();
    for (let i = 0; i < 400; i++) await Promise.all(Array.from({ length: 64 }, () => ask('show_version')));
    socket.resume();
    await until('dropped');
    await ask('show_threads');
    await until('show_threads_reply');
    const dropped = lines.reduce((sum, { dropped = 0 }) => sum + dropped, 0);
    expect(dropped + names().filter((name) => name.startsWith('show_version')).length).toBe(2 * 400 * 64);
  });

  it('a restart of VPP: goes on', async () => {
    const { url, mock, ask, mux } = await tracingAgent();
    const { until, names } = look(url);
    await until('header');
    await mock.restart();
    await vi.waitFor(() => expect(mux.status.generation).toBe(2));
    await ask('show_threads');
    await until('show_threads_reply');
    // The same messages under other ids: one header says it all.
    expect(names().filter((name) => name === 'header')).toHaveLength(1);
  });

  it.each([
    ['?last=2', '4404 this agent keeps no messages (ring in trace.conf)'],
    ['?match=sw.*', "4400 match: 'sw.*' is no name with * for any letters"],
  ])('%s: refused with the reason', async (query, reason) => {
    const { url } = await tracingAgent();
    expect(await look(url, query).closed).toBe(reason);
  });

  it('many at once: the ninth is refused; there is room when one goes', async () => {
    const { url } = await tracingAgent();
    const readers = Array.from({ length: 8 }, () => look(url));
    for (const { until } of readers) await until('header');
    expect(await look(url).closed).toBe('4429 8 others are looking already');
    readers[0].socket.close();
    await readers[0].closed;
    await look(url).until('header');
  });

  it('a page from elsewhere: is not let in', async () => {
    const { url } = await tracingAgent();
    const { closed } = look(url, '', { origin: 'https://evil.example' });
    expect(await closed).toBe('Unexpected server response: 403');
  });

  const outside = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const reachable = outside.find(({ internal, family }) => !internal && family === 'IPv4')?.address;

  it(
    'a caller under an address that is not loopback: refused, nothing told',
    needs(reachable === undefined && 'an IPv4 address that is not loopback'),
    async () => {
      const token = 'a-token-of-this-test';
      const { url } = await tracingAgent({ enabled: true }, { endpoint: '0.0.0.0:0', 'write-token': token });
      const outside = url.replace(/\/\/.*:/, `//${reachable}:`);
      expect(await look(outside).closed).toBe('Unexpected server response: 401');
      const { closed, lines } = look(outside, '', { authorization: `Bearer ${token}` });
      expect(await closed).toMatch(/^4403 messages are shown on this machine only/);
      expect(lines).toEqual([]);
    },
  );

  it('a caller behind a proxy of this machine: is somewhere else', async () => {
    const { url } = await tracingAgent();
    expect(await look(url, '', { 'x-forwarded-for': '127.0.0.1' }).closed).toBe('Unexpected server response: 403');
  });

  it('the last reader gone: nothing is traced any more', async () => {
    const { url, isTraced } = await tracingAgent();
    expect(isTraced()).toBe(false);
    const { socket, until } = look(url);
    await until('header');
    expect(isTraced()).toBe(true);
    socket.close();
    await vi.waitFor(() => expect(isTraced()).toBe(false));
  });

  it('trace.conf changes while the agent runs: shown, with another ring, and no more', async () => {
    const dir = directoryWith({ 'trace.conf': 'enabled: false\n' });
    const { url, agent, ask, text, isTraced } = await tracingAgent({}, {}, dir);
    expect(await look(url).closed).toBe('Unexpected server response: 404');
    const change = async (conf: string, said: RegExp) => {
      writeFileSync(join(dir, 'trace.conf'), conf);
      agent.reload();
      await vi.waitFor(() => expect(text()).toMatch(said));
    };
    await change('ring: 3\n', /configuration has changed: ring$/);
    expect(text()).not.toContain('shown no more');
    await change('enabled: true\n', /configuration has changed: enabled/);
    const { until, closed } = look(url);
    await until('header');
    await change('enabled: true\nring: 10\n', /configuration has changed: ring$/);
    expect(await closed).toBe('4410 trace.conf has changed');
    await ask('show_version');
    const kept = look(url, '?last=1&follow=0');
    await kept.closed;
    expect(kept.names()).toEqual(['header', 'show_version_reply']);
    await change('enabled: false\n', /shown no more/);
    expect(await look(url).closed).toBe('Unexpected server response: 404');
    expect(isTraced()).toBe(false);
  });

  it('the agent ends: so do its readers', async () => {
    const { url, agent } = await tracingAgent({ enabled: true, ring: 10 });
    const { until, closed } = look(url);
    await until('header');
    await agent.close();
    expect(await closed).toMatch(/^1001 /);
  });
});
