/** The identity of a socket file: what changes it, and what does not. */

import { chmodSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { type SocketFile, socketFileAt } from '../src/socket-file.js';
import { scratch } from './support/vpp.js';
import { afterThis } from './support/world.js';

/** A socket that is listened on, until the end of the test. */
async function listenAt(path: string): Promise<SocketFile> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  afterThis(() => server.close());
  return socketFileAt(path) as SocketFile;
}

function folder() {
  const { path, remove } = scratch();
  afterThis(remove);
  return path;
}

it('another mode or name: the same socket, with another revision', async () => {
  const path = folder();
  const before = await listenAt(path('a'));
  chmodSync(path('a'), 0o700);
  const after = socketFileAt(path('a'));
  expect(after?.identity).toBe(before.identity);
  expect(after?.revision).not.toBe(before.revision);
  renameSync(path('a'), path('b'));
  expect(socketFileAt(path('b'))?.identity).toBe(before.identity);
});

it('made anew at the same path, and seen through a link: another socket', async () => {
  const path = folder();
  symlinkSync(path('a'), path('link'));
  expect(socketFileAt(path('link'))).toBeUndefined();
  const before = await listenAt(path('a'));
  expect(socketFileAt(path('link'))).toEqual(before);
  rmSync(path('a'));
  expect(socketFileAt(path('a'))).toBeUndefined();
  writeFileSync(path('other'), ''); // may take the inode that is free now
  const after = await listenAt(path('a'));
  expect(after.identity).not.toBe(before.identity);
  expect(after).toMatchObject({ uid: process.getuid?.(), device: before.device });
});
