import { execFileSync, spawn } from 'node:child_process';
import { closeSync, constants, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readRegularFile } from '../src/regular-file.js';
import { directoryWith } from './agent/support.js';

const codeOf = (read: () => unknown): unknown => {
  try {
    read();
  } catch (error) {
    return (error as { code: unknown }).code;
  }
  return undefined;
};

describe('a file that somebody named', () => {
  const dir = () => directoryWith({ file: 'content', empty: '' });

  it('is there: gives its bytes, also of /proc, where files say that they are empty', () => {
    const at = dir();
    symlinkSync(join(at, 'file'), join(at, 'link'));
    expect(readRegularFile(join(at, 'file'), { max: 7 }).toString()).toBe('content');
    expect(readRegularFile(join(at, 'link'), { max: 7 }).toString()).toBe('content');
    expect(readRegularFile(join(at, 'empty'), { max: 7 }).toString()).toBe('');
    expect(readRegularFile('/proc/self/status', { max: 100_000 }).toString()).toContain('Pid:');
  });

  it('is larger than may be: is not read, nor one that grows while it is', () => {
    const at = dir();
    expect(codeOf(() => readRegularFile(join(at, 'file'), { max: 6 }))).toBe('TOO_LARGE');
    expect(codeOf(() => readRegularFile('/proc/self/status', { max: 10 }))).toBe('TOO_LARGE');
  });

  it.each([
    ['a folder', '/', 'EISDIR'],
    ['nothing', '/nowhere/at/all', 'ENOENT'],
    ['something below a file', '/etc/passwd/x', 'ENOTDIR'],
  ])('%s: is refused at once', (_, file, code) => {
    for (const pipes of [true, false]) expect(codeOf(() => readRegularFile(file, { max: 1000, pipes }))).toBe(code);
  });

  it('a device: is refused, and where pipes are welcome is read up to the size', () => {
    for (const device of ['/dev/zero', '/dev/null']) {
      expect(codeOf(() => readRegularFile(device, { max: 1000 }))).toBe('NOT_A_FILE');
    }
    expect(codeOf(() => readRegularFile('/dev/zero', { max: 1000, pipes: true }))).toBe('TOO_LARGE');
    expect(readRegularFile('/dev/null', { max: 1000, pipes: true }).toString()).toBe('');
  });

  it('a circle of links, a socket, a named pipe that nobody writes to: are refused at once', async () => {
    const at = dir();
    symlinkSync(join(at, 'round'), join(at, 'round'));
    mkdirSync(join(at, 'sub'));
    const server = createServer().listen(join(at, 'socket'));
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    execFileSync('mkfifo', [join(at, 'pipe')]);
    expect(codeOf(() => readRegularFile(join(at, 'round'), { max: 10 }))).toBe('ELOOP');
    expect(codeOf(() => readRegularFile(join(at, 'socket'), { max: 10 }))).toBe('ENXIO');
    expect(codeOf(() => readRegularFile(join(at, 'pipe'), { max: 10 }))).toBe('NOT_A_FILE');
    // Where pipes are welcome, there is nothing in it.
    expect(readRegularFile(join(at, 'pipe'), { max: 10, pipes: true }).toString()).toBe('');
  });

  it('a pipe, where those are welcome: is read to its end, up to the size', async () => {
    const at = dir();
    const pipe = join(at, 'pipe');
    execFileSync('mkfifo', [pipe]);
    writeFileSync(join(at, 'long'), 'x'.repeat(200_000));
    for (const [max, expected] of [
      [300_000, 200_000],
      [100_000, 'TOO_LARGE'],
    ]) {
      // Open at both ends, so that the writer need not wait for a reader; then at the reading end alone, until it is read.
      const both = openSync(pipe, constants.O_RDWR);
      const writer = spawn('sh', ['-c', 'exec > pipe; echo ready >&2; exec cat long'], {
        cwd: at,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const gone = new Promise((resolve) => writer.once('close', resolve));
      await new Promise((resolve) => writer.stderr.once('data', resolve));
      const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
      closeSync(both);
      let length = 0;
      const code = codeOf(() => {
        length = readRegularFile(pipe, { max: Number(max), pipes: true }).length;
      });
      closeSync(reader);
      expect(code ?? length).toBe(expected);
      writer.kill();
      await gone;
    }
  });
});
