/** Bytes whose buffer was transferred look like no bytes: a key of zeros would be sent in their place. */
import { describe, expect, it } from 'vitest';
import { parseSchema } from '../../../src/mux/codec/load.js';

const ID = ['u16', '_vl_msg_id'];
const message = parseSchema([
  {
    name: 'a.api.json',
    text: JSON.stringify({
      unions: [['un', ['u8', 'ip4', 4], ['u8', 'ip6', 16]]],
      aliases: { mac_address: { type: 'u8', length: 6 } },
      messages: [
        [
          'm',
          ID,
          ['u8', 'key', 16],
          ['u32', 'numbers', 2],
          ['vl_api_un_t', 'un'],
          ['vl_api_mac_address_t', 'mac'],
          ['u32', 'n'],
          ['u8', 'data', 0, 'n'],
          { crc: '0x1' },
        ],
      ],
    }),
  },
]).message('m');

function gone<T extends ArrayBufferView & { readonly buffer: ArrayBufferLike }>(view: T): T {
  structuredClone(view.buffer, { transfer: [view.buffer as ArrayBuffer] });
  return view;
}

describe('bytes whose buffer was transferred', () => {
  it.each(['key', 'data', 'mac', 'un'])('as %s: refused with what they are', (field) => {
    expect(() => message.encode({ [field]: gone(Uint8Array.from([1, 2, 3])) })).toThrow(
      expect.objectContaining({
        code: 'BAD_FIELD',
        path: field,
        message: expect.stringMatching(/not Uint8Array whose memory is gone \(its buffer was transferred\)/),
      }),
    );
  });

  it('numbers in a typed array: the same', () => {
    expect(() => message.encode({ numbers: gone(Uint32Array.from([1, 2])) })).toThrow(
      expect.objectContaining({
        code: 'BAD_FIELD',
        path: 'numbers',
        message: expect.stringMatching(/Uint32Array whose memory/),
      }),
    );
  });

  it('in a view that its buffer was shrunk below: the same', () => {
    const buffer = Reflect.construct(ArrayBuffer, [8, { maxByteLength: 8 }]) as ArrayBuffer & {
      resize(n: number): void;
    };
    const view = new Uint8Array(buffer, 4, 4);
    buffer.resize(2);
    expect(() => message.encode({ data: view })).toThrow(expect.objectContaining({ code: 'BAD_FIELD', path: 'data' }));
  });

  it('to decode: a typed error', () => {
    for (const bytes of [gone(new Uint8Array(60)), gone(Buffer.from(new ArrayBuffer(60)))]) {
      expect(() => message.decode(bytes)).toThrow(expect.objectContaining({ code: 'BAD_FIELD', messageName: 'm' }));
    }
  });

  it('bytes that are none, but there: taken', () => {
    expect(message.decode(message.encode({ data: new Uint8Array(0), key: new Uint8Array(0) }))).toMatchObject({ n: 0 });
  });
});
