import { createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type CLibrary, cLibrary } from '../../../src/c-library.js';
import { peerReader } from '../../../src/mux/relay/peer-credentials.js';
import { socketPath } from '../../support/mock.js';
import { RawClient } from '../../support/raw-client.js';
import { relayWorld } from '../../support/relay-world.js';

/** A C library whose getsockopt answers with these. */
function fakeLibrary(pid: number, retval = 0): () => Promise<CLibrary> {
  const getsockopt = (_fd: number, level: number, name: number, value: Buffer) => {
    if (level !== 1 || name !== 17) return -1;
    new Int32Array(value.buffer, value.byteOffset, 3).set([pid, 1000, 992]);
    return retval;
  };
  return async () => ({ func: () => getsockopt as (...args: unknown[]) => unknown });
}

/** This end of a connection that somebody has made. */
async function connected(): Promise<Socket> {
  const path = socketPath();
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve));
  const { ownSchema } = await import('../../support/mock.js');
  const client = await RawClient.open(path, await ownSchema());
  const socket = await accepted;
  onTestFinished(() => {
    client.close();
    socket.destroy();
  });
  return socket;
}

describe('peerReader', () => {
  it('uid, gid, pid and the name of the program', async () => {
    const read = await peerReader(() => {}, fakeLibrary(process.pid));
    const peer = read(await connected());
    expect(peer).toMatchObject({ uid: 1000, gid: 992, pid: process.pid, command: expect.any(String) });
  });

  it('a process of another container: without pid', async () => {
    const read = await peerReader(() => {}, fakeLibrary(0));
    expect(read(await connected())).toEqual({ uid: 1000, gid: 992 });
  });

  it('a process that is gone: without the name of its program', async () => {
    const read = await peerReader(() => {}, fakeLibrary(0x7fffffff));
    expect(read(await connected())).toEqual({ uid: 1000, gid: 992, pid: 0x7fffffff, command: undefined });
  });

  it('a system that refuses, and a socket that is closed: nothing', async () => {
    const read = await peerReader(() => {}, fakeLibrary(1, -1));
    expect(read(await connected())).toBeUndefined();
    expect(read({} as Socket)).toBeUndefined();
  });

  it('without koffi: nothing, and the reason once', async () => {
    const reasons: string[] = [];
    const read = await peerReader(
      (reason) => reasons.push(reason),
      async (without) => {
        without('not installed');
        return undefined;
      },
    );
    expect(read(await connected())).toBeUndefined();
    expect(reasons).toEqual(['not installed']);
  });
});

it('a client in the list: has its process where koffi is installed, and no such key elsewhere', async () => {
  const { client, api } = await relayWorld();
  await client('gopher');
  const isThere = (await cLibrary(() => {})) !== undefined;
  const own = { uid: process.getuid?.(), gid: process.getgid?.(), pid: process.pid };
  expect(api.clients()).toEqual([
    isThere
      ? expect.objectContaining({ peer: expect.objectContaining(own) })
      : expect.not.objectContaining({ peer: expect.anything() }),
  ]);
});
