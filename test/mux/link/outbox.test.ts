import { describe, expect, it } from 'vitest';
import type { WriteMessage } from '../../../src/mux/codec/codec.js';
import { Outbox } from '../../../src/mux/link/outbox.js';

const text: WriteMessage = (w, { body }, id) => {
  const bytes = Buffer.from(String(body));
  w.reserve(2 + bytes.length);
  w.bytes.writeUInt16BE(id, w.pos);
  w.bytes.set(bytes, w.pos + 2);
  w.pos += 2 + bytes.length;
};

function make(takes = true) {
  const writes: Buffer[] = [];
  const pending: (() => void)[] = [];
  const outbox = new Outbox((bytes, taken) => {
    writes.push(Buffer.from(bytes));
    pending.push(taken);
    return takes;
  });
  return { outbox, writes, pending };
}

const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('outbox', () => {
  it('messages of one tick: leave in one write, framed', async () => {
    const { outbox, writes } = make();
    outbox.send(text, { body: 'ab' }, 1, 0, 0);
    outbox.send(text, { body: 'c' }, 2, 0, 0);
    expect(writes).toEqual([]);
    await tick();
    expect(writes.map((bytes) => bytes.toString('hex'))).toEqual([
      '000000000000000000000004000000000001' + '6162' + '000000000000000000000003000000000002' + '63',
    ]);
    expect(outbox.bytesOut).toBe(39);
  });

  it('messages one at a time: leave as soon as the code that sends them has run, until several are sent at once', async () => {
    const { outbox, writes, pending } = make();
    const send = (count: number) => {
      for (let i = 0; i < count; i++) outbox.send(text, { body: 'ab' }, 1, 0, 0);
    };
    send(1);
    await Promise.resolve();
    expect(writes).toHaveLength(0);
    await tick();
    expect(writes).toHaveLength(1);
    for (let sent = 1; sent < 4; sent++) {
      pending.pop()?.();
      send(1);
      expect(writes).toHaveLength(sent);
      await Promise.resolve();
      expect(writes).toHaveLength(sent + 1);
    }
    send(3);
    await Promise.resolve();
    expect(writes).toHaveLength(5);
    expect(writes[4]).toHaveLength(3 * 20);
    send(1);
    await Promise.resolve();
    expect(writes).toHaveLength(5);
    await tick();
    expect(writes).toHaveLength(6);
  });

  it('a message that fails to encode: leaves no trace among the others', async () => {
    const { outbox, writes } = make();
    const bad: WriteMessage = (w) => {
      w.reserve(4);
      w.bytes.fill(0xff, w.pos, w.pos + 4);
      w.pos += 4;
      throw new Error('bad field');
    };
    outbox.send(text, { body: 'ab' }, 1, 0, 0);
    expect(() => outbox.send(bad, {}, 1, 0, 0)).toThrow('bad field');
    outbox.send(text, { body: 'c' }, 2, 0, 0);
    await tick();
    expect(writes[0].toString('hex')).not.toContain('ff');
    expect(writes[0].length).toBe(39);
  });

  it('a kernel that takes nothing: holds the rest back until it drains, in order', async () => {
    const { outbox, writes } = make(false);
    outbox.send(text, { body: 'one' }, 1, 0, 0);
    await tick();
    outbox.send(text, { body: 'two' }, 1, 0, 0);
    outbox.send(text, { body: 'three' }, 1, 0, 0);
    await tick();
    expect(writes.length).toBe(1);
    outbox.drained();
    expect(writes.length).toBe(2);
    expect(writes[1].toString('latin1')).toMatch(/two.*three/s);
  });

  it('a place of long ago, a gibibyte later: takes nothing back that stands where it stood', () => {
    const MIB = 1024 * 1024;
    let last: Buffer = Buffer.alloc(0);
    const outbox = new Outbox((bytes, taken) => {
      last = bytes;
      taken();
      return true;
    });
    const large: WriteMessage = (w) => {
      w.reserve(MIB - 16);
      w.pos += MIB - 16;
    };
    const old = outbox.send(text, { body: 'of long ago' }, 1, 0, 0);
    outbox.flush();
    const first = last.length;
    for (let i = 0; i < 1024; i++) {
      outbox.send(large, {}, 1, 0, 0);
      outbox.flush();
    }
    const start = outbox.send(text, { body: 'x'.repeat(100) }, 1, 0, 0);
    expect(start - old).toBe(first + 1024 * MIB);
    outbox.send(text, { body: 'y' }, 1, 0, 0);
    expect(outbox.takeBack(old, 1)).toBe(false);
    expect(outbox.takeBack(start - 1024 * MIB, 1)).toBe(false);
    outbox.flush();
    expect(last.toString('latin1')).toMatch(/x{100}.*y/s);
  });

  it('a buffer not yet taken: is not written into', async () => {
    const kept: Buffer[] = [];
    const outbox = new Outbox((bytes) => {
      kept.push(bytes);
      return true;
    });
    outbox.send(text, { body: 'first' }, 1, 0, 0);
    await tick();
    outbox.send(text, { body: 'SECOND' }, 1, 0, 0);
    await tick();
    expect(kept[0].toString('latin1')).toContain('first');
  });

  it('a frame taken back before it left: is left out, those around it are whole', async () => {
    const { outbox, writes } = make();
    const places = ['one', 'two', 'three', 'four'].map((body) => outbox.send(text, { body }, 1, 0, 0));
    expect(outbox.takeBack(places[1], 2)).toBe(true);
    await tick();
    const left = Buffer.concat(writes).toString('latin1');
    expect([left.includes('one'), left.includes('four'), /two|three/.test(left)]).toEqual([true, true, false]);
    expect(outbox.bytesOut).toBe(2 * 18 + 'onefour'.length);
    expect(places.map((place) => outbox.takeBack(place, 1))).toEqual([false, false, false, false]);
    const last = outbox.send(text, { body: 'five' }, 1, 0, 0);
    expect(outbox.takeBack(last, 1)).toBe(true);
    await tick();
    expect(writes.length).toBe(1);
  });

  it('a kernel that takes nothing: is congested once a mebibyte waits, and no longer when it has been handed over', async () => {
    const { outbox } = make(false);
    outbox.send(text, { body: 'first' }, 1, 0, 0);
    await tick();
    expect(outbox.isCongested).toBe(false);
    const body = 'x'.repeat(64 * 1024);
    for (let i = 0; i < 16; i++) outbox.send(text, { body }, 1, 0, 0);
    expect(outbox.isCongested).toBe(true);
    outbox.drained();
    expect(outbox.isCongested).toBe(false);
  });
});
