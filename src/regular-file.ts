/**
 * Reads a file that somebody named. A name may lead to anything: a named pipe, whose opening waits for ever; a device
 * that never ends; a file of gigabytes. So it is opened without waiting, looked at, and read up to a size.
 */

import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';

const { O_RDONLY, O_NONBLOCK, O_NOCTTY } = constants;

/** Most bytes of a configuration file: reading YAML takes some microseconds a byte, and holds up all else meanwhile. */
export const CONFIG_BYTES = 256 * 1024;
/** Most bytes of other files that a configuration names: certificates, keys, tokens, a package.json. */
export const NAMED_BYTES = 1024 * 1024;

const CHUNK = 64 * 1024;
/** Time that the writer of a pipe has for the next piece, and time between two looks for it. */
const PIPE_MS = 5000;
const LOOK_MS = 20;

/** The reason why a file is not read, as `code`; `message` says it in words, without the file's name. */
export class FileError extends Error {
  constructor(
    readonly code: string,
    message: string,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'FileError';
  }
}

export interface FileLimits {
  /** Bytes. */
  readonly max: number;
  /** Whether it may be a pipe, as `<(…)` of a shell is one, or /dev/null. It is read to its end, within some seconds. */
  readonly pipes?: boolean;
  /** Throws FileError to refuse the file that was opened, before it is read. */
  readonly check?: (found: Stats) => void;
}

/** Its content. Throws FileError: the system's code (ENOENT, EACCES, …), EISDIR, NOT_A_FILE, TOO_LARGE, TIMEOUT. */
export function readRegularFile(file: string, { max, pipes = false, check }: FileLimits): Buffer {
  const fd = open(file);
  try {
    const found = fstatSync(fd);
    const isPipe = found.isFIFO() || found.isCharacterDevice();
    if (!found.isFile() && !(pipes && isPipe)) throw new FileError(...notAFile(found));
    if (found.size > max) throw tooLarge(max);
    check?.(found);
    return readAll(fd, max, isPipe);
  } catch (error) {
    throw error instanceof FileError ? error : systemError(error);
  } finally {
    closeSync(fd);
  }
}

function open(file: string): number {
  try {
    return openSync(file, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  } catch (error) {
    throw systemError(error);
  }
}

/** Files of /proc say that they are empty: the end is where nothing comes any more. */
function readAll(fd: number, max: number, isPipe: boolean): Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  for (let waited = 0; ; ) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const count = isPipe ? readPipe(fd, chunk) : readSync(fd, chunk);
    if (count === 0) return Buffer.concat(chunks, size);
    if (count === undefined) {
      if (waited >= PIPE_MS) throw new FileError('TIMEOUT', `nothing came from the pipe for ${PIPE_MS / 1000} s`);
      waited += LOOK_MS;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_MS);
      continue;
    }
    waited = 0;
    size += count;
    if (size > max) throw tooLarge(max);
    chunks.push(chunk.subarray(0, count));
  }
}

/** Returns undefined while its writer has nothing for us. */
function readPipe(fd: number, chunk: Buffer): number | undefined {
  try {
    return readSync(fd, chunk);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
    throw error;
  }
}

function notAFile(found: Stats): [code: string, message: string] {
  if (found.isDirectory()) return ['EISDIR', 'it is a directory'];
  const kind = found.isFIFO() ? 'a named pipe' : found.isSocket() ? 'a socket' : 'a device';
  return ['NOT_A_FILE', `it is ${kind}, not a file`];
}

const tooLarge = (max: number) => new FileError('TOO_LARGE', `it is larger than ${sizeText(max)}`);

const sizeText = (bytes: number) => (bytes >= 1024 * 1024 ? `${bytes / 1024 / 1024} MiB` : `${bytes / 1024} KiB`);

const TEXTS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'no permission to read it',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of its path is no directory',
  ELOOP: 'its links lead in a circle',
  // The error code of opening a socket.
  ENXIO: 'it is a socket or a device, not a file',
};

function systemError(error: unknown): FileError {
  const { code = 'EIO', message } = error as NodeJS.ErrnoException;
  return new FileError(code, TEXTS[code] ?? message, error);
}
