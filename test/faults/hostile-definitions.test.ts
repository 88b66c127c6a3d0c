/**
 * VPPs whose definitions and answers are made to stop or fill whoever talks to them. Each is met over a real socket,
 * one after the other for a minute: the event loop turns all the time, errors are typed, memory returns.
 */
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeMessage } from '../../src/mux/describe/describe-message.js';
import { connect, VppmuxError } from '../../src/mux/index.js';
import { CLIENT, CONTEXT, ID, RETVAL } from '../support/api-fields.js';
import { type CraftedOptions, CraftedVpp, vpe } from '../support/crafted-vpp.js';
import { long, scaled } from '../support/scale.js';
import { scratch } from '../support/vpp.js';
import { afterThis } from '../support/world.js';
import { LoopTurns } from './loop-turns.js';
import { heldBytes } from './memory.js';

const MiB = 2 ** 20;
/** Milliseconds that each input is met again and again; once in the short form. */
const DURATION = scaled({ short: 0, long: 60_000 });
/** The bar for the event loop, milliseconds. */
const STILL = 200;
/** Bytes that may be held more after all rounds than after the first. */
const RISE = 16 * MiB;

const range = (length: number) => Array.from({ length }, (_, i) => i);
const CRC = { crc: '0x00000001' };

/** Unions of unions, the smallest first. */
function unions(depth: number, arms: number): unknown[][] {
  const rest = range(depth - 1).map((i) => [`u_${i + 1}`, ...range(arms).map((k) => [`vl_api_u_${i}_t`, `x${k}`])]);
  return [['u_0', ...range(arms).map((i) => ['u8', `a${i}`])], ...rest];
}

/** A request `boom` whose reply has a counted list of `type`, and a frame with `count` of them in `size` bytes each. */
function boom(type: string, size: number, count: number, parts: object): CraftedOptions {
  const body = Buffer.alloc(14 + size * count);
  body.writeUInt16BE(101, 0);
  body.writeUInt32BE(count, 10);
  const reply = ['boom_reply', ID, CONTEXT, RETVAL, ['u32', 'n'], [type, 'v', 0, 'n'], { crc: '0x00000002' }];
  const messages = [['boom', ID, CLIENT, CONTEXT, CRC], reply];
  const json = bytesOf([vpe({ messages, services: { boom: { reply: 'boom_reply' } }, ...parts })]);
  const table = [['boom', '00000001', 100] as const, ['boom_reply', '00000002', 101] as const];
  return { json, table, answers: { 100: body } };
}

const bytesOf = (files: unknown) => Buffer.from(JSON.stringify(files));
const withBomb = (parts: object, type: string) =>
  bytesOf([vpe({ ...parts, messages: [['bomb', ID, [type, 'x'], CRC]] })]);
/** `[…]` of about `bytes`, the same element again and again. */
const repeated = (element: string, bytes: number) =>
  `[${`${element},`.repeat(bytes / (element.length + 1))}${element}]`;
const twisted = () => {
  const [file] = [vpe()];
  const reply = file.messages[1];
  [reply[4], reply[5]] = [reply[5], reply[4]];
  return bytesOf([file]);
};
const missing = (count: number) =>
  bytesOf(
    range(8).map((i) => ({
      messages: range(count / 8).map((k) => [`m${i}_${k}`, ID, [`vl_api_no${i}_${k}_t`, 'x'], CRC]),
    })),
  );
const same = (count: number) =>
  bytesOf(
    range(4).map((i) => ({
      messages: range(count / 4).map((k) => ['m', ID, { crc: `0x${(i * count + k + 1).toString(16)}` }]),
    })),
  );
/** Thirty files of nearly the most bytes. */
const files = (make: (bytes: number) => string) =>
  Buffer.from(
    `[${range(30)
      .map(() => make(0.49 * MiB))
      .join(',')}]`,
  );
const broad = { unions: [['wide', ...range(1000).map((i) => ['u8', `a${i}`])]] };

