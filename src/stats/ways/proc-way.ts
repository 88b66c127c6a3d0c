/**
 * Finds the segment among the open files of VPP: /proc/PID/fd. Needs VPP's user (or CAP_SYS_PTRACE) and its process namespace, and
 * nothing else: no permission for the socket, no native code.
 */
import { openSync } from 'node:fs';
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { type Reached, WayError } from './way.js';

const SEGMENT = '/memfd:stat segment (deleted)';

/** Rejects with WayError. */
export async function findInProc(socket: string): Promise<Reached> {
  const wanted = await identityOf(socket);
  if (wanted === undefined) throw new WayError('missing', 'there is no such socket');
  let others = 0;
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    const links = await linksOf(pid);
    const segment = links.find(({ link }) => link === SEGMENT);
    if (segment === undefined) continue;
    if (await listensOn(pid, wanted, new Set(links.map(({ link }) => link)))) {
      return { fd: openSync(segment.path, 'r'), pid };
    }
    others++;
  }
  const seen =
    others === 0 ? 'no process has' : `${others} processes have a segment, none of them listens there; no other has`;
  throw new WayError('other', `${seen} one among the files that this user may see; run as the user of VPP`);
}

async function linksOf(pid: number): Promise<{ readonly path: string; readonly link: string }[]> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  return Promise.all(
    names.map(async (name) => ({
      path: `${folder}/${name}`,
      link: await readlink(`${folder}/${name}`).catch(() => ''),
    })),
  );
}

/** Whether one of a process's sockets is bound to the file `wanted`, by whatever path it knows it. */
async function listensOn(pid: number, wanted: string, links: ReadonlySet<string>): Promise<boolean> {
  const table = await readFile(`/proc/${pid}/net/unix`, 'utf8').catch(() => '');
  for (const line of table.split('\n')) {
    // Num, RefCount, Protocol, Flags, Type, St, Inode, Path
    const [, , , , , , inode, path] = line.split(' ').filter((part) => part !== '');
    if (path === undefined || !path.startsWith('/') || !links.has(`socket:[${inode}]`)) continue;
    if ((await identityOf(`/proc/${pid}/root${path}`)) === wanted) return true;
  }
  return false;
}

/** Device and inode of a file; undefined where there is none. */
async function identityOf(path: string): Promise<string | undefined> {
  const file = await stat(path).catch(() => undefined);
  return file && `${file.dev}:${file.ino}`;
}
