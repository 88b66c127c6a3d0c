import { describe, expect, it } from 'vitest';
import { loadSchema, parseSchema } from '../../../src/mux/codec/load.js';
import { listIndices, missingIndexHint } from '../../../src/mux/describe/list-index.js';
import { cli } from '../../cli/run-cli.js';
import { testMock } from '../../support/mock.js';
import { needs } from '../../support/needs.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

const plugin = parseSchema([
  {
    name: 'new.api.json',
    text: JSON.stringify({
      aliases: { interface_index: { type: 'u32' } },
      messages: [
        [
          'new_thing_dump',
          ['u16', '_vl_msg_id'],
          ['u32', 'client_index'],
          ['u32', 'context'],
          ['vl_api_interface_index_t', 'sw_if_index'],
          ['vl_api_interface_index_t', 'other', { default: 4294967295 }],
          { crc: '0x1' },
        ],
        ['new_thing_details', ['u16', '_vl_msg_id'], ['u32', 'context'], { crc: '0x2' }],
      ],
      services: { new_thing_dump: { reply: 'new_thing_details', stream: true } },
    }),
  },
]).message('new_thing_dump').def;

const dump = async (args: readonly string[], options: Parameters<typeof cli>[1] = {}) => {
  const mock = await testMock();
  return cli(['dump', ...args, '--socket', mock.socket], options);
};

describe('a list asked for by an index that was not given', () => {
  it('empty: says which index, and that ~0 lists all', async () => {
    const hint = "vppmux: acl_index was not given, which means 0 here: 'acl_index=~0' lists all\n";
    expect(await dump(['acl_dump'])).toMatchObject({ code: 0, stdout: '', stderr: hint });
    expect((await dump(['acl_dump'], { terminal: 80 })).stderr).toBe(`vppmux: 0 rows\n${hint}`);
  });

  it('empty, where ~0 would find nothing: asks for the one that is meant', async () => {
    expect((await dump(['ip_address_dump', 'is_ipv6=0'])).stderr).toMatch(
      /^vppmux: sw_if_index was not given, which means 0 here: give the sw_if_index that is meant/,
    );
  });

  it('empty though it was given: says nothing of it', async () => {
    expect(await dump(['acl_dump', 'acl_index=0'])).toMatchObject({ code: 0, stderr: '' });
    expect(await dump(['acl_dump', 'acl_index=~0'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('not empty: says nothing of it', async () => {
    expect(await dump(['sw_interface_dump'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('of an unknown plugin: ~0 is no promise', () => {
    expect(missingIndexHint(plugin, {})).toBe(
      'sw_if_index was not given, which means 0 here: give the sw_if_index that is meant; ~0 lists all in most messages, not in every one',
    );
    expect(missingIndexHint(plugin, { sw_if_index: 1 })).toBeUndefined();
    expect([...listIndices(plugin).keys()]).toEqual(['sw_if_index']);
  });

  it('describe: marks the field', async () => {
    const mock = await testMock();
    const args = ['describe', 'acl_dump', '--socket', mock.socket];
    const { stdout } = await cli(args, { terminal: 200 });
    expect(stdout).toMatch(
      /acl_index +u32 +without it the index is 0, and only that is listed: 'acl_index=~0' lists all/,
    );
    const { lines } = await cli(args);
    expect(JSON.parse(lines[0]).fields[0]).toMatchObject({ field: 'acl_index', leftOut: "'acl_index=~0' lists all" });
  });

  it('VPP 26.06: what ~0 means to each such list has been read in its handler', needs(sharedMissing), async () => {
    const { model } = await loadSchema(sharedPath('vpp-api', '26.06'));
    const lists = [...model.messages.values()].filter(
      ({ service }) => service?.kind === 'dump' || service?.kind === 'get',
    );
    const advice = lists.flatMap((def) =>
      [...listIndices(def)].map(([field, text]) => `${def.name} ${field}: ${text}`),
    );
    expect(advice.filter((text) => text.includes('in most messages'))).toEqual([]);
    expect(advice.filter((text) => text.includes("=~0' lists all"))).toHaveLength(41);
    expect(advice).toContain(
      'map_rule_dump domain_index: give the domain_index that is meant, each has a list of its own',
    );
    expect(advice.join()).not.toMatch(/qos_mark_dump|policer_classify_dump/);
  });
});
