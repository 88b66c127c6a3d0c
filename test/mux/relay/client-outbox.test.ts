/** Bytes on their way to a client: frames in order, in one write a tick, and waiting while the client does not read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClientOutbox, copyBytes, endRuns } from '../../../src/mux/relay/client-outbox.js';
import { turns } from '../../support/fake-clock.js';
import { frameOf } from '../../support/raw-client.js';

/** An outbox whose kernel takes `taking` writes at once, and the rest when it is told to. */
function made(taking = Number.POSITIVE_INFINITY) {
  const writes: Buffer[] = [];
  const taken: (() => void)[] = [];
  let left = taking;
  const outbox = new ClientOutbox((bytes, done) => {
    // As the kernel does: the bytes are read before `done`.
    const copy = Buffer.from(bytes);
    writes.push(copy);
    taken.push(() => {
      expect(bytes.equals(copy)).toBe(true);
      done();
    });
    return --left > 0;
  });
  return {
    ...{ outbox, writes },
    written: () => Buffer.concat(writes),
    take: () => {
      for (const done of taken.splice(0)) done();
      left = taking;
    },
  };
}

/** A frame of VPP in a buffer, with anything in the fields of its header that clients ignore. */
function ofVpp(body: Buffer): { bytes: Buffer; start: number; end: number } {
  const bytes = Buffer.concat([Buffer.alloc(16, 0xa5), body]);
  bytes.writeUInt32BE(body.length, 8);
  return { bytes, start: 16, end: bytes.length };
}

describe('frames to a client', () => {
  it('of one tick: go in one write, each with its length and zeros around it', async () => {
    const { outbox, writes } = made();
    const bodies = [Buffer.from('one'), Buffer.alloc(0), Buffer.alloc(300, 7)];
    for (const body of bodies) outbox.frame(body, 0, body.length);
    expect(writes).toHaveLength(0);
    await turns(2);
    expect(writes).toHaveLength(1);
    expect(writes[0].equals(Buffer.concat(bodies.map((body) => frameOf(body))))).toBe(true);
  });

  it('of a client that is closed: are all written, though the kernel takes nothing', async () => {
    const { outbox, written } = made(1);
    const bodies = [1, 2, 3, 4].map((fill) => Buffer.alloc(100_000, fill));
    for (const body of bodies) {
      outbox.frame(body, 0, body.length);
      await turns(2);
    }
    outbox.finish();
    expect(written().equals(Buffer.concat(bodies.map((body) => frameOf(body))))).toBe(true);
  });

  it('passed on in place: lose what VPP left in the header', async () => {
    const { outbox, written } = made();
    const { bytes, start, end } = ofVpp(Buffer.from('details'));
    outbox.pass(bytes, start, end);
    endRuns();
    bytes.fill(0xee);
    await turns(2);
    expect(written().equals(frameOf(Buffer.from('details')))).toBe(true);
  });

  it('without room for a header in front of them: are copied', async () => {
    const { outbox, written } = made();
    outbox.pass(Buffer.from('body'), 0, 4);
    endRuns();
    await turns(2);
    expect(written().equals(frameOf(Buffer.from('body')))).toBe(true);
  });

  it('any mix of both, of any size, to two clients: each gets its own in order, whatever is overwritten afterwards', async () => {
    const size = fc.oneof(fc.nat(80), fc.nat(3000), fc.integer({ min: 100_000, max: 300_000 }));
    const step = fc.record({ size, way: fc.constantFrom('pass', 'frame'), to: fc.nat(1), ends: fc.boolean() });
    const property = fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const clients = [made(), made()];
      const wanted: Buffer[][] = [[], []];
      // Bodies of VPP lie one behind the other in what was read.
      const bodies = steps.map(({ size: length }, i) => Buffer.alloc(length, i + 1));
      const source = Buffer.concat(bodies.map((body) => ofVpp(body).bytes));
      let at = 0;
      for (const [i, { way, to, ends }] of steps.entries()) {
        const [start, end] = [at + 16, at + 16 + bodies[i].length];
        at = end;
        wanted[to].push(frameOf(bodies[i]));
        clients[to].outbox[way as 'pass' | 'frame'](source, start, end);
        if (ends) endRuns();
      }
      endRuns();
      source.fill(0);
      await turns(2);
      for (const [i, { written, take, outbox }] of clients.entries()) {
        expect(written().equals(Buffer.concat(wanted[i]))).toBe(true);
        take();
        expect([outbox.waiting, outbox.bytesTaken]).toEqual([0, outbox.bytesOut]);
      }
    });
    await fc.assert(property, { numRuns: 30 });
  });

  it('while the client does not read: wait, are counted, and go in order when it reads again', async () => {
    const { outbox, writes, written, take } = made(1);
    const bodies = Array.from({ length: 40 }, (_, i) => Buffer.alloc(20_000, i));
    for (const body of bodies) {
      outbox.frame(body, 0, body.length);
      await turns(1);
    }
    expect(writes).toHaveLength(1);
    expect(outbox.waiting).toBe(40 * 20_016);
    while (outbox.waiting > 0) {
      take();
      outbox.drained();
    }
    expect(written().equals(Buffer.concat(bodies.map((body) => frameOf(body))))).toBe(true);
  });

  it('copied bytes: all sizes', () => {
    const from = Buffer.from(Array.from({ length: 200 }, (_, i) => i));
    for (let size = 0; size < 150; size++) {
      const to = Buffer.alloc(200);
      copyBytes(from, 7, 7 + size, to, 3);
      expect(to.subarray(3, 3 + size).equals(from.subarray(7, 7 + size))).toBe(true);
      expect(to.subarray(3 + size).every((byte) => byte === 0)).toBe(true);
    }
  });
});
