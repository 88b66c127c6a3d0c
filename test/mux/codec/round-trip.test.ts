import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Message, Schema } from '../../../src/mux/codec/codec.js';
import { loadSchema } from '../../../src/mux/codec/load.js';
import { FieldError } from '../../../src/mux/errors.js';
import type { MessageDef } from '../../../src/mux/schema/model.js';
import { needs } from '../../support/needs.js';
import { scaled } from '../../support/scale.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';
import { messageFields } from './arbitrary.js';

/** Checks that each given value is found in the decoded one; decoding adds counts and left-out fields. */
function expectContained(given: unknown, decoded: unknown, where: string): void {
  if (typeof given === 'number' && Number.isNaN(given)) return;
  if (given instanceof Uint8Array || typeof given !== 'object' || given === null) {
    expect(decoded, where).toEqual(Object.is(given, -0) ? decoded : given);
    return;
  }
  const inner = decoded as Record<string, unknown>;
  for (const [key, value] of Object.entries(given)) expectContained(value, inner[key], `${where}.${key}`);
}

describe('every message of VPP 26.06', needs(sharedMissing), () => {
  /** Runs of the property for each message. */
  const numRuns = scaled({ short: 2, long: 20 });
  const timeout = 900_000;
  let schema: Schema;
  let messages: Message[];
  beforeAll(async () => {
    schema = await loadSchema(sharedPath('vpp-api', '26.06'));
    messages = [...schema.model.messages.keys()].map((name) => schema.message(name));
  });

  it('random raw values: come back as they were given', { timeout }, () => {
    for (const message of messages) {
      fc.assert(
        fc.property(messageFields(message.def, { text: false }), (fields) => {
          const bytes = message.encode(fields);
          const decoded = message.decode(bytes, { raw: true });
          expectContained(fields, decoded, message.name);
          expect(message.encode(decoded).equals(bytes), message.name).toBe(true);
          expect(Object.keys(decoded)).toEqual(message.def.fields.map(({ name }) => name));
        }),
        { numRuns },
      );
    }
  });

  it('random values in text forms and names: encode, and decode to the same bytes again', { timeout }, () => {
    for (const message of messages) {
      fc.assert(
        fc.property(messageFields(message.def, { text: true }), (fields) => {
          const bytes = message.encode(fields);
          expect(message.encode(message.decode(bytes)).equals(bytes), message.name).toBe(true);
        }),
        { numRuns },
      );
    }
  });

  it('random bytes: give a value or a FieldError, the same whatever surrounds them', () => {
    fc.assert(
      fc.property(fc.nat(), fc.uint8Array({ maxLength: 400 }), fc.nat(255), (pick, body, around) => {
        const message = messages[pick % messages.length];
        const outcome = (fill: number) => {
          const framed = Buffer.alloc(body.length + 64, fill);
          framed.set(body, 32);
          const at = { end: -1 };
          try {
            const value = message.read(framed, 32, 32 + body.length, at);
            expect(at.end).toBeGreaterThanOrEqual(32 + message.def.minSize);
            expect(at.end).toBeLessThanOrEqual(32 + body.length);
            return value;
          } catch (error) {
            expect(error).toBeInstanceOf(FieldError);
            expect(error).toMatchObject({ code: 'TRUNCATED', messageName: message.name });
            return 'truncated';
          }
        };
        expect(outcome(around)).toEqual(outcome(around ^ 0xff));
      }),
      { numRuns: 1500 },
    );
  });

  it('random bytes of the right size: what they decode to encodes, when raw to themselves', () => {
    // A bool that is neither 0 nor 1, a double that is no number, and a string's garbage cannot be said again.
    const written = (def: MessageDef) =>
      JSON.stringify(def.fields, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    const exact = messages.filter(({ def }) => def.size && !/"(bool|f64|string)"/.test(written(def)));
    expect(exact.length).toBeGreaterThan(1000);
    fc.assert(
      fc.property(fc.constantFrom(...exact), fc.uint8Array({ minLength: 5000, maxLength: 5000 }), (message, body) => {
        const bytes = Buffer.from(body.subarray(0, message.def.size));
        expect(message.encode(message.decode(bytes, { raw: true })).equals(bytes), message.name).toBe(true);
        expect(message.encode(message.decode(bytes)).length).toBe(bytes.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('a message cut anywhere: TRUNCATED, with the field that does not fit', () => {
    for (const message of messages) {
      const [fields] = fc.sample(messageFields(message.def, { text: false }), { numRuns: 1, seed: 7 });
      const bytes = message.encode(fields);
      const step = Math.max(1, Math.floor(bytes.length / 8));
      for (let length = 0; length < bytes.length; length += step) {
        let error: unknown;
        try {
          message.decode(bytes.subarray(0, length));
        } catch (thrown) {
          error = thrown;
        }
        if (message.def.fields.at(-1)?.array?.kind === 'trailing' && error === undefined) continue;
        expect(error, `${message.name} cut at ${length} of ${bytes.length}`).toBeInstanceOf(FieldError);
        const { code, path = '' } = error as FieldError;
        expect(code).toBe('TRUNCATED');
        expect(
          message.def.fields.some(({ name }) => path.startsWith(name)),
          path,
        ).toBe(true);
      }
    }
  });
});
