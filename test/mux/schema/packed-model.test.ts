import { describe, expect, it } from 'vitest';
import { loadSchema } from '../../../src/mux/codec/load.js';
import type { ApiModel } from '../../../src/mux/schema/model.js';
import { packModel, unpackModel } from '../../../src/mux/schema/packed-model.js';
import { ownSchema } from '../../support/mock.js';
import { needs } from '../../support/needs.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

/** All of a model as plain values. */
function plain(model: ApiModel): unknown {
  const messages = [...model.messages].map(([key, def]) => {
    const { name, crc, fields, contextOffset, clientIndexOffset, size, minSize, role, service, options } = def;
    return {
      key,
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
      comment: def.comment,
      file: def.file,
    };
  });
  const { types, services, eventRequests, files, unusable, variants, problems } = model;
  const maps = [types, services, eventRequests, unusable, variants].map((map) => [...map]);
  return { messages, maps, files, problems };
}

function repacked(model: ApiModel): ApiModel {
  const packed = packModel(model);
  if (packed === undefined) throw new Error('it was not packed');
  const unpacked = unpackModel(packed);
  if (unpacked === undefined) throw new Error('it was not unpacked');
  return unpacked;
}

describe('a packed model', () => {
  it.each(['22.10', '26.06'])('of VPP %s: unpacked, the same', needs(sharedMissing), async (release) => {
    const { model } = await loadSchema(sharedPath('vpp-api', release));
    expect(plain(repacked(model))).toEqual(plain(model));
  });

  it('one type is one object, wherever it is used', async () => {
    const { model } = await ownSchema();
    const unpacked = repacked(model);
    const typeOf = (name: string, field: string) =>
      unpacked.messages.get(name)?.fields.find((each) => each.name === field)?.type;
    expect(typeOf('ip_route_add_del_v2', 'route')).toBe(unpacked.types.get('ip_route_v2'));
    expect(typeOf('ip_route_v2_details', 'route')).toBe(unpacked.types.get('ip_route_v2'));
  });

  it('cut anywhere, or something else: none', async () => {
    const { model } = await ownSchema();
    const packed = packModel(model) as Buffer;
    for (const length of [0, 5, 17, 20, 1000, packed.length - 1]) {
      expect(unpackModel(packed.subarray(0, length)), String(length)).toBeUndefined();
    }
    expect(unpackModel(Buffer.from('{}'.repeat(50)))).toBeUndefined();
  });

  it('with problems: is not packed', async () => {
    const { model } = await ownSchema();
    const variants = new Map([['show_version', [{ file: 'a' }, { file: 'b' }]]]);
    expect(packModel({ ...model, variants })).toBeUndefined();
  });
});
