/** The page at `/`: what it shows, that nothing in it acts, and what its script does when the connection is lost. */

import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { Status } from '../../../src/agent/plugin/services.js';
import { gatewayPlugin } from '../../../src/plugins/gateway/plugin.js';
import { boardHtml } from '../../../src/plugins/health/board-html.js';
import { BOARD_SCRIPT } from '../../../src/plugins/health/board-script.js';
import { indexPage } from '../../../src/plugins/health/index-page.js';
import { linksOf } from '../../../src/plugins/health/links.js';
import { healthPlugin } from '../../../src/plugins/health/plugin.js';
import { httpPlugin } from '../../../src/plugins/http/plugin.js';
import { Http } from '../../../src/sdk/http.js';
import { directoryWith, recordingLog, taker } from '../../agent/support.js';

const EVIL = '<img src=x onerror="alert(1)">`&\'\u202e';
const SHOWN = '&#60;img src=x onerror=&#34;alert(1)&#34;&#62;&#96;&#38;&#39;\\u202e';

async function running({ http = {}, plugins = [httpPlugin, healthPlugin] } = {}) {
  const part = taker({ status: Status, http: Http }, 'part');
  const configDir = directoryWith({});
  const agent = await createAgent({
    plugins: [...plugins, part.plugin],
    log: recordingLog().log,
    env: {},
    version: '0.1.0',
    configDir,
    settings: { http: { endpoint: '127.0.0.1:0', ...http } },
  });
  onTestFinished(() => agent.close());
  await agent.start();
  const { server } = part.taken().http;
  const get = (accept?: string, headers: Record<string, string> = {}) =>
    server.inject({ url: '/', headers: { ...(accept !== undefined && { accept }), ...headers } });
  return { agent, configDir, status: part.taken().status, get };
}

const BROWSER = 'text/html,application/xhtml+xml,*/*;q=0.8';

describe('GET /', () => {
  it('of a browser: a page with links to what there is, and the state of each plugin', async () => {
    const { get, status } = await running({ plugins: [httpPlugin, healthPlugin, gatewayPlugin] });
    status.degraded(EVIL);
    const { statusCode, body, headers } = await get(BROWSER);
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    const links = [...body.matchAll(/<a href="\.(.*?)">/g)].map(([, path]) => path);
    expect(links).toEqual(['/liveness', '/readiness', '/status', '/docs', '/api', '/openapi.json']);
    expect(body).toContain(`<td>part</td><td><span class="state degraded">degraded</span></td><td>${SHOWN}</td>`);
    expect(body).not.toContain('<img');
  });

  it.each([['application/json'], ['*/*'], [undefined]])(
    'of a program (Accept: %s): the links as JSON',
    async (accept) => {
      const { get } = await running();
      const answer = await get(accept);
      expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
      expect(answer.headers.vary).toBe('accept');
      expect(answer.json()).toEqual({
        name: 'vppmux',
        version: '0.1.0',
        links: ['/liveness', '/readiness', '/status'].map((path) => ({ path, about: expect.any(String) })),
        webSockets: [{ path: '/status/live', about: expect.any(String) }],
      });
    },
  );

  it('who may not read: gets neither', async () => {
    const { get } = await running({ http: { 'loopback-access': 'none', 'read-token': 'a-token-for-readers' } });
    expect((await get(BROWSER)).statusCode).toBe(401);
    expect((await get('application/json')).statusCode).toBe(401);
    expect((await get(BROWSER, { authorization: 'Bearer a-token-for-readers' })).statusCode).toBe(200);
  });

  it('a browser: runs the one script, and loads nothing', async () => {
    const { get } = await running();
    const { body, headers } = await get(BROWSER);
    const [, script] = /<script>(.*)<\/script>/s.exec(body) ?? [];
    const hash = createHash('sha256').update(script).digest('base64');
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-/);
    expect(policy).toContain(`script-src 'sha256-${hash}'; connect-src 'self';`);
    expect(body.match(/<script|<link|src=/g)).toEqual(['<link', '<script']);
    expect(script).not.toMatch(/<\/script|<!--/i);
  });

  it('a configuration that is broken meanwhile: its problems', async () => {
    const { agent, configDir, get } = await running();
    writeFileSync(join(configDir, 'health.conf'), 'live-max-bufer: 7');
    agent.reload();
    const { body } = await get(BROWSER);
    expect(body).toContain('<h2>Configuration on disk</h2>');
    expect(body).toContain(`${join(configDir, 'health.conf')}:1:1: unknown key &#34;live-max-bufer&#34;`);
  });
});

