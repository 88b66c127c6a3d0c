/** The functions that a message's writer is made of: each once, with names of their own. */

import { expect, it } from 'vitest';
import { parseSchema } from '../../../src/mux/codec/load.js';
import { WriterFunctions } from '../../../src/mux/json/writer-functions.js';
import type { EnumType, StructType } from '../../../src/mux/schema/model.js';

const { model } = parseSchema([
  {
    name: 'a.api.json',
    text: JSON.stringify({
      types: [['pair', ['u32', 'a'], ['vl_api_side_t', 'b']]],
      enums: [['side', ['LEFT', 0], ['RIGHT', 1], { enumtype: 'u32' }]],
      messages: [['m', ['u16', '_vl_msg_id'], ['u32', 'context'], ['vl_api_pair_t', 'pair'], { crc: '0x1' }]],
    }),
  },
]);
const pair = model.messages.get('m')?.fields.at(-1)?.type as StructType;
const side = pair.fields[1].type as EnumType;

it('a type: has one function anywhere, and another one within a union', () => {
  const functions = new WriterFunctions();
  const write = (name: string, isWithin: boolean) =>
    functions.ofType(pair, isWithin, (source) => source.text(`"${name}"`)).name;
  const plain = write('plain', false);
  expect(write('never', false)).toBe(plain);
  expect(write('within', true)).not.toBe(plain);
  expect(`${functions}`.split('\n')).toHaveLength(2);
  expect(`${functions}`).not.toContain('never');
});

it('constants: the texts and the enums that the functions name', () => {
  const functions = new WriterFunctions();
  const source = functions.source();
  source.text('"constant"');
  expect(`${source}`).toBe('o=literal(out,o,K0);');
  expect([functions.ofEnum(side), functions.ofEnum(side)]).toEqual(['E0', 'E0']);
  const { K0, E0 } = functions.constants() as { K0: Uint8Array; E0(value: number): Uint8Array };
  expect([K0, E0(1)].map((bytes) => Buffer.from(bytes).toString())).toEqual(['"constant"', '"RIGHT"']);
});

it('an array: takes room for each element, a comma each, and its brackets', () => {
  const functions = new WriterFunctions();
  const { name, bound } = functions.ofArray(pair, 3, (element) => element.code('o=x(out,o);', 10));
  expect(bound).toBe(2 + 3 * 11);
  expect(`${functions}`).toContain(`function ${name}(out,o,b,p)`);
});
