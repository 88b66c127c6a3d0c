/** The machine as the checks see it. A test gives them another. */

import { accessSync, constants, readdirSync, type Stats, statSync } from 'node:fs';
import { connect } from 'node:net';
import { readRegularFile } from '../../regular-file.js';
import { socketPathProblem } from '../../socket-path.js';
import { tryWays, type WayReport } from '../../stats/index.js';

/** Files of /proc, and VPP's configuration. */
const MOST_BYTES = 4 * 1024 * 1024;

export interface Machine {
  readonly uid: number;
  readonly gids: readonly number[];
  /** Throws as statSync does. */
  stat(path: string): Stats;
  /** Whether we may go through a directory: false only where that is forbidden. */
  mayEnter(directory: string): boolean;
  /** Throws where it is no file, or may not be read. */
  read(file: string): string;
  list(directory: string): string[];
  /** Connects to a socket and disconnects immediately. Gives the system's code of a refusal, as `ECONNREFUSED`; undefined when let in. */
  knock(socket: string): Promise<string | undefined>;
  /** Tries the ways to the memory of VPP's counters. */
  statsWays(socket: string): Promise<readonly WayReport[]>;
}

export const thisMachine: Machine = {
  uid: process.getuid?.() ?? 0,
  gids: process.getgroups?.() ?? [],
  stat: (path) => statSync(path),
  mayEnter(directory) {
    try {
      accessSync(directory, constants.X_OK);
      return true;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code !== 'EACCES';
    }
  },
  read: (file) => readRegularFile(file, { max: MOST_BYTES }).toString('utf8'),
  list: (directory) => readdirSync(directory),
  knock: (path) =>
    new Promise((resolve) => {
      if (socketPathProblem(path) !== undefined) return resolve('ENAMETOOLONG');
      const socket = connect(path);
      socket.once('connect', () => {
        socket.destroy();
        resolve(undefined);
      });
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    }),
  statsWays: (socket) => tryWays(socket),
};

/** File status of `path`; undefined when nothing is there, or it may not be read. */
export function lookAt(path: string, machine: Machine): Stats | undefined {
  try {
    return machine.stat(path);
  } catch {
    return undefined;
  }
}