describe('the board', () => {
  it('whatever stands in the status: is shown as text', () => {
    const part = { state: EVIL, reason: EVIL, since: EVIL };
    const html = boardHtml({
      ...{ overall: EVIL, reason: EVIL, since: EVIL, plugins: { [EVIL]: part }, vpp: { version: EVIL, state: EVIL } },
      config: {
        problems: [{ file: EVIL, path: EVIL, text: EVIL, since: EVIL }],
        pendingRestart: [{ plugin: EVIL, keys: [EVIL], since: EVIL }, { keys: ['name'] }],
      },
    });
    const tags = new Set([...html.matchAll(/<\/?(\w+)/g)].map(([, tag]) => tag));
    expect([...tags].sort()).toEqual(['h2', 'p', 'span', 'table', 'tbody', 'td', 'th', 'thead', 'time', 'tr'].sort());
    expect(html).not.toMatch(/onerror="|\u202e/);
    expect(html).toContain('<td>agent.yaml</td><td>name</td>');
  });

  it.each([[null], [undefined], ['text'], [[]], [{ plugins: 3, config: { problems: 'x' }, vpp: null }]])(
    'of %j: nothing, and no error',
    (status) => expect(boardHtml(status)).toContain('<h2>Plugins</h2>'),
  );

  it('a name of the agent that is HTML: is text, too', () => {
    const html = indexPage([], {}, { name: EVIL, version: EVIL });
    expect(html).not.toContain('<img');
  });

  it('links: only what is served', () => {
    expect(linksOf((path) => path === '/docs').links).toEqual([{ path: '/docs', about: expect.any(String) }]);
  });
});

describe('its script', () => {
  function page(href: string) {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const sockets: { url: string; onmessage?: (event: { data: string }) => void; onclose?: () => void }[] = [];
    const elements = { board: { innerHTML: 'old', className: '' }, link: { textContent: '' } };
    const document = { title: 'vppmux', getElementById: (id: 'board' | 'link') => elements[id] };
    class WebSocket {
      onmessage?: () => void;
      onclose?: () => void;
      constructor(readonly url: string) {
        sockets.push(this);
      }
    }
    const setTimeout = globalThis.setTimeout;
    runInContext(BOARD_SCRIPT, createContext({ document, location: { href }, URL, WebSocket, setTimeout }));
    const { board, link } = elements;
    return { sockets, board, link, document };
  }
  const status = JSON.stringify({ overall: 'degraded', reason: EVIL, plugins: {} });

  it.each([
    ['http://127.0.0.1:9191/', 'ws://127.0.0.1:9191/status/live'],
    ['https://noc.example.com/agents/one/?x=1', 'wss://noc.example.com/agents/one/status/live'],
  ])('at %s: asks %s', (href, url) => {
    expect(page(href).sockets.map((socket) => socket.url)).toEqual([url]);
  });

  it('each status: is shown, as the agent itself would', () => {
    const { sockets, board, link, document } = page('http://127.0.0.1:9191/');
    sockets[0].onmessage?.({ data: status });
    expect(board.innerHTML).toBe(boardHtml(JSON.parse(status)));
    expect(link.textContent).toMatch(/^live/);
    expect(document.title).toBe('degraded - vppmux');
  });

  it('a connection that is lost: is said, tried again ever more seldom, and live again', () => {
    const { sockets, board, link, document } = page('http://127.0.0.1:9191/');
    sockets[0].onmessage?.({ data: status });
    for (const [i, wait] of [1000, 2000, 4000, 8000, 10_000, 10_000].entries()) {
      sockets[i].onclose?.();
      expect(link.textContent).toMatch(/^connection lost at \d\d:\d\d:\d\d UTC, retrying/);
      vi.advanceTimersByTime(wait - 1);
      expect(sockets).toHaveLength(i + 1);
      vi.advanceTimersByTime(1);
      expect(sockets).toHaveLength(i + 2);
    }
    expect([board.className, document.title]).toEqual(['old', 'connection lost - vppmux']);
    sockets.at(-1)?.onmessage?.({ data: status });
    expect([board.className, document.title]).toEqual(['', 'degraded - vppmux']);
    sockets.at(-1)?.onclose?.();
    vi.advanceTimersByTime(1000);
    expect(sockets).toHaveLength(8);
  });
});
