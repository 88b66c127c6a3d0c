/** Files that VPP writes to /tmp of its host: found, read and deleted. */

import { constants } from 'node:fs';
import { type FileHandle, open, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fault } from '../../sdk/index.js';

/** VPP may have a /tmp of its own, in a container or by PrivateTmp= of its unit: there it is, for root. */
const ofProcess = (pid: number) => `/proc/${pid}/root/tmp`;

export class VppFiles {
  /** `folder`: where VPP's /tmp is seen from here. `left` is called for a file that could not be deleted. */
  constructor(
    private readonly folder: string,
    private readonly pid: number,
    private readonly left: (text: string) => void,
  ) {}

  /** Gives the content of a file, which is deleted. Throws ENOENT and EACCES with what helps. */
  async take(name: string): Promise<Buffer> {
    for (const folder of [this.folder, ofProcess(this.pid)]) {
      const path = join(folder, name);
      const content = await readFile(path);
      if (content === undefined) continue;
      await this.remove(path);
      return content;
    }
    const text = `VPP has written /tmp/${name} on its host, and it is not in ${this.folder} here: vpp-tmp in capture.conf says where VPP's /tmp is seen`;
    throw fault('ENOENT', text);
  }

  /** Deletes what a capture may have left behind. */
  async removeAll(prefix: string): Promise<void> {
    for (const folder of [this.folder, ofProcess(this.pid)]) {
      const names = await readdir(folder).catch(() => []);
      for (const name of names) if (name.startsWith(prefix)) await this.remove(join(folder, name));
    }
  }

  private async remove(path: string): Promise<void> {
    try {
      await unlink(path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT') this.left(`${path} stays: only its owner and root can delete it (${code})`);
    }
  }
}

/** Undefined where there is none. Follows no link, which another user may have put there. */
async function readFile(path: string): Promise<Buffer | undefined> {
  let file: FileHandle;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === 'EACCES' && path.startsWith('/proc/')) return undefined;
    throw fault('EACCES', `VPP's file cannot be read: ${message}`);
  }
  try {
    if (!(await file.stat()).isFile()) throw fault('EIO', `${path} is no file`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}
