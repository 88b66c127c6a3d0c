/** The mock's own framer, both ways, without a socket. */
import { Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Deframer } from '../../../mock-vpp/wire/deframer.js';
import { bodyLength, frame, framesOf, HEADER_BYTES } from '../../../mock-vpp/wire/frame.js';
import { Outbox } from '../../../mock-vpp/wire/outbox.js';

function bodiesOf(input: Deframer): string[] {
  const bodies: string[] = [];
  while (input.next()) bodies.push(input.bytes.toString('hex', input.bodyStart, input.bodyEnd));
  return bodies;
}

describe('deframer', () => {
  it('any bodies, any chunks: the same bodies', () => {
    const body = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(fc.array(body, { maxLength: 20 }), fc.array(fc.nat({ max: 200 })), (bodies, cuts) => {
        const input = new Deframer();
        const seen: string[] = [];
        let left = Buffer.concat(bodies.map((each) => frame(each)));
        for (const cut of [...cuts, left.length]) {
          input.push(left.subarray(0, cut));
          left = left.subarray(cut);
          seen.push(...bodiesOf(input));
        }
        input.push(left);
        expect([...seen, ...bodiesOf(input)]).toEqual(bodies.map((each) => Buffer.from(each).toString('hex')));
      }),
    );
  });

  it('a large frame in small pieces: not copied once per piece', () => {
    const bytes = frame(Buffer.alloc(8 * 1024 * 1024, 1));
    const input = new Deframer();
    const copying = vi.spyOn(Buffer.prototype, 'copy');
    onTestFinished(() => copying.mockRestore());
    for (let at = 0; at < bytes.length; at += 4096) {
      input.push(bytes.subarray(at, at + 4096));
      expect(input.next()).toBe(at + 4096 >= bytes.length);
    }
    expect(input.bodyEnd - input.bodyStart).toBe(8 * 1024 * 1024);
    const copied = copying.mock.results.reduce((sum, { value }) => sum + value, 0);
    expect(copied).toBeGreaterThan(0);
    expect(copied).toBeLessThan(2 * bytes.length);
  });

  it('a length above any sense: nothing more, and nothing kept', () => {
    const input = new Deframer();
    input.push(frame(Buffer.alloc(10), 0xfffffff0));
    expect([input.next(), input.wedged, input.bytes.length]).toEqual([false, true, 0]);
    input.push(frame(Buffer.alloc(10)));
    expect(input.next()).toBe(false);
  });
});

it('frames: cut apart again', () => {
  const bodies = [Buffer.from('a'), Buffer.alloc(0), Buffer.from('ccc')];
  const cut = [...framesOf(Buffer.concat(bodies.map((body) => frame(body))))];
  expect(cut.map((each) => each.subarray(HEADER_BYTES).toString())).toEqual(['a', '', 'ccc']);
  expect(bodyLength(cut[2], 0)).toBe(3);
});

describe('outbox', () => {
  /** Collects what is written; `settle` lets the socket take it. */
  function recording() {
    const outbox = new Outbox(new Socket());
    const written: string[] = [];
    const settle: (() => void)[] = [];
    outbox.deliver = (_, bytes, done) => {
      written.push(bytes.toString());
      settle.push(done);
    };
    return { outbox, written, settle };
  }

  it('one write per tick, one at a time', async () => {
    const { outbox, written, settle } = recording();
    for (const text of ['a', 'b', 'c']) outbox.append(Buffer.from(text));
    await Promise.resolve();
    outbox.append(Buffer.from('d'));
    await Promise.resolve();
    outbox.append(Buffer.from('e'));
    await Promise.resolve();
    expect(written).toEqual(['abc']);
    expect([outbox.busy, outbox.waiting]).toEqual([true, 5]);
    let room = 0;
    outbox.onRoom = () => room++;
    settle[0]();
    await Promise.resolve();
    expect(written).toEqual(['abc', 'de']);
    settle[1]();
    expect([outbox.busy, outbox.waiting, room]).toEqual([false, 0, 2]);
  });

  it('a frame taken back: as if never written', async () => {
    const { outbox, written } = recording();
    outbox.append(Buffer.from('keep'));
    const start = outbox.begin();
    outbox.append(Buffer.from('body'));
    outbox.end(start);
    expect(outbox.takeBack(start).subarray(HEADER_BYTES).toString()).toBe('body');
    await Promise.resolve();
    expect(written).toEqual(['keep']);
  });

  it('growing: what a writer put ahead of its position is kept', () => {
    const { outbox } = recording();
    outbox.bytes.write('ahead', 100);
    outbox.reserve(1024 * 1024);
    expect(outbox.bytes.toString('latin1', 100, 105)).toBe('ahead');
    expect(outbox.full).toBe(false);
  });
});
