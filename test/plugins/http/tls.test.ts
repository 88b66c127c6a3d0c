/** TLS. */

import { chmodSync, readFileSync } from 'node:fs';
import { get } from 'node:https';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { directoryWith } from '../../agent/support.js';
import { certificate } from '../../support/certificate.js';
import { serve } from './support.js';

const settings = { 'tls-cert': certificate.cert, 'tls-key': certificate.key };

describe('TLS', () => {
  it('a certificate and its key: https and wss', async () => {
    const { url } = await serve((http) => {
      http.server.get('/ok', async () => ({ ok: true }));
      http.socket('/echo', (socket) => socket.send('hello'));
    }, settings);
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:/);
    const ca = readFileSync(certificate.cert);
    const status = await new Promise((resolve, reject) => {
      get(`${url}/ok`, { ca }, ({ statusCode }) => resolve(statusCode)).on('error', reject);
    });
    expect(status).toBe(200);
    const socket = new WebSocket(`${url.replace('https', 'wss')}/echo`, { ca });
    expect(String(await new Promise((resolve) => void socket.once('message', resolve)))).toBe('hello');
    socket.terminate();
  });

  it('a client that does not know the certificate, and one that speaks plainly: get nothing', async () => {
    const { url } = await serve((http) => void http.server.get('/ok', async () => ({})), settings);
    await expect(fetch(`${url}/ok`)).rejects.toThrow();
    await expect(fetch(`${url.replace('https', 'http')}/ok`)).rejects.toThrow();
  });

  it('a key of another certificate, or none at all: the start ends and says so', async () => {
    const junkFile = join(directoryWith({ 'junk.pem': 'no certificate\n' }), 'junk.pem');
    const wrong = serve(() => {}, { ...settings, 'tls-key': certificate.otherKey });
    await expect(wrong).rejects.toThrow(/TLS does not work with tls-cert .* of that certificate/);
    const junk = serve(() => {}, { ...settings, 'tls-cert': junkFile });
    await expect(junk).rejects.toThrow(/both must be PEM/);
  });
});

describe('the files of TLS', () => {
  it.each([
    [{ 'tls-cert': '/x.pem' }, 'tls-cert and tls-key belong together'],
    [{ 'tls-key': '/x.pem' }, 'tls-cert and tls-key belong together'],
    [
      { 'tls-cert': '/nonexistent/x.pem', 'tls-key': '/x' },
      'tls-cert: cannot read /nonexistent/x.pem: there is no such file',
    ],
    [{ 'tls-cert': '/', 'tls-key': '/x' }, 'tls-cert: cannot read /: it is a folder; name the file in it'],
  ])('%j: the start ends and says why', async (settings, message) => {
    await expect(serve(() => {}, settings)).rejects.toThrow(message);
  });

  it('a key that others can read: the start ends and says what to do', async () => {
    const dir = directoryWith({ 'key.pem': readFileSync(certificate.key, 'utf8') });
    const key = join(dir, 'key.pem');
    chmodSync(key, 0o644);
    await expect(serve(() => {}, { ...settings, 'tls-key': key })).rejects.toThrow(
      `tls-key: cannot read ${key}: every user of this machine can read it (mode 0644); chmod 640 ${key}`,
    );
  });

  it('as credentials of systemd, and with file: before the path: are found', async () => {
    vi.stubEnv('CREDENTIALS_DIRECTORY', dirname(certificate.key));
    onTestFinished(() => void vi.unstubAllEnvs());
    const files = { 'tls-cert': `file:${certificate.cert}`, 'tls-key': `credential:${basename(certificate.key)}` };
    expect((await serve(() => {}, files)).url).toMatch(/^https:/);
  });

  it('open to other machines with a token, but no TLS: warned of', async () => {
    const { text } = await serve(() => {}, { endpoint: '0.0.0.0:0', 'read-token': '0123456789abcdef' });
    expect(text()).toMatch(/can be reached from other machines; tokens and answers go unencrypted/);
  });
});
