/** A machine of files that are not there: a test runs as anyone, and root is refused nothing. */

import type { Stats } from 'node:fs';
import type { Machine } from '../../../src/cli/doctor/machine.js';
import type { WayReport } from '../../../src/stats/index.js';

export interface FakeFile {
  readonly kind?: 'socket' | 'file' | 'directory';
  readonly uid?: number;
  readonly gid?: number;
  readonly mode?: number;
  readonly text?: string;
  /** Directories only: we may not go through. */
  readonly closed?: boolean;
}

export interface FakeMachine extends Partial<Pick<Machine, 'uid' | 'gids'>> {
  readonly ways?: readonly WayReport[];
  readonly files: Readonly<Record<string, FakeFile>>;
  /** The outcome of connecting to a socket. */
  readonly knock?: string;
}

export function fakeMachine({ files, knock, ways = [], uid = 1000, gids = [1000] }: FakeMachine): Machine {
  const there = (path: string) => {
    if (Object.hasOwn(files, path)) return files[path];
    throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
  };
  return {
    uid,
    gids,
    stat(path) {
      const { kind = 'file', uid = 0, gid = 0, mode = 0o755 } = there(path);
      return {
        uid,
        gid,
        mode,
        isSocket: () => kind === 'socket',
        isDirectory: () => kind === 'directory',
      } as Stats;
    },
    mayEnter: (directory) => files[directory]?.closed !== true,
    read: (file) => there(file).text ?? '',
    list: (directory) => {
      const inside = Object.keys(files).filter((path) => path.startsWith(`${directory}/`));
      return [...new Set(inside.map((path) => path.slice(directory.length + 1).split('/')[0]))];
    },
    knock: async () => knock,
    statsWays: async () => ways,
  };
}

/** The files of /proc of a VPP that was started so. */
export function vppProcess(pid: number, args: readonly string[], { state = 'S', uid = 0 } = {}) {
  return {
    [`/proc/${pid}`]: { kind: 'directory', uid },
    [`/proc/${pid}/comm`]: { text: 'vpp_main\n' },
    [`/proc/${pid}/stat`]: { text: `${pid} (vpp_main) ${state} 1 1 1 0 -1 4194560\n` },
    [`/proc/${pid}/cmdline`]: { text: ['/usr/bin/vpp', ...args, ''].join('\0') },
  } satisfies FakeMachine['files'];
}
