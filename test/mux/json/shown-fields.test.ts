import { describe, expect, it } from 'vitest';
import type { Schema } from '../../../src/mux/internal.js';
import { shownFields } from '../../../src/mux/json/shown-fields.js';
import { ownSchema } from '../../support/mock.js';

const details = (schema: Schema) => schema.message('ip_route_v2_details');

const route = (schema: Schema, proto: number, address: unknown) => {
  const message = details(schema);
  const fields = { route: { prefix: '10.0.0.0/8', paths: [{ proto, flags: 1, nh: { address } }] } };
  return message.decode(message.encode(fields));
};

type Shown = { route: { paths: { proto: unknown; flags: unknown; nh: { address: unknown } }[] } };

const pathShown = (schema: Schema, fields: object, names = false) =>
  (shownFields(details(schema).def.fields, fields as never, { names }) as Shown).route.paths[0];

describe('fields as they are shown', () => {
  it.each<[string, number, unknown, unknown]>([
    ['an IPv4 path', 0, '192.0.2.1', { ip4: '192.0.2.1' }],
    ['an IPv6 path', 1, '2001:db8::1', { ip6: '2001:db8::1' }],
    ['an MPLS path, of which nothing says it', 2, '0.0.0.0', { ip4: '0.0.0.0', ip6: '::' }],
  ])('%s: only the arm that counts', async (_, proto, address, shown) => {
    const schema = await ownSchema();
    const decoded = route(schema, proto, address);
    expect(pathShown(schema, decoded).nh.address).toEqual(shown);
    expect(Object.keys((decoded as Shown).route.paths[0].nh.address as object)).toEqual(['ip4', 'ip6']);
  });

  it('with names: one of an enum as text, flags as a list, and the arm still by its number', async () => {
    const schema = await ownSchema();
    expect(pathShown(schema, route(schema, 1, '2001:db8::1'), true)).toMatchObject({
      proto: 'FIB_API_PATH_NH_PROTO_IP6',
      flags: ['FIB_API_PATH_FLAG_RESOLVE_VIA_ATTACHED'],
      type: 'FIB_API_PATH_TYPE_NORMAL',
      nh: { address: { ip6: '2001:db8::1' } },
    });
  });

  it('a message without unions, and no names asked for: the very object', async () => {
    const schema = await ownSchema();
    const fields = { retval: 0 };
    expect(shownFields(schema.message('sw_interface_set_flags_reply').def.fields, fields)).toBe(fields);
  });

  it('an arm that a projection has cut off: what is left stays', async () => {
    const schema = await ownSchema();
    const cut = { route: { paths: [{ proto: 0, nh: { address: { ip6: '::' } } }] } };
    expect(pathShown(schema, cut).nh.address).toEqual({ ip6: '::' });
  });
});
