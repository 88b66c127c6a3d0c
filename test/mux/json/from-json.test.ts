import { beforeAll, describe, expect, it } from 'vitest';
import type { Message, Schema } from '../../../src/mux/codec/codec.js';
import { FieldError } from '../../../src/mux/errors.js';
import { fromJson } from '../../../src/mux/json/from-json.js';
import { toJson } from '../../../src/mux/json/to-json.js';
import { ownSchema } from '../../support/mock.js';

let schema: Schema;

beforeAll(async () => {
  schema = await ownSchema();
});

function problemOf(message: Message, json: unknown): Pick<FieldError, 'path' | 'nearest' | 'message'> {
  try {
    fromJson(message, json);
  } catch (error) {
    if (error instanceof FieldError) return error;
  }
  throw new Error('it was not refused with a FieldError');
}

describe('fields from JSON', () => {
  it('as a person writes them: strings become what their fields are', () => {
    const fields = fromJson(schema.message('ip_route_add_del_v2'), {
      is_add: 'yes',
      route: {
        table_id: '0x10',
        prefix: '10.0.0.0/24',
        paths: [{ sw_if_index: '~0', proto: 'ip4', flags: ['RESOLVE_VIA_HOST'] }],
      },
    });
    expect(fields).toEqual({
      is_add: true,
      route: {
        table_id: 16,
        prefix: '10.0.0.0/24',
        paths: [{ sw_if_index: 0xffffffff, proto: 0, flags: ['RESOLVE_VIA_HOST'] }],
      },
    });
  });

  it.each<[unknown, string, RegExp]>([
    [{ route: { paths: [{ weight: 300 }] } }, 'route.paths[0].weight', /u8/],
    [{ route: { paths: [{ weight: 'heavy' }] } }, 'route.paths[0].weight', /not "heavy"/],
    [{ route: { prefix: '10.0.0.0' } }, 'route.prefix', /the length is missing/],
    [[], '', /an object of fields is expected/],
    ['{}', '', /an object of fields is expected/],
    [null, '', /an object of fields is expected/],
    [Promise.resolve({}), '', /not Promise \(a missing await\?\)/],
    [{ route: { table_id: '9'.repeat(1000) } }, 'route.table_id', /u32.*not "999/],
    [JSON.parse('{"route":{"__proto__":{"table_id":1}}}'), 'route.__proto__', /no such field/],
  ])('%j: refused with the path', (json, path, text) => {
    const problem = problemOf(schema.message('ip_route_add_del_v2'), json);
    expect(problem.path).toBe(path);
    expect(problem.message).toMatch(text);
  });

  it('a name that is not known: refused with the names that are near', () => {
    const message = schema.message('sw_interface_set_flags');
    expect(problemOf(message, { sw_if_idx: 1 })).toMatchObject({ path: 'sw_if_idx', nearest: ['sw_if_index'] });
    expect(problemOf(message, { flags: 'ADMIN_UPP' }).path).toBe('flags');
    expect(problemOf(message, JSON.parse('{"__proto__":1}')).path).toBe('__proto__');
  });

  it('@FILE: names no file, and is refused as the bytes that it is not', () => {
    const message = schema.message('sw_interface_set_mac_address');
    expect(problemOf(message, { mac_address: '@/etc/hostname' }).path).toBe('mac_address');
  });

  it('fields of the header: taken, since a whole body has them', () => {
    const message = schema.message('show_version');
    const json = toJson(message, message.decode(message.encode({ context: 7 })));
    expect(json).toEqual({ _vl_msg_id: 0, client_index: 0, context: 7 });
    expect(fromJson(message, json)).toEqual(json);
  });
});
