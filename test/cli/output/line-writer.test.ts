import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { LineWriter } from '../../../src/cli/output/line-writer.js';

/** A stream that takes a write only when told to. */
class SlowStream extends Writable {
  text = '';
  private readonly waiting: (() => void)[] = [];

  constructor() {
    super({ highWaterMark: 16, decodeStrings: false });
  }

  override _write(chunk: string, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk;
    this.waiting.push(done);
  }

  take(): void {
    this.waiting.shift()?.();
  }
}

/** A stream that keeps all it is given. */
function collected({ terminal }: { terminal: boolean }) {
  let all = '';
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      all += chunk;
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY: terminal }), text: () => all };
}

const nothing = () => undefined;

describe('line writer', () => {
  it('lines of one turn: one write', async () => {
    const writes: string[] = [];
    const stream = new Writable({
      decodeStrings: false,
      write(chunk: string, _encoding, done) {
        writes.push(chunk);
        done();
      },
    });
    const out = new LineWriter(stream, nothing);
    expect(out.line('a')).toBeUndefined();
    expect(out.line('b')).toBeUndefined();
    await out.end();
    expect(writes.filter((text) => text !== '')).toEqual(['a\nb\n']);
  });

  it('text that acts on a terminal: escaped, a mark of ours in its colour', async () => {
    const { stream, text } = collected({ terminal: true });
    const out = new LineWriter(stream, nothing);
    out.line('name \u001b]0;pwned\u0007\u009b31m');
    out.marked('✓', 32, 'version \u001b[2J');
    await out.end();
    expect(text()).toBe('name \\u001b]0;pwned\\u0007\\u009b31m\n\u001b[32m✓\u001b[0m version \\u001b[2J\n');
  });

  it('a line without end: cut on a terminal, whole in a pipe', async () => {
    for (const terminal of [true, false]) {
      const { stream, text } = collected({ terminal });
      const out = new LineWriter(stream, nothing);
      out.line(`${'a'.repeat(1_000_000)}\nb`);
      await out.end();
      expect(text().length).toBe(terminal ? 100_000 + '… (900000 more characters)\nb\n'.length : 1_000_003);
    }
  });

  it('a slow reader: lines give a promise until it has caught up', async () => {
    const stream = new SlowStream();
    const out = new LineWriter(stream, nothing);
    out.line('x'.repeat(100));
    let paused = out.flush();
    expect(paused).toBeInstanceOf(Promise);
    expect(out.line('y')).toBe(paused);
    stream.take();
    await paused;
    paused = out.line('z');
    expect(paused).toBeUndefined();
    const ended = out.end();
    stream.take();
    stream.take();
    stream.take();
    await ended;
    expect(stream.text).toBe(`${'x'.repeat(100)}\ny\nz\n`);
  });

  it('a reader that goes away: told of once, and nothing waits for ever', async () => {
    const stream = new SlowStream();
    let gone = 0;
    const out = new LineWriter(stream, () => {
      gone += 1;
    });
    out.line('x'.repeat(100));
    const paused = out.flush();
    stream.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    await paused;
    expect(out.readerGone).toBe(true);
    expect(out.line('more')).toBeUndefined();
    await out.end();
    expect(gone).toBe(1);
  });

  it('a full disk: not the same as a reader that went away', async () => {
    const stream = new SlowStream();
    const out = new LineWriter(stream, nothing);
    out.line('x');
    stream.destroy(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
    await out.end();
    expect(out.readerGone).toBe(false);
    expect(out.failure?.code).toBe('ENOSPC');
  });

  it.each([
    [{ isTTY: true, columns: 120 }, 120],
    [{ isTTY: true }, 80],
    [{}, Number.POSITIVE_INFINITY],
  ])('width of %j: %d', (properties, width) => {
    expect(new LineWriter(Object.assign(new SlowStream(), properties), nothing).width).toBe(width);
  });

  it('bytes: behind the lines before; what the reader takes eagerly goes past the stream, the rest through it', async () => {
    const eager: string[] = [];
    const { stream, text } = collected({ terminal: false });
    const out = new LineWriter(stream, nothing, {}, (bytes) => {
      eager.push(Buffer.from(bytes.subarray(0, 4)).toString());
      return 4;
    });
    out.line('first');
    out.bytes(Buffer.from('one\ntwo\n'));
    await out.end();
    expect(eager).toEqual(['one\n']);
    expect(text()).toBe('first\ntwo\n');
  });

  it('bytes to a slow reader: nothing overtakes what still waits', async () => {
    const slow = new SlowStream();
    const out = new LineWriter(slow, nothing, {}, (bytes) => bytes.length);
    out.line('first');
    const pause = out.bytes(Buffer.from('second, which is long\n'));
    expect(slow.text).toBe('first\n');
    slow.take();
    slow.take();
    await pause;
    expect(slow.text).toBe('first\nsecond, which is long\n');
  });
});
