import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writeEagerly } from '../../../src/cli/output/eager-write.js';
import { needsTools } from '../../support/needs.js';

const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'eager-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
};

describe('writing past the event loop', () => {
  it('a file takes all of it', () => {
    const file = join(folder(), 'out');
    const fd = openSync(file, 'w');
    expect(writeEagerly(fd, Buffer.alloc(300_000, 'a'))).toBe(300_000);
    closeSync(fd);
    expect(readFileSync(file, 'utf8')).toBe('a'.repeat(300_000));
  });

  it('a pipe that nobody reads takes what it has room for, and no more is waited for', needsTools('mkfifo'), () => {
    const pipe = join(folder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    const fd = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    const bytes = Buffer.alloc(1 << 20, 'b');
    const written = writeEagerly(fd, bytes);
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThan(bytes.length);
    expect(readSync(fd, Buffer.alloc(1 << 20))).toBe(written);
    closeSync(fd);
  });

  it('what cannot be written is left to the stream', () => {
    const fd = openSync('/dev/null', 'r');
    expect(writeEagerly(fd, Buffer.from('x'))).toBe(0);
    closeSync(fd);
  });
});
