/** The mock's own definitions against those of VPP 26.06. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requestsOf, servedRequests } from '../../mock-vpp/kind.js';
import { KINDS } from '../../mock-vpp/kinds/index.js';
// @ts-expect-error: a script has no types
import { cutDefinitions, TABLE, tableOf } from '../../scripts/mock-kinds.mjs';
import { loadSchema, type MessageDef } from '../../src/mux/internal.js';
import { ownApiDir, ownSchema } from '../support/mock.js';
import { needs } from '../support/needs.js';
import { sharedMissing, sharedPath } from '../support/shared.js';

const apiFiles = () => readdirSync(ownApiDir).filter((name) => name.endsWith('.api.json'));

/** A definition without its place and its comment. */
function facts({
  name,
  crc,
  fields,
  contextOffset,
  clientIndexOffset,
  size,
  minSize,
  role,
  service,
  options,
}: MessageDef) {
  return { name, crc, fields, contextOffset, clientIndexOffset, size, minSize, role, service, options };
}

it('handlers: each for a message of the definitions', async () => {
  const schema = await ownSchema();
  const unknown = servedRequests(KINDS).filter((name) => schema.find(name) === undefined);
  expect(unknown).toEqual([]);
});

it('docs/mock.md: its table is the kinds’ own', () => {
  const page = readFileSync(new URL('../../docs/mock.md', import.meta.url), 'utf8');
  const { 0: shown, 1: begin, 2: end } = page.match(TABLE) ?? [];
  expect(shown, 'npm run mock:kinds').toBe(`${begin}${tableOf(KINDS, requestsOf)}${end}`);
});

it('wording: no comments', () => {
  for (const file of apiFiles()) expect(readFileSync(join(ownApiDir, file), 'utf8')).not.toMatch(/comment|\/\*|@param/);
});

describe('definitions of VPP 26.06', needs(sharedMissing), () => {
  it('files: are what `npm run mock:kinds` makes of the kinds', () => {
    const made: Map<string, string> = cutDefinitions(sharedPath('vpp-api', '26.06'), servedRequests(KINDS));
    const own = apiFiles().map((file) => [file, readFileSync(join(ownApiDir, file), 'utf8')]);
    expect(Object.fromEntries(own), 'npm run mock:kinds').toEqual(Object.fromEntries(made));
  });

  it('messages: names, fields, types, CRCs, services are the same, and whole files are there', async () => {
    const own = await ownSchema();
    const vpp = await loadSchema(sharedPath('vpp-api', '26.06'));
    const modules = new Set([...own.model.messages.values()].map(({ file }) => file.replace(/.*\//, '')));
    expect([...modules].sort()).toEqual(apiFiles());
    const theirs = [...vpp.model.messages.values()].filter(({ file }) => modules.has(file.replace(/.*\//, '')));
    expect(theirs.map(({ name }) => name).sort()).toEqual([...own.model.messages.keys()].sort());
    for (const def of theirs) expect(facts(own.message(def.name).def)).toEqual(facts(def));
  });
});
