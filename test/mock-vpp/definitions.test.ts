/** The mock's own definitions against those of VPP 26.06. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { handlersOf } from '../../mock-vpp/kind.js';
import { KINDS } from '../../mock-vpp/kinds/index.js';
import { loadSchema, type MessageDef } from '../../src/mux/internal.js';
import { ownApiDir, ownSchema } from '../support/mock.js';
import { needs } from '../support/needs.js';
import { sharedMissing, sharedPath } from '../support/shared.js';

const MODULES = ['acl', 'fib', 'interface', 'ip', 'l2', 'memclnt', 'vlib', 'vpe'];

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

test('handlers: each for a message of the definitions', async () => {
  const schema = await ownSchema();
  const unknown = Object.keys(handlersOf(KINDS)).filter((name) => name !== 'want_*' && schema.find(name) === undefined);
  expect(unknown).toEqual([]);
});

test('wording: no comments', () => {
  for (const module of MODULES) {
    expect(readFileSync(`${ownApiDir}/${module}.api.json`, 'utf8')).not.toMatch(/comment|\/\*|@param/);
  }
});

describe('definitions of VPP 26.06', needs(sharedMissing), () => {
  test('messages: names, fields, types, CRCs, services are the same, and whole files are there', async () => {
    const own = await ownSchema();
    const vpp = await loadSchema(sharedPath('vpp-api', '26.06'));
    const modules = new Set([...own.model.messages.values()].map(({ file }) => file.replace(/.*\//, '')));
    expect([...modules].sort()).toEqual(MODULES.map((name) => `${name}.api.json`));
    const theirs = [...vpp.model.messages.values()].filter(({ file }) => modules.has(file.replace(/.*\//, '')));
    expect(theirs.map(({ name }) => name).sort()).toEqual([...own.model.messages.keys()].sort());
    for (const def of theirs) expect(facts(own.message(def.name).def)).toEqual(facts(def));
  });
});
