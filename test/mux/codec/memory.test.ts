/** Frames that become far more in memory than they are on the wire. */
import { describe, expect, it } from 'vitest';
import { loadSchema, parseSchema } from '../../../src/mux/codec/load.js';
import { longestBody } from '../../../src/mux/codec/memory.js';
import { needs } from '../../support/needs.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

const ID = ['u16', '_vl_msg_id'];
const MiB = 2 ** 20;

function messageOf(fields: unknown[][], parts: object = {}) {
  const messages = [['m', ID, ...fields, { crc: '0x1' }]];
  return parseSchema([{ name: 'a.api.json', text: JSON.stringify({ ...parts, messages }) }]).message('m');
}

/** Two million of them, counted by a u32. */
function listOf(type: string, size: number, parts?: object) {
  const message = messageOf(
    [
      ['u32', 'n'],
      [type, 'v', 0, 'n'],
    ],
    parts,
  );
  const bytes = Buffer.alloc(6 + size * 2_000_000);
  bytes.writeUInt32BE(2_000_000, 2);
  return { message, bytes };
}

describe('a frame that becomes far more in memory', () => {
  it.each([
    [
      'unions of a thousand arms',
      'vl_api_wide_t',
      1,
      { unions: [['wide', ...Array.from({ length: 1000 }, (_, i) => ['u8', `a${i}`])]] },
    ],
    ['structs of one byte', 'vl_api_one_t', 1, { types: [['one', ['u8', 'a']]] }],
    ['bytes one by one', 'vl_api_one_t', 1, { aliases: { one: { type: 'u8', length: 1 } } }],
    ['64-bit numbers', 'u64', 8, {}],
  ])('%s: not decoded, with a typed error, raw or not', (_what, type, size, parts) => {
    const { message, bytes } = listOf(type, size, parts);
    for (const raw of [false, true]) {
      expect(() => message.decode(bytes, { raw })).toThrow(
        expect.objectContaining({ code: 'MESSAGE_TOO_LARGE', messageName: 'm' }),
      );
    }
  });

  it('a list of a few of them: decoded', () => {
    const { message, bytes } = listOf('vl_api_one_t', 1, { types: [['one', ['u8', 'a']]] });
    bytes.writeUInt32BE(1000, 2);
    expect(message.decode(bytes.subarray(0, 1006)).v).toHaveLength(1000);
  });

  it('text and bytes: as long as the frame is', () => {
    const text = messageOf([['string', 'text', 0]]);
    expect(text.decode(text.encode({ text: 'x'.repeat(40 * MiB) })).text).toHaveLength(40 * MiB);
    const { message, bytes } = listOf('u8', 1);
    expect((message.decode(bytes).v as Uint8Array).length).toBe(2_000_000);
  });

  it('the memory that is counted: that of all arms, not the bytes of one', () => {
    const arms = Array.from({ length: 100 }, (_, i) => ['u8', `a${i}`]);
    const { message, bytes } = listOf('vl_api_wide_t', 1, { unions: [['wide', ...arms]] });
    bytes.writeUInt32BE(100, 2);
    expect(message.memoryOf(106)).toBeGreaterThan(100 * 100 * 8);
    expect(messageOf([['u8', 'a']]).memoryOf(60_000)).toBeLessThan(100);
  });
});

describe('messages of real VPPs', needs(sharedMissing), () => {
  it('only lists that grow have a bound, and it is hundreds of kilobytes away', async () => {
    const { model } = await loadSchema(sharedPath('vpp-api', '26.06'));
    const bounded = [...model.messages.values()]
      .map(longestBody)
      .filter((longest) => longest !== Number.POSITIVE_INFINITY);
    expect(bounded.length).toBeLessThan(model.messages.size / 10);
    expect(Math.min(...bounded)).toBeGreaterThan(MiB);
  });
});
