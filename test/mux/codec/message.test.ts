import { describe, expect, it } from 'vitest';
import { GrowingWriter } from '../../../src/mux/codec/byte-writer.js';
import { FieldError, VppmuxError } from '../../../src/mux/errors.js';
import { fixture, fixtureSchema } from './fixture.js';

const written = (name: string, fields: Record<string, unknown>) => {
  const writer = new GrowingWriter(4);
  writer.reserve(2);
  writer.bytes.fill(0xee);
  writer.pos = 2;
  fixture(name).write(writer, fields, 0x0102, 0x80000003, 0x04050607);
  return writer.bytes.toString('hex', 2, writer.pos);
};

const read = (name: string, hex: string) => {
  const bytes = Buffer.from(`ffff${hex}ffff`, 'hex');
  const at = { end: 0 };
  const value = fixture(name).read(bytes, 2, bytes.length - 2, at);
  return { value, surplus: bytes.length - 2 - at.end };
};

describe('message header', () => {
  it('write: takes id, client_index and context as arguments, wherever they stand', () => {
    expect(written('bare', { x: 9 })).toBe('010209');
    expect(written('route_add', {}).slice(0, 20)).toBe('01028000000304050607');
    expect(written('swapped', { x: 9 })).toBe('0102040506078000000309');
    expect(written('event', { pid: 9 })).toBe('01028000000300000009');
    expect(written('reply', { retval: -1, client_index: 7 })).toBe('010204050607ffffffff00000007');
  });

  it('write: takes any u32 context, and one above 31 bits as given', () => {
    const writer = new GrowingWriter();
    fixture('reply').write(writer, {}, 65535, 0, 0xffffffff);
    expect(writer.bytes.toString('hex', 0, 6)).toBe('ffffffffffff');
  });

  it('read: leaves the header out, and nothing else of that name', () => {
    expect(read('bare', '010209')).toEqual({ value: { x: 9 }, surplus: 0 });
    expect(read('event', '01028000000300000009').value).toEqual({ pid: 9 });
    expect(read('reply', '010204050607ffffffff00000007').value).toEqual({ retval: -1, client_index: 7 });
    expect(read('swapped', '0102040506078000000309').value).toEqual({ x: 9 });
  });

  it('encode and decode: have the header among the fields', () => {
    const fields = { _vl_msg_id: 0x0102, client_index: 0x80000003, context: 0x04050607, x: 9 };
    expect(fixture('swapped').encode(fields).toString('hex')).toBe('0102040506078000000309');
    expect(fixture('swapped').decode(Buffer.from('0102040506078000000309', 'hex'))).toEqual(fields);
    expect(fixture('swapped').encode({ x: 9 }).toString('hex')).toBe('0000000000000000000009');
  });

  it('encode: refuses a header field that does not fit', () => {
    expect(() => fixture('bare').encode({ _vl_msg_id: 65536 })).toThrow(/_vl_msg_id: u16/);
  });
});

describe('message', () => {
  it('bytes beyond the definition: are left alone and seen in at.end', () => {
    expect(read('bare', '010209aabbcc')).toEqual({ value: { x: 9 }, surplus: 3 });
    expect(fixture('bare').decode(Buffer.from('010209aabbcc', 'hex'))).toEqual({ _vl_msg_id: 0x0102, x: 9 });
    expect(read('strings', `${'00'.repeat(34)}0000000161aabb`).surplus).toBe(2);
    expect(read('tail', `${'00'.repeat(10)}0001ff`)).toEqual({ value: { values: [1] }, surplus: 1 });
  });

  it.each([
    ['bare', '', /bare ends within _vl_msg_id: 2 more bytes are needed, 0 are there \(the message has 0\)/],
    ['bare', '0102', /within x: 1 more/],
    ['reply', '010204', /within context: 3 more bytes are needed, 1 are there/],
    ['strings', '00'.repeat(36), /within rest/],
    ['strings', `${'00'.repeat(34)}ffffffff61`, /within rest: 4294967294 more/],
    [
      'addresses',
      `${'00'.repeat(10)}0002${'00'.repeat(33)}`,
      /within list\[1\]\.un: 1 more bytes are needed, 15 are there/,
    ],
    ['route_add', `${'00'.repeat(33)}`, /within route\.n_paths/],
    ['route_add', `${'00'.repeat(33)}01${'00'.repeat(4)}`, /within route\.paths\[0\]\.weight/],
    ['nested', `${'00'.repeat(12)}`, /within named\.name/],
  ])('%s cut short: says where and by how much', (name, hex, says) => {
    const bytes = Buffer.from(hex, 'hex');
    expect(() => fixture(name).read(bytes, 0, bytes.length, { end: 0 })).toThrow(FieldError);
    expect(() => fixture(name).decode(bytes)).toThrow(says);
  });

  it('a count of billions: is refused before anything is allocated', () => {
    const bytes = Buffer.from(`${'00'.repeat(10)}ffff`, 'hex');
    expect(() => fixture('addresses').decode(bytes)).toThrow(/within list\[0\]/);
  });

  it('decode: takes any Uint8Array, and nothing else', () => {
    const bytes = Uint8Array.of(9, 1, 2, 3, 9).subarray(1, 4);
    expect(fixture('bare').decode(bytes)).toEqual({ _vl_msg_id: 0x0102, x: 3 });
    expect(() => fixture('bare').decode('010203' as unknown as Uint8Array)).toThrow(FieldError);
  });

  it('decoded fields: are an ordinary object with the fields in order', () => {
    const value = fixture('numbers').decode(fixture('numbers').encode({}));
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value)).toEqual(['_vl_msg_id', 'client_index', 'context', ...'abcdefghij']);
  });

  it('encode: gives bytes of their own, also from within a getter', () => {
    const first = fixture('bare').encode({ x: 1 });
    const second = fixture('bare').encode({
      get x() {
        return fixture('bare').encode({ x: 7 })[2];
      },
    });
    expect([first[2], second[2]]).toEqual([1, 7]);
    expect(first.buffer.byteLength).toBe(3);
  });

  it('encode after a refusal: works', () => {
    expect(() => fixture('bare').encode({ x: -1 })).toThrow(FieldError);
    expect(fixture('bare').encode({ x: 1 })[2]).toBe(1);
  });

  it('functions: are compiled once', () => {
    const message = fixture('bare');
    expect(message.read).toBe(message.read);
    expect(message.write).toBe(message.write);
  });

  it('hasRetval: is so for a signed and an unsigned retval', () => {
    expect([fixture('reply').hasRetval, fixture('late').hasRetval, fixture('bare').hasRetval]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('what fits no buffer yet: makes it grow, and keeps what was there', () => {
    const paths = Array.from({ length: 255 }, (_, i) => ({ weight: i }));
    const hex = written('route_add', { route: { paths } });
    const { value } = read('route_add', hex);
    expect(value).toMatchObject({ is_add: true, route: { n_paths: 255, paths } });
  });
});

describe('schema', () => {
  it('an unknown message: UNKNOWN_MESSAGE with the nearest names', () => {
    const schema = fixtureSchema();
    expect(schema.find('route_ad')).toBeUndefined();
    expect(() => schema.message('route_ad')).toThrow(/no message route_ad in the schema; did you mean route_add\?/);
    expect(() => schema.message('__proto__')).toThrow(VppmuxError);
    expect(() => schema.message('constructor')).toThrow(VppmuxError);
  });

  it('a message: is the same object each time', () => {
    const schema = fixtureSchema();
    expect(schema.message('bare')).toBe(schema.find('bare'));
  });
});
