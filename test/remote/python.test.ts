/** The examples in Python, with an agent that refuses, closes, or is something else. */

import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { root } from '../support/built.js';
import { excused } from '../support/needs.js';
import { pythonMissing } from '../support/tools.js';

const HELLO = { type: 'hello', version: '0', access: 'write', state: { state: 'ready' } };
const REFUSED = { error: { code: 'RATE_LIMITED', message: 'too many requests', requestId: 'r' } };

/** Runs an example until its end. */
async function run(example: string, ...args: string[]) {
  const child = spawn('python3', [join(root, 'examples', 'python', example), ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, out, err };
}

async function listening(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { server, at: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Runs the example of a channel; `answer` gets the frames that it sends. */
async function channelWith(answer: (frame: Record<string, unknown>, socket: WebSocket) => void) {
  const { server, at } = await listening((_request, response) => response.end());
  new WebSocketServer({ server, handleProtocols: ([first]) => first }).on('connection', (socket) => {
    socket.send(JSON.stringify(HELLO));
    socket.on('message', (data) => answer(JSON.parse(String(data)), socket));
  });
  return run('websocket_channel.py', `ws://${at}`);
}

/** Answers `open`, and a dump with `of`. */
const opening =
  (of: (id: unknown, socket: WebSocket) => void) =>
  ({ type, id }: Record<string, unknown>, socket: WebSocket) => {
    if (type === 'open') socket.send(JSON.stringify({ type: 'opened', channel: 1, number: 7 }));
    if (type === 'dump') of(id, socket);
  };

describe('websocket_channel.py', excused(pythonMissing('websockets')), () => {
  it('the agent closes the socket: ends with its reason, whatever was waited for', async () => {
    const answers = [
      (_frame: unknown, socket: WebSocket) => socket.close(4429, 'too many sockets'),
      opening((_id, socket) => socket.close(4429, 'too many sockets')),
    ];
    for (const answer of answers) {
      expect(await channelWith(answer)).toMatchObject({ code: 1, err: expect.stringMatching(/^lost: .*too many/) });
    }
  });

  it('the agent closes the channel: ends with its reason', async () => {
    const closed = { type: 'closed', channel: 1, reason: 'the plugin ends' };
    const ended = await channelWith(opening((_id, socket) => socket.send(JSON.stringify(closed))));
    expect(ended).toMatchObject({ code: 1, err: 'refused: the channel is closed: the plugin ends\n' });
  });

  it('frames of a number that it does not have, or no frame: the first is skipped, the second ends it', async () => {
    const ended = await channelWith(
      opening((_id, socket) => {
        socket.send(JSON.stringify({ type: 'end', id: 99 }));
        socket.send('this is no frame');
      }),
    );
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('JSONDecodeError');
  });
});

describe('events.py', excused(pythonMissing()), () => {
  it('busy or restarting: asks again, and goes on', async () => {
    let asked = 0;
    const { at } = await listening((_request, response) => {
      asked += 1;
      if (asked === 1) response.writeHead(429, { 'retry-after': '0' }).end(JSON.stringify(REFUSED));
      else if (asked === 2) response.writeHead(503, { 'retry-after': '0' }).end('<html>');
      else response.end('data: {"n": 1}\n\n');
    });
    const { code, out, err } = await run('events.py', `http://${at}/`, '1');
    expect({ code, out }).toEqual({ code: 0, out: "{'n': 1}\n" });
    expect(err).toMatch(/^not now: too many requests\nnot now: .*503.*\n$/);
  });

  it.each([
    [401, JSON.stringify({ error: { code: 'UNAUTHORIZED', message: 'a token is needed' } }), 'a token is needed'],
    [404, JSON.stringify({ detail: 'there is no such event' }), 'there is no such event'],
    [404, '<html>', 'HTTP Error 404: Not Found'],
    [404, '[]', 'HTTP Error 404: Not Found'],
  ])('refused with %i %s: ends with the reason', async (status, body, reason) => {
    const { at } = await listening((_request, response) => response.writeHead(status).end(body));
    expect(await run('events.py', `http://${at}/`)).toMatchObject({ code: 1, err: `refused: ${reason}\n` });
  });
});

describe('rest.py', excused(pythonMissing()), () => {
  it.each([
    [JSON.stringify(REFUSED), 'RATE_LIMITED'],
    ['<html>', '429'],
  ])('refused with %s: has a code', async (body, code) => {
    const { at } = await listening((request, response) => {
      if (request.url === '/vpp/show_version') response.end('{"version": "1"}');
      else if (request.url === '/vpp/sw_interface_dump') response.end();
      else response.writeHead(429).end(body);
    });
    expect(await run('rest.py', `http://${at}`)).toMatchObject({ code: 0, out: `VPP 1\nloop0: ${code}\n` });
  });
});
