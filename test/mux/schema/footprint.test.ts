/** Definitions of a few hundred bytes that stand for values without end, and what is left of those that are honest. */
import { describe, expect, it } from 'vitest';
import { loadSchema, parseSchema } from '../../../src/mux/codec/load.js';
import { fieldChanges } from '../../../src/mux/compat/field-changes.js';
import { VppmuxError } from '../../../src/mux/errors.js';
import { footprintOfFields } from '../../../src/mux/schema/footprint.js';
import { MAX_ALL_NODES, MAX_DEPTH, MAX_MEMORY, MAX_NODES } from '../../../src/mux/schema/limits.js';
import { nearest } from '../../../src/nearest.js';
import { needs } from '../../support/needs.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

const ID = ['u16', '_vl_msg_id'];
const range = (length: number) => Array.from({ length }, (_, i) => i);

const schemaOf = (api: object) => parseSchema([{ name: 'bomb.api.json', text: JSON.stringify(api) }]);
const withMessage = (field: unknown[], parts: object) => ({ ...parts, messages: [['m', ID, field, { crc: '0x1' }]] });

/** The error of whoever first has to do with the message; a definition that stops the process fails by the time-out. */
function refusal(api: object): VppmuxError {
  try {
    const message = schemaOf(api).message('m');
    message.decode(message.encode({}));
  } catch (error) {
    if (error instanceof VppmuxError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

/** Unions of unions: each level has `arms` times the values of the one below, and the same size. */
function nestedUnions(depth: number, arms: number): unknown[] {
  const first = ['u_0', ...range(arms).map((i) => ['u8', `a${i}`])];
  return [
    first,
    ...range(depth - 1).map((i) => [`u_${i + 1}`, ...range(arms).map((k) => [`vl_api_u_${i}_t`, `x${k}`])]),
  ];
}

describe('definitions that stand for values without end', () => {
  it.each([
    ['unions in unions, the smallest first', nestedUnions(31, 3)],
    ['unions in unions, the largest first', nestedUnions(31, 3).reverse()],
    ['unions of a thousand arms', nestedUnions(3, 1000)],
  ])('%s: refused by the number of their fields', (_what, unions) => {
    const error = refusal(withMessage([`vl_api_u_${unions.length - 1}_t`, 'bomb'], { unions }));
    expect(error.code).toBe('SCHEMA_INVALID');
    expect(error.message).toMatch(/fields in all, with its types taken apart/);
    expect(error.message.length).toBeLessThan(300);
  });

  it('types nested without end, the innermost first: refused by their depth, before any stack overflows', () => {
    const types = [['t0', ['u8', 'a']], ...range(15_000).map((i) => [`t${i + 1}`, [`vl_api_t${i}_t`, 'a']])];
    expect(refusal(withMessage(['vl_api_t15000_t', 'x'], { types })).message).toMatch(/nested more than 32 deep/);
  });

  it('aliases of aliases without end: refused by their depth', () => {
    const aliases = Object.fromEntries(
      range(5000).map((i) => [`a${i}`, { type: i === 0 ? 'u8' : `vl_api_a${i - 1}_t` }]),
    );
    expect(refusal(withMessage(['vl_api_a4999_t', 'x'], { aliases })).message).toMatch(/nested more than 32 deep/);
  });

  it('a union whose arms are large: refused by the memory of one value', () => {
    const union = ['wide', ...range(1000).map((i) => ['u8', `a${i}`, 65536])];
    const error = refusal(withMessage(['vl_api_wide_t', 'x'], { unions: [union] }));
    expect(error.message).toMatch(/bytes in memory when decoded/);
  });

  it('messages that are large each and many together: refused by the number of all their fields', () => {
    const types = [['t', ...range(1000).map((i) => ['u8', `a${i}`])]];
    const messages = range(300).map((i) => [`m${i}`, ID, ['vl_api_t_t', 'x'], { crc: '0x1' }]);
    const last = ['m', ID, ['vl_api_t_t', 'x'], { crc: '0x1' }];
    expect(refusal({ types, messages: [...messages, last] }).message).toMatch(/fields in all messages/);
  });

  it('a type just below the bounds: compiled, encoded and decoded', () => {
    const types = [
      ['t', ...range(1000).map((i) => ['u32', `a${i}`])],
      ['s', ...range(8).map((i) => ['vl_api_t_t', `b${i}`])],
    ];
    const message = schemaOf(withMessage(['vl_api_s_t', 'x'], { types })).message('m');
    const bytes = message.encode({});
    expect(message.encode(message.decode(bytes)).equals(bytes)).toBe(true);
  });

  it('fields in any order, compared: in steps that grow hardly faster than they do', () => {
    const shuffled = range(200_000).map(
      (i) => ({ name: `f${(i * 7919) % 200_000}`, type: { kind: 'string' } }) as const,
    );
    const moved = fieldChanges([...shuffled].reverse(), shuffled).filter(({ kind }) => kind === 'moved');
    expect(moved.length).toBeGreaterThan(100_000);
  });

  it('names without number that are all alike: the nearest are looked for among the first', () => {
    const wanted = 'x'.repeat(128);
    let looked = 0;
    const names = (function* () {
      for (; looked < 100_000; looked++) yield `${wanted.slice(0, 120)}${looked}`;
    })();
    expect(nearest(wanted, names)).toHaveLength(3);
    expect(looked).toBeLessThan(2000);
  });
});

describe('definitions of real VPPs', needs(sharedMissing), () => {
  it.each(['22.10', '23.10', '25.10', '26.06'])('%s: far below all bounds', async (release) => {
    const { model } = await loadSchema(sharedPath('vpp-api', release));
    let all = 0;
    for (const { fields } of model.messages.values()) {
      const { nodes, memory, depth } = footprintOfFields(fields);
      all += nodes;
      expect(nodes).toBeLessThan(MAX_NODES / 30);
      expect(memory).toBeLessThan(MAX_MEMORY / 500);
      expect(depth).toBeLessThan(MAX_DEPTH / 4);
    }
    expect(all).toBeLessThan(MAX_ALL_NODES / 10);
  });
});
