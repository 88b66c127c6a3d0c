import { beforeAll, describe, expect, it } from 'vitest';
import { loadSchema } from '../../../src/mux/codec/load.js';
import { type CompatSide, compatibility } from '../../../src/mux/compat/compatibility.js';
import { needs } from '../../support/needs.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';
import { definitions, file, message, running } from './sides.js';

const SERVICES = { thing_dump: { reply: 'thing_details', stream: true } };

const before = definitions(
  file(
    'thing',
    [
      message('thing_dump', '00000001'),
      message('thing_details', '00000002', [['u32', 'value']]),
      message('thing_set', '00000003', [], { replaced_by: 'thing_set_v2' }),
      message('thing_add_v2', '00000004'),
    ],
    { services: SERVICES },
  ),
  file('extra', [message('extra_on', '00000005')]),
);
const after = definitions(
  file(
    'thing',
    [
      message('thing_dump', '00000001'),
      message('thing_details', '000000f2', [['u64', 'value']]),
      message('thing_set_v2', '000000f3'),
      message('thing_add_v3', '000000f4', [], { deprecated: null, replaced_by: 'thing_add_v4' }),
      message('thing_add_v4', '000000f5'),
    ],
    { services: SERVICES },
  ),
  file('extra', [message('extra_on', '00000005')]),
);

const verdicts = (one: CompatSide, other: CompatSide, names?: readonly string[]) =>
  Object.fromEntries(compatibility(one, other, names).messages.map(({ name, verdict }) => [name, verdict]));
const one = (name: string, other: CompatSide = after) => {
  const found = compatibility(before, other, [name]).messages.find((each) => each.name === name);
  if (!found) throw new Error(`nothing is said of ${name}`);
  return found;
};

describe('compatibility', () => {
  it('everything, without names: each message of both sides once', () => {
    expect(verdicts(before, after)).toEqual({
      thing_dump: 'same',
      thing_details: 'changed',
      thing_set: 'gone',
      thing_set_v2: 'new',
      thing_add_v2: 'gone',
      thing_add_v3: 'new',
      thing_add_v4: 'new',
      extra_on: 'same',
    });
    expect(compatibility(before, before)).toMatchObject({ compatible: true });
    expect(compatibility(before, after).compatible).toBe(false);
  });

  it('a name: brings along what it is answered with, and says for whom', () => {
    const { compatible, messages } = compatibility(before, after, ['thing_dump']);
    expect(compatible).toBe(false);
    expect(messages).toMatchObject([
      { name: 'thing_dump', verdict: 'same' },
      { name: 'thing_details', verdict: 'changed', usedBy: ['thing_dump'] },
    ]);
    expect(compatibility(before, after, ['extra_on'])).toMatchObject({ compatible: true });
  });

  it('changed: file, both CRCs, and field by field', () => {
    expect(one('thing_details')).toMatchObject({
      file: 'thing.api.json',
      crc: { before: '00000002', after: '000000f2' },
      changes: [{ path: 'value', kind: 'type', before: 'u32', after: 'u64' }],
    });
  });

  it('changed, with only the other side’s table known: says that fields are not known', () => {
    const tableOnly = running(definitions(), { thing_details: '000000f2' });
    expect(one('thing_details', tableOnly)).toMatchObject({
      verdict: 'changed',
      changes: undefined,
      reason: expect.stringContaining('which fields is not known'),
    });
  });

  it('gone: with what replaces it, or the newest other version', () => {
    expect(one('thing_set')).toMatchObject({ verdict: 'gone', replacedBy: 'thing_set_v2' });
    expect(one('thing_add_v2')).toMatchObject({ nearest: ['thing_add_v4', 'thing_add_v3'] });
  });

  it('a running VPP with nothing of a file: its plugin is not loaded, and the file is named', () => {
    const vpp = running(after, { thing_dump: '00000001' });
    expect(one('extra_on', vpp)).toMatchObject({
      verdict: 'not-loaded',
      reason: expect.stringContaining('extra.api.json'),
    });
    // Others of its file are there: this one is of another release.
    expect(one('thing_set', vpp)).toMatchObject({ verdict: 'gone' });
    // Without a table there is no VPP that could lack a plugin.
    expect(verdicts(before, definitions(), ['extra_on'])).toEqual({ extra_on: 'gone' });
  });

  it('unknown on both sides: says so, with the nearest', () => {
    expect(one('thing_dmp')).toMatchObject({ verdict: 'unknown', nearest: expect.arrayContaining(['thing_dump']) });
  });

  it('same CRC: new values of an enum change nothing, another default does', () => {
    const color = (...values: [string, number][]) =>
      definitions(
        file('c', [message('m', '00000001', [['vl_api_color_t', 'c']])], {
          enums: [['color', ...values, { enumtype: 'u8' }]],
        }),
      );
    const more = compatibility(color(['RED', 1]), color(['RED', 1], ['BLUE', 2]), ['m']);
    expect(more).toMatchObject({ compatible: true, messages: [{ verdict: 'same', changes: [{ after: 'BLUE = 2' }] }] });
    const byDefault = (value: number) =>
      definitions(file('d', [message('m', '00000001', [['u32', 'a', { default: value }]])]));
    expect(verdicts(byDefault(1), byDefault(2), ['m'])).toEqual({ m: 'changed' });
  });

  it('a request that is answered in another way: is changed', () => {
    const answered = (service: object) =>
      definitions(
        file(
          'a',
          [message('m_get', '00000001'), message('m_get_reply', '00000002'), message('m_details', '00000003')],
          {
            services: { m_get: service },
          },
        ),
      );
    const unary = answered({ reply: 'm_get_reply' });
    const list = answered({ reply: 'm_get_reply', stream: true, stream_msg: 'm_details' });
    expect(compatibility(unary, list, ['m_get']).messages[0]).toMatchObject({
      verdict: 'changed',
      changes: [{ path: '', kind: 'answer', before: 'with m_get_reply', after: 'with m_details, then m_get_reply' }],
    });
  });
});

describe('two releases of VPP', needs(sharedMissing), () => {
  let sides: Record<string, CompatSide>;
  beforeAll(async () => {
    const load = async (version: string): Promise<CompatSide> => {
      const schema = await loadSchema(sharedPath('vpp-api', version));
      return { find: (name) => schema.find(name)?.def, names: [...schema.model.messages.keys()] };
    };
    const versions = ['22.10', '23.10', '25.10', '26.06'];
    sides = Object.fromEntries(await Promise.all(versions.map(async (each) => [each, await load(each)])));
  });

  it.each([
    ['22.10', '23.10', { same: 1694, changed: 1, gone: 23, new: 99 }],
    ['23.10', '25.10', { same: 1784, changed: 2, gone: 8, new: 163 }],
    ['25.10', '26.06', { same: 1941, changed: 4, gone: 4, new: 148 }],
  ])('%s → %s: every message has its verdict, every changed one its fields', (from, to, counts) => {
    const { messages } = compatibility(sides[from], sides[to]);
    const counted: Record<string, number> = {};
    for (const { verdict } of messages) counted[verdict] = (counted[verdict] ?? 0) + 1;
    expect(counted).toEqual(counts);
    for (const each of messages) if (each.verdict === 'changed') expect(each.changes?.length).toBeGreaterThan(0);
  });

  it('all four with themselves: nothing has changed', () => {
    for (const side of Object.values(sides)) expect(compatibility(side, side).compatible).toBe(true);
  });
});
