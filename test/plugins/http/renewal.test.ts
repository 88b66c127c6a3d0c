/** Tokens and certificates that change while the agent runs. */

import { chmodSync, copyFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { directoryWith } from '../../agent/support.js';
import { certificate } from '../../support/certificate.js';
import { serve } from './support.js';

const [OLD, NEW] = ['old-token-of-this-test', 'new-token-of-this-test'];
const untilTrue = (check: () => unknown) => vi.waitFor(check, { interval: 10 });

/** An agent whose http.conf is `conf`, in a folder with `files`; `$DIR` is the folder. */
async function configured(conf: string, files: Record<string, string> = {}) {
  const dir = directoryWith(files);
  const write = (text: string) => writeFileSync(join(dir, 'http.conf'), text.replaceAll('$DIR', dir));
  write(conf);
  const all = await serve(
    (http) => {
      http.server.get('/ok', async () => ({}));
      http.socket('/live', (socket) => socket.send('hello'));
    },
    {},
    { configDir: dir },
  );
  const change = (text: string) => {
    write(text);
    all.agent.reload();
  };
  const ask = async (token?: string) => {
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return (await fetch(`${all.url}/ok`, { headers })).status;
  };
  return { ...all, dir, change, ask };
}

/** A WebSocket that was let in, and how it ends. */
async function watching(url: string, token: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/live`, { headers: { authorization: `Bearer ${token}` } });
  onTestFinished(() => socket.terminate());
  await new Promise((resolve) => void socket.once('message', resolve));
  let end: number | undefined;
  socket.on('close', (code) => {
    end = code;
  });
  return { ended: () => end };
}

describe('http.conf changes', () => {
  it('other tokens, another access of this machine: count at once, also for WebSockets that are open', async () => {
    const common = `read-token: ${'r'.repeat(20)}\n`;
    const { change, ask, url, text } = await configured(`${common}write-token: ${OLD}\n`);
    expect([await ask(), await ask(OLD), await ask(NEW)]).toEqual([200, 200, 401]);
    const [leaves, stays] = [await watching(url, OLD), await watching(url, 'r'.repeat(20))];
    change(`${common}write-token: ${NEW}\nloopback-access: none\n`);
    await untilTrue(() => expect(text()).toContain('configuration has changed: write-token, loopback-access'));
    expect([await ask(), await ask(OLD), await ask(NEW)]).toEqual([401, 401, 200]);
    await untilTrue(() => expect(leaves.ended()).toBe(1008));
    expect(stays.ended()).toBeUndefined();
    expect(text()).not.toMatch(new RegExp(`${OLD}|${NEW}`));
  });

  it('a token that cannot be found: is told, and what was in effect stays', async () => {
    const { change, ask, text, lines } = await configured(`write-token: ${OLD}\n`);
    change('write-token: file:$DIR/gone\n');
    await untilTrue(() =>
      expect(text()).toMatch(/configuration failed: write-token: cannot read \S+gone: there is no such file/),
    );
    expect(await ask(OLD)).toBe(200);
    expect(lines.filter((line) => 'err' in line)).toEqual([]); // no stack of ours
  });

  it('what the server was made with: takes a start, the rest counts', async () => {
    const { agent, change, ask, text } = await configured(`write-token: ${OLD}\n`);
    change(`write-token: ${NEW}\nbody-limit: 2048\nrate-limit: 5\n`);
    const line = 'body-limit, rate-limit of http.conf: takes effect when the agent is started again';
    await untilTrue(() => expect(text()).toContain(line));
    expect([await ask(OLD), await ask(NEW)]).toEqual([401, 200]);
    const status = agent.status.status.parts.find(({ name }) => name === 'http');
    expect(status).toMatchObject({ state: 'ok', reason: expect.stringMatching(/^listening at http/) });
  });
});

describe('a file that http.conf names', () => {
  it('another token in it: counts, without a word to the agent; a broken one does not', async () => {
    const { agent, ask, dir, text } = await configured('write-token: file:$DIR/write.token\n', { 'write.token': OLD });
    expect([await ask(OLD), await ask(NEW)]).toEqual([200, 401]);
    writeFileSync(join(dir, 'write.token'), `${NEW}\n`);
    await untilTrue(async () => expect([await ask(OLD), await ask(NEW)]).toEqual([401, 200]));
    expect(text()).toContain('http info: the tokens and the certificate have been read again');
    writeFileSync(join(dir, 'write.token'), 'short\n');
    await untilTrue(() =>
      expect(text()).toMatch(/http error: write-token: there is no token in .*write\.token; .*stays in effect/),
    );
    expect(await ask(NEW)).toBe(200);
    const status = () => agent.status.status.parts.find(({ name }) => name === 'http');
    expect(status()).toMatchObject({ state: 'degraded', reason: expect.not.stringContaining(dir) });
    writeFileSync(join(dir, 'write.token'), `${OLD}\n`);
    await untilTrue(async () => expect(await ask(OLD)).toBe(200));
    expect(status()).toMatchObject({ state: 'ok', reason: expect.stringMatching(/^listening at http/) });
  });

  it('open to everybody when it is renewed: does not count, and is told with what to do', async () => {
    const { ask, dir, text } = await configured('write-token: file:$DIR/write.token\n', { 'write.token': OLD });
    writeFileSync(join(dir, 'next'), NEW, { mode: 0o644 });
    renameSync(join(dir, 'next'), join(dir, 'write.token'));
    const line =
      /http error: write-token: .*every user of this machine can read it \(mode 0644\); chmod 640 .*stays in effect/;
    await untilTrue(() => expect(text()).toMatch(line));
    expect([await ask(OLD), await ask(NEW)]).toEqual([200, 401]);
    chmodSync(join(dir, 'write.token'), 0o600);
    await untilTrue(async () => expect([await ask(OLD), await ask(NEW)]).toEqual([401, 200]));
  });

  it('a secret that Kubernetes renews, by exchanging the folder behind its links: counts', async () => {
    const mount = directoryWith({ '..1/token': OLD, '..2/token': NEW });
    symlinkSync('..1', join(mount, '..data'));
    symlinkSync('..data/token', join(mount, 'token'));
    const { ask } = await configured(`write-token: file:${join(mount, 'token')}\n`);
    expect([await ask(OLD), await ask(NEW)]).toEqual([200, 401]);
    symlinkSync('..2', join(mount, '..data_tmp'));
    renameSync(join(mount, '..data_tmp'), join(mount, '..data'));
    await untilTrue(async () => expect([await ask(OLD), await ask(NEW)]).toEqual([401, 200]));
  });

  it('a renewed certificate: is what new connections get', async () => {
    const dir = directoryWith({});
    const put = (cert: string, key: string) => {
      copyFileSync(cert, join(dir, 'cert.pem'));
      copyFileSync(key, join(dir, 'key.pem'));
    };
    put(certificate.cert, certificate.key);
    const { url } = await serve(() => {}, { 'tls-cert': join(dir, 'cert.pem'), 'tls-key': join(dir, 'key.pem') });
    const subject = () =>
      new Promise((resolve, reject) => {
        const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', rejectUnauthorized: false });
        socket.once('error', reject).once('secureConnect', () => {
          resolve(socket.getPeerCertificate().subject.CN);
          socket.destroy();
        });
      });
    expect(await subject()).toBe('vppmux test');
    put(certificate.otherCert, certificate.otherKey);
    await untilTrue(async () => expect(await subject()).toBe('vppmux test, renewed'));
  });
});