/** Unions in unions at the end of a reply that every program asks for. */
const bombInVersion = () => {
  const file = vpe({ unions: unions(31, 3) });
  file.messages[1].splice(-1, 0, ['vl_api_u_30_t', 'bomb']);
  return bytesOf([file]);
};

const INPUTS: readonly (readonly [what: string, options: () => CraftedOptions])[] = [
  ['unions in unions in show_version_reply', () => ({ json: bombInVersion() })],
  ['unions in unions', () => ({ json: withBomb({ unions: unions(31, 3) }, 'vl_api_u_30_t') })],
  [
    'unions of a thousand arms in each other',
    () => ({ json: withBomb({ unions: unions(20, 1000) }, 'vl_api_u_19_t') }),
  ],
  ['messages whose types are missing', () => ({ json: missing(16_000) })],
  ['one message defined again and again', () => ({ json: same(16_000) })],
  ['lists of unions that take a byte each', () => boom('vl_api_wide_t', 1, 1_000_000, broad)],
  ['a list as long as it may be', () => boom('u64', 8, 1_000_000, {})],
  ['definitions with the CRCs of others', () => ({ json: twisted() })],
  ['60 MB of definitions', () => ({ json: Buffer.from(repeated('{"messages":[]}', 60 * MiB)) })],
  ['15 MB of empty files', () => ({ json: Buffer.from(repeated('{}', 15 * MiB)) })],
  ['files of 500 kB of lists', () => ({ json: files((bytes) => repeated('[]', bytes)) })],
  ['files of 500 kB of objects', () => ({ json: files((bytes) => `{"x":${repeated('{"a":1}', bytes)}}`) })],
  ['files of wrong messages', () => ({ json: files((bytes) => `{"messages":${repeated('1', bytes)}}`) })],
  ['15 MB that never end', () => ({ json: Buffer.from(`[${'"x'.repeat(7.5 * MiB)}`) })],
];

describe('a VPP that', () => {
  it.each(INPUTS)(
    'answers with %s: the loop turns, errors are typed, memory returns',
    { timeout: 400_000 },
    async (_what, options) => {
      const { path, remove } = scratch();
      const vpp = new CraftedVpp(options());
      afterThis(remove, () => vpp.close());
      await vpp.listen(path('api.sock'));
      const codes = new Map<string, number>();
      const typed = (error: unknown) => {
        expect(error).toBeInstanceOf(VppmuxError);
        const { code } = error as VppmuxError;
        codes.set(code, (codes.get(code) ?? 0) + 1);
      };
      const cacheDir = path('cache');
      await meet(path('api.sock'), cacheDir, typed); // what is compiled once is compiled now
      const before = await heldBytes();
      const turns = new LoopTurns();
      afterThis(() => turns.stop());
      const end = performance.now() + DURATION;
      for (let round = 0; round === 0 || performance.now() < end; round++)
        await meet(path('api.sock'), cacheDir, typed);
      turns.stop();
      expect(vpp.asked).toBeGreaterThan(0);
      expect(existsSync(cacheDir) ? readdirSync(cacheDir) : []).toEqual([]);
      console.log(JSON.stringify(Object.fromEntries(codes)), `longest turn ${turns.longest.toFixed(0)} ms`);
      if (!long) return;
      expect(await heldBytes()).toBeLessThan(before + RISE);
      expect(turns.longest).toBeLessThan(STILL);
    },
  );
});

/** Connects, and does what a program does with a VPP: a request, a comparison, a look at everything. */
async function meet(socket: string, cacheDir: string, typed: (error: unknown) => void): Promise<void> {
  let connection: Awaited<ReturnType<typeof connect>>;
  try {
    connection = await connect({ socket, cacheDir, health: { probe: false } });
  } catch (error) {
    typed(error);
    return;
  }
  try {
    const ch = connection.channel();
    for (const name of ['show_version', 'boom']) await ch.request(name, {}).catch(typed);
    await connection.compatibility().catch(typed);
    const { schema } = connection;
    for (const name of schema?.model.messages.keys() ?? []) {
      await new Promise((resolve) => setImmediate(resolve));
      if (schema) describeMessage(schema, schema.message(name));
    }
  } finally {
    await connection.close();
  }
}
