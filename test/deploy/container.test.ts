/** The container file, and the health check in it. */

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { validate } from 'dockerfile-utils';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { certificate } from '../support/certificate.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'deploy', 'container');
const dockerfile = readFileSync(join(folder, 'Dockerfile'), 'utf8');
const { engines, files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const argumentsOf = (keyword: string) =>
  [...dockerfile.matchAll(new RegExp(`^${keyword} (.*)$`, 'gm'))].map(([, text]) => text);

describe('the container file', () => {
  it('has no mistakes', () => {
    expect(validate(dockerfile)).toEqual([]);
  });

  it('Node: is one that vppmux runs on', () => {
    for (const from of argumentsOf('FROM')) {
      const major = Number(/^node:(\d+)-slim\b/.exec(from)?.[1]);
      expect(major).toBeGreaterThan(Number(/>=(\d+)/.exec(engines.node)?.[1]));
    }
  });

  it('what it copies and runs: is there, and is packed', () => {
    const [sources] = argumentsOf('COPY').map((text) => text.split(' ').slice(0, -1));
    for (const path of sources) expect(existsSync(join(root, path))).toBe(true);
    const [check] = [...dockerfile.matchAll(/CMD \["node", "\/opt\/vppmux\/(\S+)"\]/g)].map(([, path]) => path);
    expect(existsSync(join(root, check))).toBe(true);
    expect(files).toContain(check.split('/')[0]);
  });

  it('runs as nobody known, and not as root', () => {
    expect(argumentsOf('USER')).toEqual(['65532:65532']);
  });

  it('the port: is the one that it exposes, checks, and that compose.yaml publishes', () => {
    expect(dockerfile).toContain("'endpoint: 0.0.0.0:9191'");
    expect(argumentsOf('EXPOSE')).toEqual(['9191']);
    const { services } = parse(readFileSync(join(folder, 'compose.yaml'), 'utf8'));
    expect(services.agent.ports).toEqual(['127.0.0.1:9191:9191']);
  });
});

describe('the health check', () => {
  const check = (url: string) =>
    new Promise<{ code: number | null; said: string }>((resolve) => {
      const child = spawn(process.execPath, [join(folder, 'healthcheck.mjs')], { env: { VPPMUX_HEALTH_URL: url } });
      let said = '';
      child.stderr.on('data', (chunk) => {
        said += chunk;
      });
      child.on('close', (code) => resolve({ code, said }));
    });

  async function listening(server: Server): Promise<string> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/liveness`;
  }

  it('the agent answers, with or without TLS: is well', async () => {
    const answer = (_: unknown, response: { end(text: string): unknown }) => void response.end('{}');
    expect(await check(await listening(createServer(answer)))).toEqual({ code: 0, said: '' });
    const files = { key: readFileSync(certificate.key), cert: readFileSync(certificate.cert) };
    expect(await check(await listening(createTlsServer(files, answer)))).toEqual({ code: 0, said: '' });
  });

  it('anything but 200, and nobody there: is not, and says why', async () => {
    const url = await listening(createServer((_, response) => response.writeHead(503).end()));
    expect(await check(url)).toEqual({ code: 1, said: `${url}: 503\n` });
    expect(await check('http://127.0.0.1:1/liveness')).toMatchObject({
      code: 1,
      said: expect.stringContaining('ECONNREFUSED'),
    });
  });
});
