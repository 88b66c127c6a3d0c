/** Generated files in a program, as its author has them: the compiler takes them, strictly, and refuses what is wrong. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generate } from '../../src/generate/index.js';
import { TypeScript } from '../documents/typescript.js';
import { builtTree } from '../support/built.js';
import { ownSchema } from '../support/mock.js';
import { FILES, modelOf } from './definitions.js';

const PROGRAM = `
import { createConnection, name, type Untyped, type Channel } from 'vppmux';
import { Family, WayFlags } from './thing/enums.js';
import type { WayInput } from './thing/index.js';
import type { Messages } from './own/messages.js';

const ch = createConnection().channel();
export const family: 'FAMILY_IP4' | 'FAMILY_IP6' | 'FAMILY_NONE' | undefined = name(Family, 1);
const ways: WayInput[] = [{ kind: 'IP6', flags: [WayFlags.WAY_FLAG_UP, 'WIDE'], weight: 1n }, { kind: Family.FAMILY_IP4, weight: '12' }];
export const retval: Promise<number> = ch
  .request('thing_set', { index: 1, eid: { address: { prefix: 1 } }, raw: { number: 1 }, ways })
  .then((reply) => reply.retval);
ch.request('thing_forget');
for await (const { way, key } of ch.dump('thing_dump')) {
  const weight: bigint = way.weight;
  console.log(weight, key.byteLength, way.kind === Family.FAMILY_IP6);
}
for await (const item of ch.events('thing_event', { want: { at: 1 } })) {
  if (!('gap' in item) && !('resync' in item)) console.log(item.raw.bytes?.byteLength, item.raw.number);
}
export const list: number | undefined = ch.dump('thing_get').reply?.cursor;
export const any: Channel<Untyped> = ch;

const other = createConnection<Messages>().channel();
other.request('show_version');

// @ts-expect-error: of the other map
ch.request('show_version');
// @ts-expect-error: of the other map
other.request('thing_forget');
// @ts-expect-error: both arms
ch.request('thing_set', { index: 1, eid: {}, raw: { number: 1, bytes: '0x00' }, ways: [] });
// @ts-expect-error: nothing is to be given
ch.request('thing_forget', { index: 1 });
// @ts-expect-error: no such name
export const wrong: WayInput = { kind: 'IP5' };
`;

let typescript: TypeScript;

beforeAll(async () => {
  builtTree();
  typescript = new TypeScript([{ name: 'program.ts', text: PROGRAM }]);
  const made = { thing: generate(modelOf(FILES)), own: generate((await ownSchema()).model) };
  for (const [folder, { files }] of Object.entries(made)) {
    mkdirSync(join(typescript.folder, folder));
    for (const { name, text } of files) writeFileSync(join(typescript.folder, folder, name), text);
  }
}, 300_000);

afterAll(() => typescript.remove());

it('a program with two maps, one of them its own: compiles, but for what is wrong', async () => {
  expect(await typescript.complaints('program.ts')).toBe('');
});
