import { describe, expect, it } from 'vitest';
import type { ByteWriter, Message } from '../../../src/mux/codec/codec.js';
import { loadSchema, parseSchema } from '../../../src/mux/codec/load.js';
import { type JsonOptions, writeJson } from '../../../src/mux/json/json-writer.js';
import { toJson } from '../../../src/mux/json/to-json.js';
import { headerLength } from '../../../src/mux/schema/messages.js';
import { printable } from '../../../src/printable.js';
import { anyBody } from '../../support/any-body.js';
import { needs } from '../../support/needs.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

const OPTIONS: readonly JsonOptions[] = [
  {},
  { names: true },
  { allArms: true },
  { names: true, allArms: true },
  { printable: true },
];
const HEAD = { id: 7, clientIndex: 8, context: 9 };

/** A writer with no more room than was asked for: what is put behind it is lost. */
class ExactWriter implements ByteWriter {
  bytes: Buffer;
  pos = 0;

  constructor(free = 0) {
    this.bytes = Buffer.alloc(free);
  }

  reserve(count: number): void {
    if (this.pos + count > this.bytes.length) {
      this.bytes = Buffer.concat([this.bytes.subarray(0, this.pos)], this.pos + count);
    }
  }
}

/** The text of a body, or the error, by way of its objects. */
function ofObjects(message: Message, body: Buffer, options: JsonOptions): string {
  try {
    const text = JSON.stringify(toJson(message, message.read(body, 0, body.length, { end: 0 }), options));
    return options.printable ? printable(text) : text;
  } catch (error) {
    return `${error}`;
  }
}

function ofBytes(message: Message, body: Buffer, options: JsonOptions, writer: ByteWriter): string {
  const { pos } = writer;
  const at = { end: 0 };
  try {
    writeJson(message, writer, body, 0, body.length, at, options);
    return writer.bytes.toString('utf8', pos, writer.pos);
  } catch (error) {
    expect(writer.pos).toBe(pos);
    return `${error}`;
  }
}

/** The generator of Park and Miller. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe('the compiled writer of JSON', needs(sharedMissing), () => {
  it.each(['22.10', '26.06'])(
    'all messages of VPP %s, any bodies: the bytes, or the error, of decoding and JSON.stringify',
    async (release) => {
      const schema = await loadSchema(sharedPath('vpp-api', release));
      const random = randomFrom(14);
      let count = 0;
      for (const name of schema.model.messages.keys()) {
        const message = schema.message(name);
        for (let i = 0; i < 12; i++) {
          const { bytes } = anyBody(message.def, HEAD, random);
          const body = i % 4 === 3 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes;
          for (const options of OPTIONS) {
            expect(ofBytes(message, body, options, new ExactWriter()), `${name} ${body.toString('hex')}`).toBe(
              ofObjects(message, body, options),
            );
          }
          count++;
        }
      }
      expect(count).toBeGreaterThan(10_000);
    },
  );

  it('zeros and ones alone: the same', async () => {
    const schema = await loadSchema(sharedPath('vpp-api', '26.06'));
    for (const name of schema.model.messages.keys()) {
      const message = schema.message(name);
      for (const byte of [0, 1, 0xff, 0]) {
        const body = Buffer.alloc(message.def.minSize + 300, byte);
        for (const options of OPTIONS) {
          expect(ofBytes(message, body, options, new ExactWriter()), name).toBe(ofObjects(message, body, options));
        }
      }
    }
  });

  it('says where the message ended, as reading it does', async () => {
    const schema = await loadSchema(sharedPath('vpp-api', '26.06'));
    const message = schema.message('show_version_reply');
    expect(headerLength(message.def.fields)).toBe(2);
    const at = { end: 0 };
    const body = Buffer.alloc(message.def.minSize + 5);
    writeJson(message, new ExactWriter(), body, 0, body.length, at, {});
    expect(at.end).toBe(message.def.minSize);
  });
});

/** Lists of elements without fixed size, in all forms that such elements have. VPP's own API has few of them. */
const LISTS = parseSchema([
  {
    name: 'lists.api.json',
    text: JSON.stringify({
      types: [
        ['item', ['u8', 'len'], ['u8', 'data', 0, 'len']],
        ['wrapped', ['u16', 'a'], ['vl_api_item_t', 'item']],
        ['named', ['string', 'name', 0]],
        ['numbers', ['u8', 'count'], ['u32', 'numbers', 0, 'count']],
        ['box', ['u8', 'count'], ['vl_api_item_t', 'items', 0, 'count']],
        ['boxes', ['u8', 'count'], ['vl_api_box_t', 'boxes', 0, 'count']],
      ],
      messages: ['item', 'wrapped', 'named', 'numbers', 'box', 'boxes'].map((type) => [
        `${type}_list`,
        ['u16', '_vl_msg_id'],
        ['u32', 'context'],
        ['u32', 'count'],
        [`vl_api_${type}_t`, 'list', 0, 'count'],
        { crc: '0x1' },
      ]),
    }),
  },
]);

describe('lists of elements without fixed size', () => {
  it.each([...LISTS.model.messages.keys()])('%s: the same, whatever room is left in the buffer', (name) => {
    const message = LISTS.message(name);
    const random = randomFrom(5);
    for (let i = 0; i < 20; i++) {
      const { bytes } = anyBody(message.def, HEAD, random);
      const expected = ofObjects(message, bytes, {});
      for (let free = 0; free <= Math.min(expected.length + 20, 300); free++) {
        expect(ofBytes(message, bytes, {}, new ExactWriter(free)), `${free} bytes free`).toBe(expected);
      }
    }
  });

  it('elements of 10, 0 and 3 bytes: the comma between them has its room', () => {
    const message = LISTS.message('item_list');
    const items = [10, 0, 3].map((length) => Buffer.from([length, ...Array.from({ length }, () => 7)]));
    const body = Buffer.concat([Buffer.from([0, 1, 0, 0, 0, 2, 0, 0, 0, 3]), ...items]);
    for (let free = 0; free < 200; free++) {
      expect(ofBytes(message, body, {}, new ExactWriter(free))).toBe(ofObjects(message, body, {}));
    }
  });
});
