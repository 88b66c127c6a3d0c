/** The socket file of an API socket: who may come in, and what is replaced. */
import { once } from 'node:events';
import { existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { listen } from '../../../src/mux/relay/listening.js';
import { scratch } from '../../support/vpp.js';
import { afterThis } from '../../support/world.js';

async function listening(options: Parameters<typeof listen>[0]) {
  const server = await listen(options, (socket) => socket.destroy());
  afterThis(() => void server.close());
  return server;
}

/** A directory of the test's own. */
function folder() {
  const { path, remove } = scratch();
  afterThis(remove);
  return path;
}

describe('the socket file', () => {
  it('is made with its folders, for owner and group', async () => {
    const path = folder()('a/b/api.sock');
    await listening({ path });
    expect(statSync(path).mode & 0o7777).toBe(0o770);
  });

  it('has the mode that was given, whatever the umask', async () => {
    const path = folder()('api.sock');
    const umask = process.umask(0o077);
    afterThis(() => void process.umask(umask));
    await listening({ path, mode: 0o666 });
    expect(statSync(path).mode & 0o777).toBe(0o666);
    expect(process.umask()).toBe(0o077);
  });

  it('left behind by a process that is gone: is replaced', async () => {
    const path = folder()('api.sock');
    const dead = createServer();
    dead.listen(path);
    await once(dead, 'listening');
    const kept = folder()('kept.sock');
    // Node removes the file of a server that it closes: a link keeps it.
    symlinkSync(path, kept);
    dead.close();
    await listening({ path });
    expect(existsSync(path)).toBe(true);
  });

  it('that somebody listens on: is refused, and the other goes on', async () => {
    const path = folder()('api.sock');
    await listening({ path });
    await expect(listen({ path }, () => {})).rejects.toMatchObject({ code: 'BAD_OPTION' });
    expect(existsSync(path)).toBe(true);
  });

  it('that is no socket: is refused, and stays', async () => {
    const path = folder()('file');
    writeFileSync(path, 'precious');
    await expect(listen({ path }, () => {})).rejects.toThrow('exists and is no socket; it is not replaced');
    expect(existsSync(path)).toBe(true);
  });

  it('in a folder that is a file, or with a name that is too long: is refused', async () => {
    const path = folder();
    writeFileSync(path('file'), '');
    mkdirSync(path('folder'));
    await expect(listen({ path: path('file/api.sock') }, () => {})).rejects.toThrow();
    await expect(listen({ path: path('x'.repeat(120)) }, () => {})).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });

  it('neither path nor descriptor, or both: is refused', async () => {
    await expect(listen({}, () => {})).rejects.toMatchObject({ code: 'BAD_OPTION' });
    await expect(listen({ path: folder()('a'), fd: 3 }, () => {})).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });

  it('a descriptor that is none: is refused', async () => {
    await expect(listen({ fd: 987_654 }, () => {})).rejects.toMatchObject({ code: 'SOCKET_FAILED' });
  });
});
