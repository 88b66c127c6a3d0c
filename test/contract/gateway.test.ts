/**
 * The promises of the HTTP side of operations: nobody who may only read writes, whichever way they come in. That it stands
 * whatever is sent to it: test/faults/gateway-input.test.ts.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAgent } from '../../src/agent/boot/create-agent.js';
import { gatewayPlugin } from '../../src/plugins/gateway/plugin.js';
import { govppPlugin } from '../../src/plugins/govpp/plugin.js';
import { httpPlugin } from '../../src/plugins/http/plugin.js';
import { operationsPlugin } from '../../src/plugins/operations/plugin.js';
import { HTTP_CODES } from '../../src/sdk/error-codes.js';
import { Http } from '../../src/sdk/http.js';
import { directoryWith, recordingLog, taker } from '../agent/support.js';
import { cli } from '../cli/run-cli.js';
import { post } from '../plugins/gateway/support.js';
import { testMock } from '../support/mock.js';

const READ = 'read-token-of-the-test';
const WRITE = 'write-token-of-the-test';

/** An agent with all that is shipped, connected to a mock. */
async function wholeAgent() {
  const mock = await testMock();
  const user = taker({ http: Http });
  const agent = await createAgent({
    plugins: [govppPlugin(), httpPlugin, gatewayPlugin, operationsPlugin, user.plugin],
    log: recordingLog('warn').log,
    env: {},
    settings: {
      govpp: { 'binapi-socket-path': mock.socket, 'health-check-probe': 'none' },
      http: { endpoint: '127.0.0.1:0', 'read-token': READ, 'write-token': WRITE },
    },
  });
  onTestFinished(() => agent.close());
  await agent.start();
  const writes = agent.operations.catalogue.filter(({ operation }) => operation.access === 'write');
  const { server, url } = user.taken().http;
  return { agent, mock, server, url: url!, names: writes.map(({ operation }) => operation.name) };
}

const pathOf = (name: string) => `/api/${name.replaceAll('.', '/')}`;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('writes of those who may only read', () => {
  it('over REST, the command line and in the process: all refused, for every operation that is shipped', async () => {
    const { agent, mock, server, url, names } = await wholeAgent();
    expect(names.length).toBeGreaterThan(5);
    await vi.waitFor(async () => expect((await server.inject('/api/system/version')).statusCode).toBe(200));
    mock.forget();
    const inProcess = agent.operations.open({ name: 'reader', access: 'read' });
    for (const name of names) {
      const path = pathOf(name);
      await expect(inProcess.call(name, {})).rejects.toMatchObject({ code: 'READ_ONLY' });
      for (const headers of [{}, bearer(READ), { ...bearer(READ), accept: 'application/x-ndjson' }]) {
        const refused = await server.inject(post(path, {}, headers));
        expect([name, refused.statusCode, refused.json().error.code]).toEqual([name, 403, 'READ_ONLY']);
      }
      for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const) {
        expect((await server.inject({ method, url: path, headers: bearer(WRITE) })).statusCode).toBe(405);
      }
      // A method in a header is that of no request.
      const tunnelled = { ...bearer(READ), 'x-http-method-override': 'POST' };
      expect((await server.inject({ url: `${path}?_method=POST`, headers: tunnelled })).statusCode).toBe(405);
      for (const env of [{}, { VPPMUX_TOKEN: READ }]) {
        const run = await cli(['op', '--agent', url, name], { env: env as Record<string, string> });
        expect([name, run.code]).toEqual([name, 1]);
        expect(run.stderr).toContain('READ_ONLY');
      }
    }
    // No message of any kind reached VPP.
    expect(mock.received()).toBe(0);
    // It was the access, and nothing else: with the right to write, the first one is not refused for that.
    const [name] = names;
    expect((await server.inject(post(pathOf(name), {}, bearer(WRITE)))).json().error?.code).not.toBe('READ_ONLY');
    await inProcess.close();
  });

  it('the OpenAPI document of all that is shipped: valid', async () => {
    const { server } = await wholeAgent();
    const { valid, errors } = await new Validator().validate((await server.inject('/openapi.json')).json());
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  });

  it('from the command line to VPP: a loopback made, seen, removed', async () => {
    const { url } = await wholeAgent();
    const op = (...words: string[]) => cli(['op', '--agent', url, ...words], { env: { VPPMUX_TOKEN: WRITE } });
    await vi.waitFor(async () => expect((await op('system', 'version')).code).toBe(0));
    const { name } = JSON.parse((await op('interface', 'create-loopback')).stdout);
    expect((await op('interface', 'set-state', name, '--state', 'up')).code).toBe(0);
    const { interfaces } = JSON.parse((await op('interface', 'list')).stdout);
    expect(interfaces).toContainEqual(expect.objectContaining({ name, state: 'up' }));
    expect((await op('interface', 'delete', name)).code).toBe(0);
  });
});

