/** Access: by token, by address, by Host and Origin. */

import { timingSafeEqual } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { get, IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { Authenticator } from '../../../src/plugins/http/authenticator.js';
import { hostIsLoopback, isLocal, isLocalAddress } from '../../../src/plugins/http/caller.js';
import { httpConfig } from '../../../src/plugins/http/config.js';
import { httpPlugin } from '../../../src/plugins/http/plugin.js';
import { Http } from '../../../src/sdk/http.js';
import { HttpError } from '../../../src/sdk/http-error.js';
import { directoryWith, recordingLog, taker } from '../../agent/support.js';

vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof import('node:crypto')>();
  return { ...crypto, timingSafeEqual: vi.fn(crypto.timingSafeEqual) };
});

const READ = 'read-token-of-the-test';
const WRITE = 'write-token-of-the-test';
const BOTH = { 'read-token': READ, 'write-token': WRITE };

function request(remote: string | undefined, headers: Record<string, string> = {}): IncomingMessage {
  const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: remote });
  const message = new IncomingMessage(socket);
  Object.assign(message.headers, { host: '127.0.0.1:9191', ...headers });
  return message;
}

/** The name and access of who is let in, or the code of the refusal. */
function admitted(settings: Record<string, unknown>, remote: string, headers: Record<string, string> = {}): string {
  const access = new Authenticator(httpConfig.parse(settings), () => {});
  try {
    const caller = access.admit(request(remote, headers));
    return `${caller.name} ${caller.access}${caller.local ? ' local' : ''}`;
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return error.code;
  }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const [HERE, ELSEWHERE] = ['127.0.0.1', '192.0.2.7'];

describe('access', () => {
  it.each([
    ['nothing set: this machine may read', {}, HERE, {}, 'loopback read local'],
    ['nothing set: nobody else is let in', {}, ELSEWHERE, {}, 'FORBIDDEN'],
    ['loopback-access write', { 'loopback-access': 'write' }, '::1', {}, 'loopback write local'],
    ['loopback-access none', { 'loopback-access': 'none' }, HERE, {}, 'FORBIDDEN'],
    ['loopback-access none, with tokens', { ...BOTH, 'loopback-access': 'none' }, HERE, {}, 'UNAUTHORIZED'],
    ['the read token', BOTH, ELSEWHERE, bearer(READ), 'read-token read'],
    ['the write token', BOTH, ELSEWHERE, bearer(WRITE), 'write-token write'],
    ['the write token here', BOTH, HERE, bearer(WRITE), 'write-token write local'],
    ['the scheme in another case', BOTH, ELSEWHERE, { authorization: `bearer  ${READ}` }, 'read-token read'],
    ['no token from elsewhere', BOTH, ELSEWHERE, {}, 'UNAUTHORIZED'],
    ['a wrong token', BOTH, ELSEWHERE, bearer('x'), 'UNAUTHORIZED'],
    ['a wrong token here: not taken for none', BOTH, HERE, bearer('x'), 'UNAUTHORIZED'],
    ['a token where none is set', {}, HERE, bearer(READ), 'UNAUTHORIZED'],
    ['an empty token where none is set', {}, HERE, { authorization: 'Bearer ' }, 'UNAUTHORIZED'],
    ['another scheme', BOTH, HERE, { authorization: `Basic ${READ}` }, 'UNAUTHORIZED'],
    ['the hash of a token', BOTH, HERE, bearer(''.padEnd(64, 'a')), 'UNAUTHORIZED'],
  ])('%s', (_, settings, remote, headers, expected) => {
    expect(admitted(settings, remote, headers)).toBe(expected);
  });

  it.each([READ, WRITE, 'x', READ.slice(0, -1), 'y'.repeat(5000)])(
    'a token: takes the same comparisons whatever it is: with both, in constant time, of hashes of one length',
    (token) => {
      vi.mocked(timingSafeEqual).mockClear();
      admitted(BOTH, ELSEWHERE, bearer(token));
      const lengths = vi.mocked(timingSafeEqual).mock.calls.map(([one, other]) => [one.byteLength, other.byteLength]);
      expect(lengths).toEqual([
        [32, 32],
        [32, 32],
      ]);
    },
  );

  it.each([
    ...[
      'forwarded',
      'via',
      'x-forwarded-for',
      'x-forwarded-host',
      'x-real-ip',
      'x-forwarded-proto',
      'x-forwarded-port',
    ],
    ...[
      'x-forwarded-server',
      'x-forwarded',
      'true-client-ip',
      'cf-connecting-ip',
      'cf-ray',
      'fastly-client-ip',
      'x-scheme',
    ],
    ...['x-client-ip', 'x-cluster-client-ip', 'x-original-forwarded-for', 'x-original-url', 'x-envoy-external-address'],
    ...['x-amzn-trace-id', 'x-azure-clientip', 'x-appengine-user-ip', 'cdn-loop', 'front-end-https', 'x-remote-ip'],
    ...['remote-user', 'x-auth-request-user', 'x-webauth-user', 'x-ssl-cipher', 'ssl-client-cert', 'x-tls-version'],
    ...['x-edge-request-id', 'x-cloud-trace-context', 'ali-cdn-real-ip', 'surrogate-capability'],
  ])('through a proxy of this machine that sends %s: is not of this machine', (name) => {
    expect(admitted({}, HERE, { [name]: '127.0.0.1' })).toBe('FORBIDDEN');
    expect(admitted(BOTH, HERE, { [name]: '127.0.0.1', ...bearer(READ) })).toBe('read-token read');
  });

  it.each([
    ['evil.example:9191', 'FORBIDDEN'],
    ['localhost.evil.example', 'FORBIDDEN'],
    ['127.0.0.1.evil.example', 'FORBIDDEN'],
    ['', 'FORBIDDEN'],
    ['a b', 'FORBIDDEN'],
    ['localhost/evil.example', 'FORBIDDEN'],
    ['evil.example@localhost', 'FORBIDDEN'],
    ['localhost:9191', 'loopback read local'],
    ['127.0.0.1', 'loopback read local'],
    ['[::1]:9191', 'loopback read local'],
  ])('without a token, asked as %j: %s (DNS rebinding)', (host, expected) => {
    expect(admitted({}, HERE, { host })).toBe(expected);
    expect(admitted({ endpoint: '0.0.0.0:9191' }, HERE, { host })).toBe(expected);
  });

  it('a page of another origin: refused, even with a token', () => {
    expect(admitted(BOTH, HERE, { origin: 'https://evil.example', ...bearer(WRITE) })).toBe('FORBIDDEN');
    expect(admitted(BOTH, HERE, { origin: 'null', ...bearer(WRITE) })).toBe('FORBIDDEN');
    const allowed = { ...BOTH, 'allowed-origins': ['https://noc.example'] };
    expect(admitted(allowed, ELSEWHERE, { origin: 'https://noc.example', ...bearer(READ) })).toBe('read-token read');
  });

  it.each([
    ['a picture or a script in a page of another origin', 'cross-site', 'no-cors', 'FORBIDDEN'],
    ['one in a page of another port of this machine', 'same-site', 'no-cors', 'FORBIDDEN'],
    ['one in a page of its own', 'same-origin', 'no-cors', 'loopback read local'],
    ['a link that somebody follows', 'cross-site', 'navigate', 'loopback read local'],
    ['an address that somebody types', 'none', 'navigate', 'loopback read local'],
  ])('%s, which comes without an Origin: %s', (_, site, mode, expected) => {
    expect(admitted({}, HERE, { 'sec-fetch-site': site, 'sec-fetch-mode': mode })).toBe(expected);
  });

  it('one token for both: refused at the start', () => {
    const same = httpConfig.parse({ 'read-token': READ, 'write-token': READ });
    expect(() => new Authenticator(same, () => {})).toThrow('read-token and write-token are the same');
  });

  it.each([
    ['127.0.0.1', true],
    ['127.8.9.10', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['192.0.2.1', false],
    ['::ffff:192.0.2.1', false],
    ['2001:db8::1', false],
    ['127.evil.example', false],
    ['', false],
    [undefined, false],
  ])('%s: this machine %s', (address, local) => {
    expect(isLocalAddress(address)).toBe(local);
    expect(isLocal(request(address))).toBe(local);
  });

  it('a Host that is no name at all: is no name of this machine', () => {
    expect(hostIsLoopback(request(HERE, { host: '\u0000' }))).toBe(false);
  });
});

it('another endpoint in http.conf: pages are let in by the one where it still listens', async () => {
  const conf = (endpoint: string) => `endpoint: ${endpoint}\nwrite-token: ${WRITE}\n`;
  const configDir = directoryWith({ 'http.conf': conf('127.0.0.1:0') });
  const { log, text } = recordingLog();
  const { plugin, taken } = taker({ http: Http });
  const agent = await createAgent({ plugins: [httpPlugin, plugin], configDir, log, env: {} });
  onTestFinished(() => agent.close());
  await agent.start();
  const headers = { ...bearer(WRITE), host: 'evil.example', origin: 'http://evil.example' };
  const asked = () =>
    new Promise(
      (resolve) =>
        void get(`${taken().http.url}`, { headers }, ({ statusCode }) => resolve(statusCode)).on('error', resolve),
    );
  expect(await asked()).toBe(403);
  writeFileSync(join(configDir, 'http.conf'), conf('0.0.0.0:0'));
  agent.reload();
  await vi.waitFor(() => expect(text()).toContain('endpoint of http.conf: takes effect when'));
  expect(await asked()).toBe(403);
});
