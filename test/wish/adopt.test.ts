import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { Channel, Untyped } from '../../src/mux/index.js';
import { adopt, builtInKinds, defineKind, type Found, type Kind } from '../../src/wish/index.js';
import { channelToMock, due, fulfil } from './reconcile/support.js';

const WISH = `loopbacks:
  loop2: {}
  loop10:
    addresses: [ 192.0.2.1/24, 2001:db8::1/64 ]
`;

/** Two stones that every VPP has. */
const stones = (describe: boolean) =>
  defineKind<null>({
    name: 'stone',
    ownership: 'wished',
    messages: [],
    section: { key: 'stones', schema: z.record(z.string(), z.strictObject({})) },
    *wanted({ extra }) {
      for (const name of Object.keys(extra.stones ?? {}))
        yield { name, value: null, path: ['x-vppmux', 'stones', name] };
    },
    read: async (): Promise<Found<null>[]> => ['b', 'a'].map((name) => ({ name, value: null })),
    needs: () => [],
    create: () => [],
    remove: () => [],
    ...(describe && {
      describe(found, { extra }) {
        extra.stones = Object.fromEntries(found.map(({ name }) => [name, {}]));
      },
    }),
  });

const body = (text: string) => text.replace(/^#.*\n/gm, '');

describe('adopt', () => {
  it('writes what is there: valid, in order, and nothing is left to plan', async () => {
    const { channel } = await channelToMock();
    await fulfil(channel, WISH);
    const { text, problems, differs, undescribed } = await adopt(channel, { header: ['what it was'] });
    expect({ problems, differs, undescribed }).toEqual({ problems: [], differs: [], undescribed: [] });
    expect(text.startsWith('# what it was\n')).toBe(true);
    expect(text.indexOf('loop2:')).toBeLessThan(text.indexOf('loop10:'));
    expect(text).toContain('    addresses:\n      - 192.0.2.1/24\n      - 2001:db8::1/64\n');
    expect(await due(channel, text)).toEqual([]);
    expect((await adopt(channel, { header: ['what it was'] })).text).toBe(text);
  });

  it('a VPP without anything: a file all the same', async () => {
    const { channel } = await channelToMock();
    const { text } = await adopt(channel);
    expect(await due(channel, text)).toEqual([]);
  });

  it('what vppcfg cannot say: in a second document', async () => {
    const { channel } = await channelToMock();
    const kinds = [...builtInKinds, stones(true)];
    const { text } = await adopt(channel, { kinds });
    const documents = parseAllDocuments(text);
    expect(documents).toHaveLength(2);
    expect(documents[1].toJS()).toEqual({ stones: { a: {}, b: {} } });
    expect(await due(channel, text, { kinds })).toEqual([]);
  });

  it('what nothing describes: in comments, and left as it is', async () => {
    const { channel } = await channelToMock();
    const kinds = [...builtInKinds, stones(false)];
    const { text, undescribed } = await adopt(channel, { kinds });
    expect(undescribed.map(({ key }) => key)).toEqual(['stone/b', 'stone/a']);
    expect(text).toContain('#   stone/a: no key describes objects of its kind\n');
  });

  it('what VPP takes and a wish may not have: the file says so, with the place', async () => {
    const { channel } = await channelToMock();
    await fulfil(channel, 'loopbacks:\n  loop0: { addresses: [ 192.0.2.1/24 ] }\n  loop1: {}\n');
    const twice: Channel<Untyped> = Object.create(channel, {
      dump: {
        value: (name: string, fields: { sw_if_index: number; is_ipv6?: boolean }) =>
          channel.dump(name, name === 'ip_address_dump' ? { ...fields, sw_if_index: 1 } : fields),
      },
    });
    const { text, problems } = await adopt(twice, { header: ['one', 'two'] });
    expect(problems.length).toBeGreaterThan(0);
    const [{ place, message }] = problems;
    expect(text).toContain(`#   ${message}\n`);
    expect(text.split('\n')[place.line - 1]).not.toMatch(/^#/);
    expect(body(text)).toContain('loop1');
  });

  it.each(['while VPP is read', 'while the file is checked'])('aborted %s: rejects with the reason', async (when) => {
    const { channel, mock } = await channelToMock();
    const controller = new AbortController();
    const { signal } = controller;
    const abort = () => controller.abort(new Error('enough'));
    if (when === 'while VPP is read') mock.misbehave({ silent: { messages: 'sw_interface_dump' } });
    const wanted = () => {
      abort();
      return [];
    };
    const checking: Kind = { ...stones(true), wanted };
    const adoption = adopt(channel, { kinds: [checking], signal });
    if (when === 'while VPP is read') abort();
    await expect(adoption).rejects.toThrow('enough');
    await expect(adopt(channel, { signal })).rejects.toThrow('enough');
  });

  it('a kind that VPP refuses to list: said; one that it does not have: not', async () => {
    const { channel } = await channelToMock();
    const refused = defineKind<null>({
      name: 'fossil',
      ownership: 'all',
      messages: [],
      wanted: () => [],
      read: async () => {
        await channel.request('sw_interface_set_flags', { sw_if_index: 77 });
        return [];
      },
      needs: () => [],
      create: () => [],
    });
    const lacking = { ...refused, name: 'relic', messages: ['no_such_message'] };
    const { text, undescribed } = await adopt(channel, { kinds: [refused, lacking] });
    expect(undescribed).toEqual([{ key: 'fossil', reason: expect.stringContaining('VPP refuses to list it') }]);
    expect(text).toContain('#   fossil: VPP refuses to list it');
  });
});