describe('many routes, from the command line to VPP', () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `10.${i >> 8}.${i & 255}.0/24 drop`).join('\n');

  it('from stdin and from a file: added and removed, with progress on a terminal, gone at the end', async () => {
    const { url } = await wholeAgent();
    const op = (words: string[], more: Parameters<typeof cli>[1] = {}) =>
      cli(['op', '--agent', url, 'route', ...words], { env: { VPPMUX_TOKEN: WRITE }, ...more });
    await vi.waitFor(async () => expect((await op(['list'])).code).toBe(0));
    const added = await op(['add', '--routes-file', '-'], { stdin: lines, stderrTerminal: true });
    expect({ code: added.code, result: JSON.parse(added.stdout) }).toEqual({
      code: 0,
      result: { added: 20_000, failed: 0, failures: [] },
    });
    const shown = added.stderr.split('\r\u001b[K');
    expect(shown.at(-1)).toBe('');
    const progress = shown.slice(1, -1).map((text) => /^vppmux: (\d+) of 20000 \((\d+) %\)$/.exec(text)?.slice(1));
    expect(progress).not.toEqual([]);
    for (const [i, [done, percent] = []] of progress.entries()) {
      expect(Number(percent)).toBe(Math.floor(Number(done) / 200));
      if (i > 0) expect(Number(done)).toBeGreaterThan(Number(progress[i - 1]?.[0]));
    }
    const file = join(directoryWith({ 'routes.txt': `# all of them\n${lines}\n` }), 'routes.txt');
    const removed = await op(['remove', '--routes-file', file]);
    expect([removed.stderr, JSON.parse(removed.stdout)]).toEqual(['', { removed: 20_000, failed: 0, failures: [] }]);
    expect(JSON.parse((await op(['list', '--source', 'API'])).stdout)).toMatchObject({ routes: [], total: 0 });
  });

  it('a wrong line: its number in the file and its text, not only its place in the list', async () => {
    const { url } = await wholeAgent();
    const op = (words: string[], more: Parameters<typeof cli>[1] = {}) =>
      cli(['op', '--agent', url, 'route', ...words], { env: { VPPMUX_TOKEN: WRITE }, ...more });
    await vi.waitFor(async () => expect((await op(['list'])).code).toBe(0));
    const wrong = '# mine\n10.1.0.0/24 drop\n\n10.2.0.0/24 dorp me\n';
    const file = join(directoryWith({ 'routes.txt': wrong }), 'routes.txt');
    for (const [name, run] of [
      ['stdin', await op(['add', '--routes-file', '-'], { stdin: wrong })],
      [file, await op(['add', '--routes-file', file])],
    ] as const) {
      expect(run.stderr).toContain(`vppmux: ${name}, line 4: `);
      expect(run.stderr).toMatch(/routes\[1\].*nothing was sent.*; the line: 10\.2\.0\.0\/24 dorp me\n$/);
      expect(run.code).toBe(2);
    }
    const missing = '10.1.0.0/24 drop\n#\n10.2.0.0/24 via 192.0.2.1 loop77\n10.3.0.0/24 via loop78\n';
    const onward = await op(['add', '--on-error', 'continue', '--routes-file', '-'], { stdin: missing });
    expect(JSON.parse(onward.stdout)).toMatchObject({ added: 1, failed: 2 });
    expect(onward.stderr).toBe('vppmux: route add: 2 failed: lines 3, 4 of stdin\n');
    expect(onward.code).toBe(1);
  });
});

it('docs/gateway.md: has every code of the HTTP server, with its status and exit code', () => {
  const docs = readFileSync(new URL('../../docs/gateway.md', import.meta.url), 'utf8');
  for (const [code, { text, status, exit }] of Object.entries(HTTP_CODES)) {
    expect(docs).toContain(`| \`${code}\` | ${text} | ${status} | ${exit} |`);
  }
});
