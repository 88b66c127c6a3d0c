import { describe, expect, it } from 'vitest';
import { parseSchema } from '../../../src/mux/codec/load.js';
import { readMessageTable, tableHash, withWholeNames } from '../../../src/mux/session/message-table.js';

const LONG = `a_message_with_a_name_that_is_as_long_as_a_name_can_get`;
const entry = (index: number, name: string, crc: string) => ({ index, name: `${name}_${crc}`.slice(0, 63) });
const model = (...messages: [name: string, crc: string][]) => {
  const all = messages.map(([name, crc]) => [name, ['u16', '_vl_msg_id'], { crc: `0x${crc}` }]);
  return parseSchema([{ name: 'm', text: JSON.stringify({ messages: all }) }]).model;
};

describe('names that VPP cut', () => {
  const table = readMessageTable([entry(1, 'show_version', '51077d14'), entry(2, LONG, '12345678')]);

  it('kept with what is left, then made whole by the definition that begins so', () => {
    expect([...table.keys()]).toEqual(['show_version', `${LONG}_12345678`.slice(0, 63)]);
    const whole = withWholeNames(table, model([LONG, '12345678']));
    expect(whole.get(LONG)).toEqual({ name: LONG, crc: '12345678', id: 2 });
    expect(whole.size).toBe(2);
    expect(tableHash(whole)).toBe(tableHash(table));
  });

  it('of another CRC as far as it can be seen, or of two definitions: stays cut', () => {
    expect(withWholeNames(table, model([LONG, '99345678'])).has(LONG)).toBe(false);
    const longer = LONG.padEnd(63, 'x');
    const two = readMessageTable([entry(2, `${longer}1`, '12345678')]);
    const both = withWholeNames(two, model([`${longer}1`, '12345678'], [`${longer}2`, '12345678']));
    expect([...both.keys()]).toEqual([longer]);
  });

  it('two of which the same is left: neither can be called', () => {
    const longer = LONG.padEnd(63, 'x');
    const both = readMessageTable([entry(2, `${longer}1`, '12345678'), entry(3, `${longer}2`, '12345678')]);
    expect(both.size).toBe(0);
  });

  it('a short entry that is not name_crc: PROTOCOL', () => {
    expect(() => readMessageTable([{ index: 1, name: 'show_version' }])).toThrow(/not name_crc/);
  });
});
