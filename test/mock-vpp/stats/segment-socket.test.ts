import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type MockOptions, startMock } from '../../../mock-vpp/index.js';
import { socketPath, testMock, until } from '../../support/mock.js';
import { needsTools } from '../../support/needs.js';

/** Connects as VPP's readers do, maps the memory, and prints version and heartbeat. */
const READER = `
import array, mmap, os, socket, struct, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
s.connect(sys.argv[1])
data, ancillary, flags, address = s.recvmsg(16, socket.CMSG_LEN(4))
fd = array.array('i', ancillary[0][2])[0]
memory = mmap.mmap(fd, os.fstat(fd).st_size, mmap.MAP_SHARED, mmap.PROT_READ)
version, base = struct.unpack_from('<QQ', memory, 0)
directory = struct.unpack_from('<Q', memory, 32)[0] - base
print(len(data), version, struct.unpack_from('<Q', memory, directory + 8)[0])
`;

const run = promisify(execFile);

/** Reads as a reader does; gives bytes with the descriptor, version, heartbeat. */
async function look(path: string): Promise<string> {
  const { stdout } = await run('python3', ['-c', READER, path]);
  return stdout.trim();
}

const pathOfStats = (socket: string) => join(dirname(socket), 'stats.sock');

describe('the stats socket of a mock', needsTools('python3'), () => {
  it('who connects: gets the memory, whose values go on', async () => {
    const socket = socketPath();
    const mock = await testMock({ socket, stats: { socket: pathOfStats(socket) }, updateMs: 0 });
    expect(await look(pathOfStats(socket))).toBe('0 2 1');
    mock.advance(1);
    expect(await look(pathOfStats(socket))).toBe('0 2 2');
  });

  it('a restart: the new memory', async () => {
    const socket = socketPath();
    const mock = await testMock({ socket, stats: { socket: pathOfStats(socket) }, updateMs: 0 });
    mock.advance(1);
    await mock.restart();
    expect(await look(pathOfStats(socket))).toBe('0 2 1');
  });

  it('once the mock has stopped: nobody is there', async () => {
    const socket = socketPath();
    const mock = await startMock({ socket, stats: { socket: pathOfStats(socket) }, updateMs: 0 });
    await mock.stop();
    await expect(look(pathOfStats(socket))).rejects.toThrow('FileNotFoundError');
  });

  it('a helper that was ended: one warning, the mock goes on, and stops', needsTools('pgrep'), async () => {
    const warnings: string[] = [];
    const socket = socketPath();
    const path = pathOfStats(socket);
    const log: MockOptions['log'] = (level, message) => level === 'warn' && warnings.push(message);
    const mock = await startMock({ socket, stats: { socket: path }, updateMs: 0, log });
    const { stdout } = await run('pgrep', ['-f', `python3 -c .* ${path} `]).catch(() => ({ stdout: '' }));
    for (const pid of stdout.trim().split('\n').filter(Boolean)) process.kill(Number(pid), 'SIGKILL');
    await until(() => warnings.length > 0);
    expect(warnings).toEqual([`the stats socket ${path} is gone: python3 has ended`]);
    mock.advance(1);
    await mock.stop();
  });

  it(
    'Ctrl-C, which ends all of a process group: the helper stays until the mock has removed the socket',
    needsTools('ps'),
    async () => {
      const socket = socketPath();
      await testMock({ socket, stats: { socket: pathOfStats(socket) }, updateMs: 0 });
      const { stdout } = await run('ps', ['-o', 'pgid=', '--ppid', String(process.pid)]);
      const groups = stdout.trim().split(/\s+/);
      const { stdout: own } = await run('ps', ['-o', 'pgid=', '-p', String(process.pid)]);
      expect(groups).toContainEqual(expect.not.stringMatching(`^${own.trim()}$`));
    },
  );

  it('a path that is too long for a socket: said so', async () => {
    const socket = socketPath();
    const path = join(dirname(socket), 'x'.repeat(120));
    await expect(startMock({ socket, stats: { socket: path } })).rejects.toThrow(/AF_UNIX path too long/);
  });

  it('a directory that is missing: is made', async () => {
    const socket = socketPath();
    const path = join(dirname(socket), 'new', 'stats.sock');
    const file = join(dirname(socket), 'segment');
    await testMock({ socket, stats: { socket: path, file }, updateMs: 0 });
    expect(await look(path)).toBe('0 2 1');
  });

  it('a socket that another one listens on, or of another kind: said, and the mock does not start', async () => {
    const socket = socketPath();
    const stats = { socket: pathOfStats(socket) };
    await testMock({ socket, stats, updateMs: 0 });
    const other = socketPath();
    const beside = { ...stats, file: join(dirname(other), 'segment') };
    await expect(startMock({ socket: other, stats: beside })).rejects.toThrow(
      `the stats socket cannot be made: ${stats.socket} is in use by another process`,
    );
    const server = createServer().listen(join(dirname(other), 'stream.sock'));
    onTestFinished(() => void server.close());
    const stream = { socket: join(dirname(other), 'stream.sock') };
    await expect(startMock({ socket: other, stats: stream })).rejects.toThrow('is there and is no stats socket');
  });
});

it('without python3: the advice names the file', async () => {
  const { PATH } = process.env;
  process.env.PATH = '/nowhere';
  onTestFinished(() => {
    process.env.PATH = PATH;
  });
  const socket = socketPath();
  await expect(startMock({ socket, stats: { socket: pathOfStats(socket) } })).rejects.toThrow(
    'the stats socket needs python3, which is not in PATH: install it, or give a stats file instead of a socket',
  );
});
