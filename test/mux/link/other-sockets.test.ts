import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { connect } from '../../../src/mux/index.js';
import { socketError } from '../../../src/mux/link/socket-error.js';
import { openUnixLink } from '../../../src/mux/link/unix-link.js';
import { cli } from '../../cli/run-cli.js';
import { scratch } from '../../support/vpp.js';

/** Bytes that VPP's cli.sock sends to a new client (telnet options of its character mode). */
const TELNET = Buffer.from('fffc22fffe22fffb03fffd03fffb01fffe01fffd18fffa1801fff0fffd1ffffa1f01fff0', 'hex');

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A socket that greets each client with `greeting` and never says more. */
async function greeting(bytes: Buffer | string): Promise<string> {
  const socket = scratch().path('cli.sock');
  const server = createServer((client) => {
    client.on('error', () => undefined);
    client.write(bytes);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return socket;
}

describe("VPP's other sockets", () => {
  it.each([
    ['telnet options', TELNET],
    ['a prompt, cli-line-mode', 'vpp# '],
  ])('the command line, %s: named at the connect, instead of a hung VPP', async (_, bytes) => {
    const socket = await greeting(bytes);
    await expect(connect({ socket })).rejects.toMatchObject({
      code: 'WRONG_SOCKET',
      outcome: 'not-sent',
      message: expect.stringMatching(/cli\.sock, for vppctl -s\); give the API socket, which is api\.sock/),
    });
  });

  it('a socket of another type: the stats socket is named, not EPROTOTYPE', () => {
    const refusal = Object.assign(new Error('connect EPROTOTYPE'), { code: 'EPROTOTYPE' });
    const error = socketError('/run/vpp/stats.sock', refusal);
    expect(error).toMatchObject({ code: 'WRONG_SOCKET', cause: refusal, outcome: 'not-sent' });
    expect(error.message).toMatch(/as VPP's stats socket \(stats\.sock\) is; give the API socket/);
    expect(error.message).not.toMatch(/EPROTOTYPE/);
  });

  it('a frame that begins with any pointer: no command line', async () => {
    // 0xff… in the bytes that VPP leaves as they are (WIRE 3.1).
    const header = Buffer.from('fffbffffffffffff00000002ffffffff', 'hex');
    const socket = await greeting(Buffer.concat([header, Buffer.from('0010', 'hex')]));
    const link = await openUnixLink({ socket, timeoutMs: 5000, maxFrameBytes: 1024 });
    const body = await new Promise<string>((resolve, reject) => {
      link.onClose = reject;
      link.onMessage = (bytes, start, end) => resolve(bytes.toString('hex', start, end));
    });
    link.close();
    expect(body).toBe('0010');
  });

  it.each(['call', 'dump', 'watch'])('%s at the command line: says so, exit code 3', async (command) => {
    const socket = await greeting(TELNET);
    const { code, stderr } = await cli([
      command,
      command === 'watch' ? 'sw_interface_event' : 'show_version',
      '--socket',
      socket,
    ]);
    expect(stderr).toMatch(/is not VPP's API socket but the one of its command line/);
    expect(code).toBe(3);
  });

  it('doctor at the command line: the socket is wrong, VPP is not said to hang', async () => {
    const socket = await greeting(TELNET);
    const { stdout, code } = await cli(['doctor', '--socket', socket, '--json']);
    const found = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(found.find(({ check }) => check === 'socket')).toMatchObject({
      ok: 'no',
      detail: expect.stringMatching(/is not VPP's API socket but the one of its command line/),
      fix: expect.stringMatching(/^give VPP's API socket, api\.sock next to it/),
    });
    expect(stdout).not.toMatch(/hung/);
    expect(code).toBe(8);
  });
});
