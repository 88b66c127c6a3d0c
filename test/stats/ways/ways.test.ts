/** Ways to the memory: each that works leads to the same segment, and each that does not says why in one line. */
import { chmodSync, closeSync, openSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openStats, type StatsWay } from '../../../src/stats/index.js';
import { koffiCalls } from '../../../src/stats/ways/koffi-calls.js';
import { nodeFfiCalls } from '../../../src/stats/ways/node-ffi-calls.js';
import { receiveByPython } from '../../../src/stats/ways/python3-way.js';
import { receiveDescriptor } from '../../../src/stats/ways/receive-descriptor.js';
import { type Way, WayError } from '../../../src/stats/ways/way.js';
import { reachSegment, tryWays } from '../../../src/stats/ways/ways.js';
import { directoryWith } from '../../agent/support.js';
import { socketPath, testMock } from '../../support/mock.js';
import { needsTools } from '../../support/needs.js';

const beside = (socket: string) => join(dirname(socket), 'stats.sock');

async function countingMock() {
  const socket = socketPath();
  return testMock({ socket, stats: { socket: beside(socket) }, updateMs: 0 });
}

const failing = (name: StatsWay, kind: WayError['kind'], text: string): Way => ({
  name,
  reach: () => Promise.reject(new WayError(kind, text)),
});

describe('a stats socket', needsTools('python3'), () => {
  it.each(['koffi', 'python3'] as const)('%s: reads it', async (way) => {
    const mock = await countingMock();
    const stats = openStats({ socket: beside(mock.socket), ways: [way] });
    expect((await stats.system()).heartbeat).toBe(1n);
    expect(stats.state).toMatchObject({ state: 'reading', way });
    await stats.close();
  });

  it("python3: takes no module from another user's folder", async () => {
    const mock = await countingMock();
    const folder = directoryWith({ 'socket.py': 'raise SystemExit(1)\n' });
    vi.stubEnv('PYTHONPATH', folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { fd } = await receiveByPython(beside(mock.socket));
    closeSync(fd);
  });

  it('all ways: are tried, and say why they do not work', async () => {
    const mock = await countingMock();
    const reports = await tryWays(beside(mock.socket));
    expect(reports.map(({ way }) => way)).toEqual(['node:ffi', 'koffi', 'proc', 'python3']);
    for (const { works, reason } of reports) expect(reason === undefined).toBe(works);
  });

  it('the end of the mock, and its next start: read on', async () => {
    const mock = await countingMock();
    const stats = openStats({ socket: beside(mock.socket) });
    await stats.system();
    await mock.stop();
    await expect(stats.system()).rejects.toMatchObject({ code: 'STATS_AWAY' });
    expect(stats.state).toMatchObject({ state: 'away', reason: expect.stringContaining('start VPP') });
    await mock.start();
    expect((await stats.system()).heartbeat).toBe(1n);
    await stats.close();
  });
});

describe('what is no stats socket', () => {
  it.each(['koffi', 'python3'] as const)(
    '%s: none there, a stream socket, a plain file, a path that is too long',
    async (way) => {
      const path = socketPath();
      const reading = (socket: string) => {
        const stats = openStats({ socket, ways: [way] });
        onTestFinished(() => stats.close());
        return stats.system();
      };
      await expect(reading(path)).rejects.toMatchObject({ code: 'STATS_AWAY' });
      const server = createServer().listen(path);
      onTestFinished(() => void server.close());
      await new Promise((resolve) => server.once('listening', resolve));
      await expect(reading(path)).rejects.toMatchObject({ code: 'STATS_UNREACHABLE' });
      writeFileSync(`${path}.file`, '');
      await expect(reading(`${path}.file`)).rejects.toMatchObject({ code: 'STATS_AWAY' });
    },
  );

  it('no permission: one line that says what to do', async () => {
    const path = socketPath();
    const ways = [failing('koffi', 'permission', 'no permission'), failing('proc', 'other', 'none is visible')];
    await expect(reachSegment(path, ways)).rejects.toMatchObject({
      code: 'STATS_PERMISSION',
      message: `${path}: no permission; join the group of the socket, or set unix { gid … } in startup.conf (koffi: no permission; proc: none is visible)`,
      ways: { koffi: 'no permission', proc: 'none is visible' },
    });
  });

  it('a VPP that does not answer: STATS_BUSY, and no other way is tried', async () => {
    const ways = [failing('koffi', 'silent', 'VPP does not answer there'), failing('python3', 'other', 'never')];
    await expect(reachSegment('/x', ways)).rejects.toMatchObject({ code: 'STATS_BUSY' });
  });

  it('no way that works: the reason of each', async () => {
    const ways = [
      failing('koffi', 'other', 'koffi is not to be had'),
      failing('python3', 'other', 'python3 is not installed'),
    ];
    await expect(reachSegment('/x', ways)).rejects.toMatchObject({
      code: 'STATS_UNREACHABLE',
      message: 'no way to the stats segment of /x: koffi: koffi is not to be had; python3: python3 is not installed',
    });
  });
});

describe('what a machine lacks', () => {
  it('koffi: said, with the command that installs it', async () => {
    const missing = (without: (reason: string) => void) => {
      without("Cannot find package 'koffi'");
      return Promise.resolve(undefined);
    };
    await expect(koffiCalls(missing)).rejects.toThrow(
      "koffi is not to be had (Cannot find package 'koffi'); npm install koffi",
    );
  });

  it('node:ffi: said, with the version of Node, or the option', async () => {
    const none = () => Promise.reject(new Error('No such built-in module: node:ffi'));
    await expect(nodeFfiCalls(none)).rejects.toThrow(
      /^(Node \S+ does not have it; Node 26.1 does|it is not enabled: )/,
    );
  });

  it('python3: said', async () => {
    await expect(receiveByPython('/x', 'python-of-the-future')).rejects.toThrow(
      'python-of-the-future is not installed',
    );
  });

  it('a program in the place of python3 that says nothing: given up', async () => {
    const path = `${socketPath()}.sh`;
    writeFileSync(path, '#!/bin/sh\n');
    chmodSync(path, 0o755);
    await expect(receiveByPython('/x', path)).rejects.toThrow(`${path} ended without an answer`);
  });
});

describe('receiving a descriptor', () => {
  /** A C library whose recvmsg gives nothing. */
  const calls = (recvmsg: number, errno: number) => {
    const fd = openSync('/dev/null', 'r');
    return {
      socket: () => fd,
      connect: () => 0,
      getsockopt: () => -1,
      recvmsg: () => recvmsg,
      malloc: () => 4096n,
      free: () => {},
      write: () => {},
      read: () => {},
      errno: () => errno,
    };
  };

  it('a VPP that accepts and sends nothing: waited for, then given up', async () => {
    await expect(receiveDescriptor(calls(-1, 11), '/x', 5)).rejects.toMatchObject({ kind: 'silent' });
  });

  it('an end without a descriptor: said', async () => {
    await expect(receiveDescriptor(calls(0, 0), '/x', 5)).rejects.toThrow('it sent no segment: it is no stats socket');
  });

  it('a path that is too long: said', async () => {
    await expect(receiveDescriptor(calls(0, 0), `/${'x'.repeat(120)}`, 5)).rejects.toThrow('more than 107 bytes');
  });
});
