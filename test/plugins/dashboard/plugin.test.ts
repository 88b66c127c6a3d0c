/** The plugin dashboard over its HTTP server. */

import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { connect } from '../../../src/mux/index.js';
import { FEED_PROTOCOL, type FeedMessage, type TicketAnswer } from '../../../src/plugins/dashboard/protocol/index.js';
import { builtTree } from '../../support/built.js';
import { severalDataplanes } from '../../support/dataplanes.js';
import { socketPath } from '../../support/mock.js';
import { dashboardAgent } from './dashboard-agent.js';

builtTree();

const poll = { timeout: 60_000, interval: 5 };

const READ = 'a-token-that-may-read';
const TOKENS = { 'read-token': READ, 'write-token': 'a-token-that-may-write', 'loopback-access': 'none' };

async function ticketOf(url: string, headers: Record<string, string> = {}): Promise<TicketAnswer> {
  const response = await fetch(`${url}/ui/ticket`, { method: 'POST', headers });
  return (await response.json()) as TicketAnswer;
}

function feed(url: string, protocols: string[], headers: Record<string, string> = {}) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ui/feed`, protocols, { headers });
  const messages: FeedMessage[] = [];
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  const closed = new Promise<string>((resolve) => {
    socket.on('error', ({ message }) => resolve(message));
    socket.on('close', (code, reason) => resolve(`${code} ${reason}`));
  });
  onTestFinished(() => socket.terminate());
  return { socket, messages, closed };
}

describe('the page', () => {
  it('/ui: leads to /ui/, which is open to all, may load nothing from elsewhere, and is asked for again each time', async () => {
    const { url, text } = await dashboardAgent({ http: TOKENS });
    const moved = await fetch(`${url}/ui`, { redirect: 'manual' });
    expect([moved.status, moved.headers.get('location')]).toEqual([302, 'ui/']);
    const page = await fetch(`${url}/ui/`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(policy).toMatch(/frame-ancestors 'none'/);
    expect(policy).not.toMatch(/unsafe|\*|http/);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    const etag = page.headers.get('etag') ?? '';
    const again = await fetch(`${url}/ui/`, { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect(text()).toContain(`the dashboard is at ${url}/ui/`);
  });

  it('what it names: compressed, and kept for good', async () => {
    const { url } = await dashboardAgent();
    const page = await (await fetch(`${url}/ui/`)).text();
    const names = [...page.matchAll(/(?:href|src)="([^"/]+-[A-Z0-9]{8}\.\w+)"/g)].map(([, name]) => name);
    expect(names).toHaveLength(3);
    for (const name of names) {
      const { status, headers } = await fetch(`${url}/ui/${name}`, { headers: { 'accept-encoding': 'gzip, br' } });
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(headers.get('content-encoding')).toBe('br');
      expect(headers.get('vary')).toBe('accept-encoding');
    }
  });

  it('other files: are not there', async () => {
    const { url } = await dashboardAgent();
    for (const path of ['main.js', 'index.html', '..%2fpackage.json', '%2e%2e/src/sdk/index.js']) {
      expect((await fetch(`${url}/ui/${path}`)).status).toBe(404);
    }
  });
});

describe('several dataplanes', () => {
  const plugins = ['stats', 'dashboard', { plugin: 'stats', dataplane: 'edge' }];

  it('the ticket and the state name all, how they are, and which have a dashboard', async () => {
    const more = [...plugins, { plugin: 'dashboard', dataplane: 'edge' }];
    const { agent, mockOf } = await severalDataplanes(['edge', 'core'], { plugins: more });
    const { url } = agent.status.status.details.http as { url: string };
    const all = (state: string) => [
      { name: 'main', state: 'ready', hasDashboard: true },
      { name: 'edge', state, hasDashboard: true },
      { name: 'core', state: 'ready', hasDashboard: false },
    ];
    expect((await ticketOf(url)).dataplanes).toEqual(all('ready'));
    const { messages } = feed(url, [FEED_PROTOCOL]);
    await vi.waitFor(() => expect(messages[1]).toMatchObject({ full: { dataplanes: all('ready') } }));
    mockOf('edge').kill();
    await expect.poll(async () => (await ticketOf(`${url}/dataplanes/edge`)).dataplanes, poll).toEqual(all('backoff'));
  });

  it('the API view of each: clients of its own sockets', async () => {
    const names = ['main', 'edge'];
    const sockets = new Map(names.map((name) => [name, socketPath()]));
    const conf = (name: string) => JSON.stringify({ sockets: [{ path: sockets.get(name), role: `of-${name}` }] });
    const more = ['stats', 'dashboard', 'api-socket'].flatMap((plugin) => [plugin, { plugin, dataplane: 'edge' }]);
    const { agent } = await severalDataplanes(['edge'], {
      plugins: more,
      files: { 'api-socket.conf': conf('main'), 'api-socket-edge.conf': conf('edge') },
    });
    const { url } = agent.status.status.details.http as { url: string };
    const clients = await Promise.all(names.map((name) => connect({ socket: sockets.get(name), name: `to-${name}` })));
    onTestFinished(() => Promise.all(clients.map((client) => client.close())).then(() => {}));
    for (const [i, base] of ['', '/dataplanes/edge'].entries()) {
      const { socket, messages } = feed(`${url}${base}`, [FEED_PROTOCOL]);
      socket.on('open', () => socket.send('{"topics":["api"]}'));
      const shown = () => {
        const message = messages.find((each) => 'full' in each && each.topic === 'api');
        const { clients: rows = {} } = Object(Object(message).full);
        return Object.values(rows).map((row) => Object(row).name);
      };
      await expect.poll(shown, poll).toEqual([`to-${names[i]}`]);
    }
  });

  it('one only: nothing is to choose', async () => {
    const { url } = await dashboardAgent();
    expect(await ticketOf(url)).not.toHaveProperty('dataplanes');
  });
});

describe('the feed', () => {
  it('without a token: no ticket, no feed', async () => {
    const { url } = await dashboardAgent({ http: TOKENS });
    expect(await ticketOf(url)).toMatchObject({ error: { code: 'UNAUTHORIZED' } });
    expect(await feed(url, [FEED_PROTOCOL]).closed).toBe('Unexpected server response: 401');
  });

  it('with a ticket: says what its caller may, and who is there', async () => {
    const { url, mux } = await dashboardAgent({ http: TOKENS });
    const { ticket, access, caller } = await ticketOf(url, { authorization: `Bearer ${READ}` });
    expect([access, caller]).toEqual(['read', 'read-token']);
    const { socket, messages } = feed(url, [FEED_PROTOCOL, ticket]);
    await vi.waitFor(() => expect(messages).toHaveLength(2));
    expect(socket.protocol).toBe(FEED_PROTOCOL);
    expect(messages[0]).toMatchObject({ hello: { access: 'read', caller: 'read-token', intervalMs: 1000 } });
    expect(messages[1]).toMatchObject({
      topic: 'state',
      full: { agent: { name: 'vppmux' }, vpp: { state: 'ready', version: '26.06-mock', pid: mux.status.pid } },
    });
    expect(await feed(url, [FEED_PROTOCOL, ticket]).closed).toBe('Unexpected server response: 401');
  });

  it('a program: needs no ticket, but its token', async () => {
    const { url } = await dashboardAgent({ http: TOKENS });
    const { messages } = feed(url, [FEED_PROTOCOL], { authorization: `Bearer ${READ}` });
    await vi.waitFor(() => expect(messages[0]).toMatchObject({ hello: { access: 'read' } }));
  });

  it('a page of another origin: gets neither ticket nor feed', async () => {
    const { url } = await dashboardAgent();
    const foreign = { origin: 'https://evil.example' };
    expect(await ticketOf(url, foreign)).toMatchObject({ error: { code: 'FORBIDDEN' } });
    const { ticket } = await ticketOf(url);
    expect(await feed(url, [FEED_PROTOCOL, ticket], foreign).closed).toBe('Unexpected server response: 403');
  });

  it('VPP goes and comes back: the state says so', async () => {
    const { url, mock } = await dashboardAgent({ dashboard: { interval: '100ms' } });
    const { messages } = feed(url, [FEED_PROTOCOL]);
    const saw = (state: string) => vi.waitFor(() => expect(JSON.stringify(messages)).toContain(`"state":"${state}"`));
    await saw('ready');
    await mock.stop();
    await saw('backoff');
    messages.length = 0;
    await mock.restart();
    await saw('ready');
  });

  it('the agent ends: so does the feed', async () => {
    const { url, agent } = await dashboardAgent();
    const { messages, closed } = feed(url, [FEED_PROTOCOL]);
    await vi.waitFor(() => expect(messages).toHaveLength(2));
    await agent.close();
    expect(await closed).toMatch(/^1001 /);
  });
});
