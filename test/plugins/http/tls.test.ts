/** TLS, with a certificate made for the test (skipped without openssl). */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { directoryWith } from '../../agent/support.js';
import { serve } from './support.js';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** A key and a certificate for 127.0.0.1, signed by itself. */
function certificate() {
  const dir = directoryWith({ 'junk.pem': 'no certificate\n' });
  const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
  const names = ['-subj', '/CN=vppmux test', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const { status, stderr } = spawnSync('openssl', [...made, ...names, '-keyout', key, '-out', cert]);
  if (status !== 0) throw new Error(String(stderr));
  return { dir, key, cert, settings: { 'tls-cert': cert, 'tls-key': key } };
}

describe.skipIf(!hasOpenssl)('TLS', () => {
  test('a certificate and its key: https and wss', async () => {
    const { cert, settings } = certificate();
    const { url } = await serve((http) => {
      http.server.get('/ok', async () => ({ ok: true }));
      http.socket('/echo', (socket) => socket.send('hello'));
    }, settings);
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:/);
    const ca = readFileSync(cert);
    const status = await new Promise((resolve, reject) => {
      get(`${url}/ok`, { ca }, ({ statusCode }) => resolve(statusCode)).on('error', reject);
    });
    expect(status).toBe(200);
    const socket = new WebSocket(`${url.replace('https', 'wss')}/echo`, { ca });
    expect(String(await new Promise((resolve) => void socket.once('message', resolve)))).toBe('hello');
    socket.terminate();
  });

  test('a client that does not know the certificate, and one that speaks plainly: get nothing', async () => {
    const { url } = await serve((http) => void http.server.get('/ok', async () => ({})), certificate().settings);
    await expect(fetch(`${url}/ok`)).rejects.toThrow();
    await expect(fetch(`${url.replace('https', 'http')}/ok`)).rejects.toThrow();
  });

  test('a key of another certificate, or none at all: the start ends and says so', async () => {
    const [one, other] = [certificate(), certificate()];
    const wrong = serve(() => {}, { ...one.settings, 'tls-key': other.key });
    await expect(wrong).rejects.toThrow(/TLS does not work with tls-cert .* of that certificate/);
    const junk = serve(() => {}, { ...one.settings, 'tls-cert': join(one.dir, 'junk.pem') });
    await expect(junk).rejects.toThrow(/both must be PEM/);
  });
});

describe('the files of TLS', () => {
  test.each([
    [{ 'tls-cert': '/x.pem' }, 'tls-cert and tls-key belong together'],
    [{ 'tls-key': '/x.pem' }, 'tls-cert and tls-key belong together'],
    [
      { 'tls-cert': '/nonexistent/x.pem', 'tls-key': '/x' },
      'tls-cert: cannot read /nonexistent/x.pem: there is no such file',
    ],
    [{ 'tls-cert': '/', 'tls-key': '/x' }, 'tls-cert: cannot read /: it is a folder; name the PEM file in it'],
  ])('%j: the start ends and says why', async (settings, message) => {
    await expect(serve(() => {}, settings)).rejects.toThrow(message);
  });

  test('open to other machines with a token, but no TLS: warned of', async () => {
    const { text } = await serve(() => {}, { endpoint: '0.0.0.0:0', 'read-token': '0123456789abcdef' });
    expect(text()).toMatch(/can be reached from other machines; tokens and answers go unencrypted/);
  });
});
