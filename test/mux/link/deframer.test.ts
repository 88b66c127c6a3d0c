import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Deframer } from '../../../src/mux/link/deframer.js';

function frame(body: Uint8Array, garbage = 0xa5): Buffer {
  const bytes = Buffer.alloc(16 + body.length, garbage);
  bytes.writeUInt32BE(body.length, 8);
  bytes.set(body, 16);
  return bytes;
}

/** Pushes `stream` cut at `cuts`, through one chunk buffer that is overwritten each time, as a socket's is. */
function deframe(stream: Buffer, cuts: number[], maxBody = 1 << 20): Buffer[] {
  const bodies: Buffer[] = [];
  const deframer = new Deframer(maxBody, (bytes, start, end) => bodies.push(Buffer.from(bytes.subarray(start, end))));
  const chunk = Buffer.alloc(Math.max(1, stream.length));
  let from = 0;
  for (const to of [...cuts, stream.length]) {
    chunk.fill(0xee);
    stream.copy(chunk, 0, from, to);
    deframer.push(chunk, to - from);
    from = to;
  }
  return bodies;
}

describe('deframer', () => {
  const bodies = [Buffer.from('first'), Buffer.alloc(0), Buffer.alloc(200, 7), Buffer.from([1])];
  const stream = Buffer.concat(bodies.map((body) => frame(body)));

  it('merged frames: gives each body', () => {
    expect(deframe(stream, [])).toEqual(bodies);
  });

  it('a stream split at any one byte: gives the same bodies', () => {
    for (let cut = 0; cut <= stream.length; cut++) expect(deframe(stream, [cut])).toEqual(bodies);
  });

  it('byte by byte: gives the same bodies', () => {
    expect(deframe(stream, Array.from(stream.keys()))).toEqual(bodies);
  });

  it('any bodies, any chunks: gives the same bodies', () => {
    const cutting = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }).chain((list) => {
      const whole = Buffer.concat(list.map((body) => frame(body)));
      const cuts = fc.array(fc.nat(whole.length), { maxLength: 12 }).map((all) => all.sort((a, b) => a - b));
      return fc.tuple(fc.constant(list), fc.constant(whole), cuts);
    });
    fc.assert(
      fc.property(cutting, ([list, whole, cuts]) => {
        expect(deframe(whole, cuts)).toEqual(list.map((body) => Buffer.from(body)));
      }),
    );
  });

  it('a body over 1 MiB in small chunks: is put together, and the next frame follows', () => {
    const large = Buffer.alloc(3 << 20, 9);
    const whole = Buffer.concat([frame(large), frame(Buffer.from('after'))]);
    const cuts = Array.from({ length: Math.floor(whole.length / 65536) }, (_, i) => (i + 1) * 65536);
    const [first, second] = deframe(whole, cuts, 4 << 20);
    expect(first.equals(large)).toBe(true);
    expect(second.toString()).toBe('after');
  });

  it('a length over the limit: throws before anything is allocated, whole or split', () => {
    const bad = Buffer.alloc(16);
    bad.writeUInt32BE(0x7fffffff, 8);
    const tooLarge = expect.objectContaining({ code: 'FRAME_TOO_LARGE' });
    for (const cuts of [[], [3], [15]]) expect(() => deframe(bad, cuts, 1024)).toThrow(tooLarge);
  });

  it('a body as large as the limit, in pieces: takes its own size, not more', () => {
    const limit = 1 << 20;
    const allocate = vi.spyOn(Buffer, 'allocUnsafe');
    onTestFinished(() => allocate.mockRestore());
    const bytes = frame(Buffer.alloc(limit));
    const deframer = new Deframer(limit, () => {});
    for (let at = 0; at < bytes.length; at += 1000)
      deframer.push(bytes.subarray(at), Math.min(1000, bytes.length - at));
    expect(Math.max(...allocate.mock.calls.map(([size]) => size))).toBe(16 + limit);
  });

  it('after stop: hands out nothing more, not even from the same chunk', () => {
    const seen: number[] = [];
    const deframer: Deframer = new Deframer(1024, (_bytes, start, end) => {
      seen.push(end - start);
      deframer.stop();
    });
    deframer.push(stream, stream.length);
    expect(seen).toEqual([5]);
  });
});
