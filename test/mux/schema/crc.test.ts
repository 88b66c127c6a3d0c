/** CRCs of messages, computed anew from their definitions. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FileChecker } from '../../../src/mux/schema/check-file.js';
import { CrcCheck } from '../../../src/mux/schema/crc.js';
import { needs } from '../../support/needs.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

type Json = Record<string, unknown>;

/** VPP's ip.api as vppapigen writes it. */
const ipApi = (): Json => JSON.parse(readFileSync(sharedPath('vpp-api', '26.06', 'ip.api.json'), 'utf8'));

const unproven = (json: unknown) => new CrcCheck().unproven(new FileChecker().check('x', json)).map(({ name }) => name);

describe('CRCs of definitions', needs(sharedMissing), () => {
  it.each([
    ['22.10', 1718],
    ['23.10', 1794],
    ['25.10', 1949],
    ['26.06', 2093],
  ])('VPP %s: all of its %d messages have the CRC that is computed from their definition', (release, count) => {
    const checker = new FileChecker();
    const crcs = new CrcCheck();
    const dir = sharedPath('vpp-api', release);
    const names = readdirSync(dir).filter((name) => name.endsWith('.api.json'));
    const files = names.map((name) => checker.check(name, JSON.parse(readFileSync(`${dir}/${name}`, 'utf8'))));
    expect(files.reduce((sum, { messages }) => sum + messages.length, 0)).toBe(count);
    expect(files.flatMap((file) => crcs.unproven(file)).map(({ name }) => name)).toEqual([]);
  });

  it('two fields swapped, a field renamed or of another type: seen, in every message that it concerns', () => {
    const swapped = ipApi();
    const [message] = (swapped.messages as unknown[][]).filter(([name]) => name === 'ip_table_add_del_v2');
    [message[2], message[3]] = [message[3], message[2]];
    expect(unproven(swapped)).toEqual(['ip_table_add_del_v2']);
    const renamed = ipApi();
    for (const path of (renamed.types as string[][][]).filter(([name]) => String(name) === 'fib_path')) {
      path[1][1] = 'other'; // it is there twice
    }
    expect(unproven(renamed)).toContain('ip_route_add_del');
  });

  it('an alias that stands for something else: seen, though no CRC depends on it', () => {
    const json = ipApi();
    (json.aliases as Json).interface_index = { type: 'u16' };
    expect(unproven(json)).toContain('sw_interface_ip6_enable_disable');
    expect(unproven(json)).not.toContain('ip_table_add_del');
  });

  it('values that were added to an enum later: no difference; other values: one', () => {
    const file = (values: unknown[]) => ({
      enums: [['e', ['A', 1], ...values, { enumtype: 'u32' }]],
      messages: [['m', ['u16', '_vl_msg_id'], ['vl_api_e_t', 'x'], { crc: '0x39882ac1' }]],
    });
    const first = unproven(file([['B', 2]]));
    expect(first).toEqual([]);
    expect(
      unproven(
        file([
          ['B', 2],
          ['C', 4],
          ['D', 8],
        ]),
      ),
    ).toEqual([]);
    expect(unproven(file([['B', 3]]))).toEqual(['m']);
  });

  it('types in a circle, and unions in unions: not proven, and not for ever', () => {
    const unions = [['u0', ['u8', 'a']]].concat(
      Array.from(
        { length: 31 },
        (_, i) => [`u${i + 1}`, ...['x', 'y', 'z'].map((name) => [`vl_api_u${i}_t`, name])] as never,
      ),
    );
    const message = (type: string) => [['m', ['u16', '_vl_msg_id'], [type, 'x'], { crc: '0x1' }]];
    expect(unproven({ unions, messages: message('vl_api_u31_t') })).toEqual(['m']);
    const types = [['t', ['vl_api_t_t', 'again']]];
    expect(unproven({ types, messages: message('vl_api_t_t') })).toEqual(['m']);
  });
});
