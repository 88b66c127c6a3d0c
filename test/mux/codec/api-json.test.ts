/** VPP's answer to get_api_json, read piece by piece. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MAX_API_JSON, readApiJson } from '../../../src/mux/codec/api-json.js';
import { schemaFromApiJson } from '../../../src/mux/codec/load.js';
import { jsonElements } from '../../../src/mux/schema/json-elements.js';
import { MAX_DEFINITIONS, MAX_FAULTS } from '../../../src/mux/schema/limits.js';
import { needs } from '../../support/needs.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

const NO_TABLE = new Map();
const read = (json: string) => readApiJson(Buffer.from(json), NO_TABLE);
const elements = (json: string) => {
  const bytes = Buffer.from(json);
  return [...jsonElements('x', bytes)].flatMap((each) =>
    each ? [bytes.subarray(each.start, each.end).toString().trim()] : [],
  );
};

/** Longest time between two turns of the event loop while `work` runs, in turns that did not happen: 0 or more. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let turns = 0;
  let over = false;
  const turn = () => {
    turns++;
    if (!over) setImmediate(turn);
  };
  setImmediate(turn);
  await work.catch(() => {});
  over = true;
  return turns;
}

describe('elements of a JSON array', () => {
  it.each([
    ['[]', []],
    [' [ ] \n\0', []],
    ['[1]', ['1']],
    ['[{"a":[1,2]},[3,[4]],"x,]"]', ['{"a":[1,2]}', '[3,[4]]', '"x,]"']],
    ['["\\"]","\\\\",{"}":"]"}]', ['"\\"]"', '"\\\\"', '{"}":"]"}']],
    ['[1,,2]', ['1', '', '2']],
  ])('%j: cut where JSON.parse would', (json, cut) => {
    expect(elements(json)).toEqual(cut);
  });

  it.each(['', 'x', '{}', '[', '[1', '["]', '[1]]', '[1] x', '["\\'])('%j: not an array', (json) => {
    expect(() => elements(json)).toThrow(/^x: /);
  });
});

describe("VPP's answer to get_api_json", () => {
  it('larger than any VPP has: refused before it is looked at', async () => {
    const json = Buffer.alloc(MAX_API_JSON + 1, ' ');
    await expect(readApiJson(json, NO_TABLE)).rejects.toMatchObject({
      code: 'SCHEMA_INVALID',
      message: expect.stringMatching(/16777217 bytes of definitions are too many/),
    });
  });

  it('megabytes: the event loop turns in between', async () => {
    const file = { messages: Array.from({ length: 40 }, (_, i) => [`m${i}`, ['u16', '_vl_msg_id'], { crc: '0x1' }]) };
    const text = JSON.stringify(file).replace('}]', `,"pad":"${'x'.repeat(100_000)}"}]`);
    const json = `[${Array.from({ length: 100 }, () => text).join(',')}]`;
    expect(await turnsDuring(read(json))).toBeGreaterThan(2);
  });

  it('one file that is damaged or far too long: the others are read', async () => {
    const good = JSON.stringify({ module: 'good', messages: [['m', ['u16', '_vl_msg_id'], { crc: '0x1' }]] });
    const { schema } = await read(`[{"module":"bad",,},${good},{"module":"long","x":"${'x'.repeat(3 << 20)}"}]`);
    expect([...schema.model.messages.keys()]).toEqual(['m']);
    expect(schema.model.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^get_api_json\[0\]: not JSON/),
      expect.stringMatching(/^get_api_json\[2\]: a file of 31\d+ bytes/),
    ]);
  });

  it('definitions without number, or nearly all of them wrong: refused without an error for each', async () => {
    const many = Array.from({ length: MAX_DEFINITIONS + 1 }, (_, i) => [
      `m${i}`,
      ['u16', '_vl_msg_id'],
      { crc: '0x1' },
    ]);
    const halves = [{ messages: many.slice(0, 9000) }, { messages: many.slice(9000) }];
    expect((await read(JSON.stringify(halves))).schema.model.problems.map(({ message }) => message)).toEqual([
      'get_api_json[1]: more than 16384 definitions in all files so far are too many',
    ]);
    const wrong = Array.from({ length: 10_000 }, () => 1);
    const error = await read(JSON.stringify([{ messages: wrong }, { messages: wrong }])).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'SCHEMA_INVALID' });
    const { schema } = await read(
      JSON.stringify([{ messages: wrong.slice(0, MAX_FAULTS / 2) }, { messages: [many[0]] }, { messages: wrong }]),
    );
    expect(schema.model.problems.length).toBeLessThan(MAX_FAULTS);
    expect(schema.find('m0')).toBeDefined();
  });

  it('a real one: the same definitions as read at once', needs(sharedMissing), async () => {
    const dir = sharedPath('vpp-api', '26.06');
    const texts = readdirSync(dir).map((name) => readFileSync(`${dir}/${name}`, 'utf8'));
    const json = `[\n${texts.join(',')}]`;
    const [pieces, whole] = [await read(json), schemaFromApiJson(json)];
    expect(pieces.unproven).toEqual([]);
    expect([...pieces.schema.model.messages.values()]).toEqual([...whole.model.messages.values()]);
  });
});
