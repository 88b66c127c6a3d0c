/** Rules for frames of clients, as the definitions of every release give them. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Schema } from '../../../src/mux/codec/codec.js';
import { loadSchema } from '../../../src/mux/codec/load.js';
import { forbidden } from '../../../src/mux/hazards/find.js';
import { FrameRules, isForwarded } from '../../../src/mux/relay/frame-rules.js';
import { completed } from '../../../src/mux/session/builtin.js';
import { MessageCatalogue } from '../../../src/mux/session/message-catalogue.js';
import { needs } from '../../support/needs.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

const releases = sharedMissing ? [] : readdirSync(sharedPath('vpp-api')).filter((name) => /^\d\d\.\d\d$/.test(name));
const LOCAL = new Map([
  ['sockclnt_create', 'create'],
  ['sockclnt_delete', 'delete'],
  ['memclnt_keepalive', 'keepalive'],
  ['memclnt_keepalive_reply', 'pass-over'],
  ['sockclnt_delete_reply', 'pass-over'],
]);

/** Rules of a VPP whose ids are the places of its messages. */
function rulesOf(schema: Schema) {
  const names = [...schema.model.messages.keys()];
  const table = new Map(names.map((name, id) => [name, { name, crc: schema.message(name).def.crc, id }]));
  const toVpp = Int32Array.from({ length: 65_536 }, (_, id) => (id < names.length ? id : -1));
  const rules = new FrameRules(new MessageCatalogue(table, schema), toVpp);
  return { rules, of: (name: string) => rules.of(names.indexOf(name)), names };
}

describe.each(releases)('%s', needs(sharedMissing), (release) => {
  it('each request that is sent on: has its client index and its context where VPP looks for them', async () => {
    const schema = completed(await loadSchema(sharedPath('vpp-api', release)));
    const { of, names } = rulesOf(schema);
    const places = new Map<string, number>();
    for (const name of names) {
      const rule = of(name);
      if (!isForwarded(rule)) continue;
      expect(rule.isPing).toBe(/(^|_)control_ping$/.test(name));
      const place = `${rule.clientIndexOffset}/${rule.contextOffset}`;
      places.set(place, (places.get(place) ?? 0) + 1);
    }
    expect([...places.keys()]).toEqual(['2/6']);
    expect(places.get('2/6')).toBeGreaterThan(500);
  });

  it('everything else: is answered here, refused, or dropped', async () => {
    const schema = completed(await loadSchema(sharedPath('vpp-api', release)));
    const { of, names } = rulesOf(schema);
    for (const name of names) {
      const { does } = of(name);
      const isRequest = schema.message(name).def.service !== undefined;
      const local = LOCAL.get(name);
      if (local !== undefined) expect([name, does]).toEqual([name, local]);
      else if (forbidden(name) !== undefined) expect([name, does]).toEqual([name, 'refuse']);
      else if (!isRequest) expect([name, does]).toEqual([name, 'drop']);
      else expect([name, ['forward', 'register'].includes(does)]).toEqual([name, true]);
    }
  });
});

it('ids that a client makes up: are dropped, and kept nowhere', needs(sharedMissing), async () => {
  const { rules } = rulesOf(completed(await loadSchema(sharedPath('vpp-api', '26.06'))));
  for (const id of [-1, 65_535, 60_000])
    expect(rules.of(id)).toMatchObject({ does: 'drop', why: 'no message has its id' });
});
