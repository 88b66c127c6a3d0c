/** Whether a body is a whole message: the same as decoding it would say, for every message of a release. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Message, Schema } from '../../../src/mux/codec/codec.js';
import { wholeCheck } from '../../../src/mux/relay/whole-message.js';
import { ownSchema } from '../../support/mock.js';
import { messageFields } from '../codec/arbitrary.js';

let schema: Schema;
let requests: Message[];
beforeAll(async () => {
  schema = await ownSchema();
  requests = [...schema.model.messages.values()]
    .filter(({ service }) => service !== undefined)
    .map(({ name }) => schema.message(name));
});

function decodes(message: Message, bytes: Buffer): boolean {
  if (bytes.length < message.def.minSize) return false;
  try {
    message.read(bytes, 0, bytes.length, { end: 0 });
    return true;
  } catch {
    return false;
  }
}

describe('a whole message', () => {
  it('any request with any values: is whole, also with more behind it, and at any place of a buffer', () => {
    for (const message of requests) {
      const isWhole = wholeCheck(message);
      const property = fc.property(messageFields(message.def, { text: false }), fc.nat(40), (fields, more) => {
        const bytes = message.encode(fields);
        const placed = Buffer.concat([Buffer.alloc(more, 0xff), bytes, Buffer.alloc(more, 0xff)]);
        expect(isWhole(placed, more, more + bytes.length), message.name).toBe(true);
        expect(isWhole(placed, more, placed.length), message.name).toBe(true);
      });
      fc.assert(property, { numRuns: 2 });
    }
  });

  it('a part of one: is whole where it can be decoded, and never reads beyond its end', () => {
    for (const message of requests) {
      const isWhole = wholeCheck(message);
      const property = fc.property(messageFields(message.def, { text: false }), fc.nat(), (fields, cut) => {
        const bytes = message.encode(fields);
        const part = bytes.subarray(0, cut % (bytes.length + 1));
        expect([message.name, isWhole(bytes, 0, part.length)]).toEqual([message.name, decodes(message, part)]);
      });
      fc.assert(property, { numRuns: 4 });
    }
  });

  it('any bytes: the same as decoding says', () => {
    for (const message of requests) {
      const isWhole = wholeCheck(message);
      const property = fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        const body = Buffer.from(bytes);
        expect([message.name, isWhole(body, 0, body.length)]).toEqual([message.name, decodes(message, body)]);
      });
      fc.assert(property, { numRuns: 4 });
    }
  });

  it('a count of 4,294,967,295: is looked at without taking memory', () => {
    const message = schema.message('cli_inband');
    const body = Buffer.alloc(14);
    body.writeUInt32BE(0xffffffff, 10);
    expect(wholeCheck(message)(body, 0, body.length)).toBe(false);
  });
});
