import { describe, expect, it } from 'vitest';
import { parseSchema } from '../../../src/mux/codec/load.js';
import { JsonSchemas } from '../../../src/mux/json/json-schema.js';
import { ownSchema } from '../../support/mock.js';

const ROOT = '#/components/schemas/';

describe('JSON Schemas of messages', () => {
  it('numbers, strings, bytes, enums, lists, structs, addresses', async () => {
    const schema = await ownSchema();
    const schemas = new JsonSchemas(ROOT);
    const { properties } = schemas.ofMessage(schema.message('sw_interface_details').def, true);
    expect(properties).toMatchObject({
      sw_if_index: { type: 'integer', minimum: 0, maximum: 0xffffffff, format: 'int64' },
      l2_address: { type: 'string', examples: ['de:ad:00:00:00:42'] },
      flags: { $ref: `${ROOT}vl_api_if_status_flags_t` },
      interface_name: { type: 'string', maxLength: 64 },
    });
    expect(schemas.components.get('vl_api_if_status_flags_t')).toMatchObject({
      type: 'integer',
      description: expect.stringMatching(/^Flags, a sum of: .*1 IF_STATUS_API_FLAG_ADMIN_UP/),
      'x-enum': expect.objectContaining({ IF_STATUS_API_FLAG_ADMIN_UP: 1 }),
    });
  });

  it('sent by VPP: everything is there; given: nothing has to be, and defaults are said', async () => {
    const schema = await ownSchema();
    const schemas = new JsonSchemas(ROOT);
    expect(schemas.ofMessage(schema.message('show_version_reply').def, true).required).toContain('retval');
    const { required, properties } = schemas.ofMessage(schema.message('sw_interface_dump').def, false);
    expect(required).toBeUndefined();
    expect(properties).toMatchObject({ sw_if_index: { default: 0xffffffff } });
  });

  it('two types of one name: are two components', () => {
    const file = (name: string, type: string) => ({
      name: `${name}.api.json`,
      text: JSON.stringify({
        types: [['thing', [type, 'a']]],
        messages: [[`${name}_x`, ['u16', '_vl_msg_id'], ['vl_api_thing_t', 'thing'], { crc: '0x1' }]],
      }),
    });
    const schema = parseSchema([file('one', 'u8'), file('two', 'u64')]);
    const schemas = new JsonSchemas(ROOT);
    for (const name of ['one_x', 'two_x', 'one_x']) schemas.ofMessage(schema.message(name).def, false);
    expect(Object.fromEntries(schemas.components)).toEqual({
      vl_api_thing_t: { type: 'object', properties: { a: { type: 'integer', minimum: 0, maximum: 255 } } },
      vl_api_thing_t_2: {
        type: 'object',
        properties: { a: { type: 'string', description: 'u64, in decimal digits' } },
      },
    });
  });

  it('what a text can say: by its path, structs taken apart', async () => {
    const schema = await ownSchema();
    const texts = [...new JsonSchemas(ROOT).texts(schema.message('ip_route_add_del_v2').def)];
    expect(texts.map(([path]) => path)).toEqual(
      expect.arrayContaining(['is_add', 'is_multipath', 'route.table_id', 'route.prefix', 'route.src']),
    );
    expect(texts.map(([path]) => path).join()).not.toContain('paths');
  });
});
