/** Values as messages have them, and more. */

import fc from 'fast-check';

const number = fc.oneof(
  fc.integer(),
  fc.integer({ min: -0x1_0000_0002, max: -0xffff_fffe }),
  fc.integer({ min: 0xffff_fffe, max: 0x1_0000_0002 }),
  fc.double(),
  fc.maxSafeInteger(),
);
const bigint = fc.oneof(
  fc.bigInt({ min: -3n, max: 300n }),
  fc.bigInt({ min: -(2n ** 64n) - 2n, max: 2n ** 64n + 2n }),
  fc.bigInt({ min: -(2n ** 700n), max: 2n ** 700n }),
);
const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.string({ maxLength: 300 }));
const leaf = fc.oneof(
  number,
  bigint,
  text,
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Uint8Array.from(bytes)),
);
const name = fc.oneof(fc.constantFrom('sw_if_index', 'context', '__proto__', 'constructor', ''), text);

export const anyValue = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 30 }),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 30 }).map((entries) => Object.fromEntries(entries)),
  ),
})).value;
