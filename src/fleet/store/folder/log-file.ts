/**
 * One file of the log. It only grows: writers of several processes append whole lines (O_APPEND), and every process reads on from
 * where it was. A line begins with a line feed, too, so that the part of one that a crash or a full disk left ends there.
 */

import { constants, promises as fs } from 'node:fs';
import { fileError, StoreError } from '../errors.js';
import { LineSplitter } from './lines.js';
import { type LogLine, parseLine } from './records.js';

const { O_RDWR, O_RDONLY, O_APPEND, O_NOFOLLOW, O_NONBLOCK } = constants;
const READ_BYTES = 256 * 1024;

export class LogFile {
  private readonly lines: LineSplitter;
  private position = 0;
  private buffer: Buffer | undefined;

  private constructor(
    readonly path: string,
    readonly number: number,
    private readonly handle: fs.FileHandle,
    private readonly identity: string,
    readonly isWritable: boolean,
  ) {
    this.lines = new LineSplitter(path);
  }

  /** Undefined where there is no such file. @throws StoreError */
  static async open(path: string, number: number): Promise<LogFile | undefined> {
    try {
      return await LogFile.openWith(path, number, true);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return undefined;
      // A symbolic link, a folder, a socket.
      if (/^(ELOOP|EISDIR|ENXIO)$/.test(code ?? ''))
        throw new StoreError('STORE_DAMAGED', `${path}: is no file`, error);
      if (code !== 'EACCES' && code !== 'EROFS') throw fileError(error, `opening ${path}`);
    }
    // It may still be read.
    try {
      return await LogFile.openWith(path, number, false);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw fileError(error, `opening ${path}`);
    }
  }

  private static async openWith(path: string, number: number, isWritable: boolean): Promise<LogFile> {
    const flags = (isWritable ? O_RDWR | O_APPEND : O_RDONLY) | O_NOFOLLOW | O_NONBLOCK;
    const handle = await fs.open(path, flags);
    const status = await handle.stat();
    if (status.isFile()) return new LogFile(path, number, handle, `${status.dev}:${status.ino}`, isWritable);
    await handle.close();
    throw new StoreError('STORE_DAMAGED', `${path}: is no file`);
  }

  /** Bytes read so far. */
  get size(): number {
    return this.position;
  }

  /** Whether this is still the file of that name, and has all that was read. */
  async isCurrent(): Promise<boolean> {
    try {
      const { dev, ino, size } = await fs.stat(this.path);
      return `${dev}:${ino}` === this.identity && size >= this.position;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw fileError(error, `looking at ${this.path}`);
    }
  }

  /** Lines that were written since. @throws StoreError */
  async *read(): AsyncGenerator<{ readonly line: LogLine; readonly where: string }> {
    this.buffer ??= Buffer.allocUnsafe(READ_BYTES);
    for (;;) {
      const { bytesRead } = await this.handle
        .read(this.buffer, 0, this.buffer.length, this.position)
        .catch((error: unknown) => {
          throw fileError(error, `reading ${this.path}`);
        });
      if (bytesRead === 0) break;
      this.position += bytesRead;
      for (const { text, number } of this.lines.push(this.buffer.subarray(0, bytesRead))) {
        const where = `${this.path}, line ${number}`;
        const line = parseLine(text, where);
        if (line) yield { line, where };
      }
    }
  }

  /** Writes a line, on disk when it resolves. @throws StoreError; it may be there all the same. */
  async append(line: string): Promise<void> {
    const bytes = Buffer.from(`\n${line}\n`);
    try {
      const { bytesWritten } = await this.handle.write(bytes, 0, bytes.length, null);
      if (bytesWritten < bytes.length) throw new StoreError('STORE_FULL', `writing ${this.path}: the disk is full`);
      await this.handle.datasync();
    } catch (error) {
      throw fileError(error, `writing ${this.path}`);
    }
  }

  async close(): Promise<void> {
    await this.handle.close().catch(() => {});
  }
}
