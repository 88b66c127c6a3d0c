import { beforeAll, describe, expect, it } from 'vitest';
import type { Schema } from '../../../src/mux/codec/codec.js';
import { FieldError } from '../../../src/mux/errors.js';
import { fromTexts } from '../../../src/mux/json/from-texts.js';
import { ownSchema } from '../../support/mock.js';

let schema: Schema;

beforeAll(async () => {
  schema = await ownSchema();
});

const read = (name: string, query: string) => fromTexts(schema.message(name), new URLSearchParams(query));

describe('fields from texts', () => {
  it.each<[string, string, object]>([
    ['sw_interface_dump', '', {}],
    [
      'sw_interface_dump',
      'sw_if_index=~0&name_filter_valid=yes&name_filter=loop',
      { sw_if_index: 0xffffffff, name_filter_valid: true, name_filter: 'loop' },
    ],
    ['sw_interface_set_flags', 'sw_if_index=0x1&flags=ADMIN_UP', { sw_if_index: 1, flags: 1 }],
    ['ip_route_v2_dump', 'src=255&table.table_id=7&table.is_ip6=1', { src: 255, table: { table_id: 7, is_ip6: true } }],
    ['ip_route_v2_dump', 'table={"table_id":7}', { table: { table_id: 7 } }],
    [
      'ip_route_add_del_v2',
      'route.paths[0].weight=1&route.paths[1].weight=2',
      { route: { paths: [{ weight: 1 }, { weight: 2 }] } },
    ],
    ['acl_interface_set_acl_list', 'acls=1,2', { acls: [1, 2] }],
    ['acl_interface_set_acl_list', 'acls=[1,"0x2"]', { acls: [1, 2] }],
  ])('%s with %s: have the types of its definition', (name, query, fields) => {
    expect(read(name, query)).toEqual(fields);
  });

  it.each<[string, string, string, RegExp]>([
    ['sw_interface_dump', 'sw_if_idx=1', 'sw_if_idx', /no such field; did you mean sw_if_index/],
    ['sw_interface_dump', 'sw_if_index=one', 'sw_if_index', /u32.*not "one"/],
    ['sw_interface_dump', 'sw_if_index=1&sw_if_index=2', 'sw_if_index', /has a value already/],
    ['ip_route_v2_dump', 'table={"table_id"', '', /is not JSON/],
    ['ip_route_v2_dump', 'table..x=1', 'table..x', /is not the path of a field/],
    ['ip_route_v2_dump', '__proto__.x=1', '__proto__.x', /is not the path of a field/],
    ['ip_route_v2_dump', `${'a'.repeat(2000)}=1`, `${'a'.repeat(1000)}…`, /is not the path/],
    ['ip_route_add_del_v2', 'route.paths[1].weight=2', 'route.paths[1].weight', /index 1 comes before 0 is given/],
    ['ip_route_add_del_v2', 'route.prefix=@/etc/passwd', 'route.prefix', /is not a prefix/],
  ])('%s with %s: is refused with the path', (name, query, path, text) => {
    let thrown: unknown;
    try {
      read(name, query);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(FieldError);
    expect((thrown as FieldError).message).toMatch(text);
    expect((thrown as FieldError).path ?? '').toBe(path);
  });
});
