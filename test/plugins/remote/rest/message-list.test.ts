/** `GET /vpp` and `?describe`. */

import { describe, expect, it } from 'vitest';
import { jsonOf, remote } from '../support.js';

describe('GET /vpp', () => {
  it('lists what can be asked for, by name', async () => {
    const { get } = await remote();
    const { total, messages, next } = await jsonOf(await get('/vpp?limit=10000'));
    expect(next).toBeUndefined();
    expect(messages).toHaveLength(total);
    expect(total).toBeGreaterThan(600);
    const of = (name: string) => messages.find((each: { name: string }) => each.name === name);
    const crc = expect.stringMatching(/^[0-9a-f]{8}$/);
    expect(of('show_version')).toEqual({
      ...{ name: 'show_version', kind: 'request', effect: 'reads', crc, inVpp: true },
      ...{ path: '/vpp/show_version', methods: ['GET', 'POST'] },
    });
    expect(of('ip_route_v2_dump')).toMatchObject({ kind: 'list', effect: 'reads', methods: ['GET', 'POST'] });
    expect(of('create_loopback')).toMatchObject({ kind: 'request', effect: 'writes', methods: ['POST'] });
    expect(of('sw_interface_event')).toMatchObject({ kind: 'event', path: '/vpp/events/sw_interface_event' });
    expect(of('show_version_reply')).toBeUndefined();
  });

  it('in pages, of the names that fit a pattern', async () => {
    const { get } = await remote();
    const first = await jsonOf(await get('/vpp?match=ip_route*&limit=3'));
    expect(first.messages).toHaveLength(3);
    const second = await jsonOf(await get(`/vpp?match=ip_route*&limit=1000&after=${first.next}`));
    expect(second.next).toBeUndefined();
    const all = await jsonOf(await get('/vpp?match=ip_route*'));
    expect([...first.messages, ...second.messages]).toEqual(all.messages);
    expect(first.total).toBe(all.messages.length);
  });

  it('of a VPP with another definition: says so', async () => {
    const { get } = await remote({ mock: { misbehave: { wrongCrc: ['show_version'] } } });
    expect((await jsonOf(await get('/vpp?match=show_version'))).messages).toMatchObject([{ inVpp: false }]);
  });

  it.each(['limit=0', 'limit=-1', 'limit=99999', 'limit=', 'mach=x'])('?%s: refused', async (query) => {
    const { get } = await remote();
    const response = await get(`/vpp?${query}`);
    expect([response.status, (await jsonOf(response)).code]).toEqual([400, 'BAD_REQUEST']);
  });

  it('without a VPP: 503', async () => {
    const { get } = await remote({ vpp: false });
    expect((await get('/vpp')).status).toBe(503);
  });
});

describe('?describe', () => {
  it('a message and its answers: types, defaults, limits, enums, docs', async () => {
    const { get } = await remote();
    const described = await jsonOf(await get('/vpp/sw_interface_set_flags?describe'));
    expect(described).toMatchObject({ message: 'sw_interface_set_flags', effect: 'writes', command: 'call' });
    const { fields, answers } = described;
    expect(fields).toContainEqual(expect.objectContaining({ field: 'sw_if_index', type: 'interface_index (u32)' }));
    const flags = fields.find(({ field }: { field: string }) => field === 'flags');
    expect(flags).toMatchObject({ flags: true, shortNames: { ADMIN_UP: 1, LINK_UP: 2 } });
    expect(answers).toMatchObject([{ message: 'sw_interface_set_flags_reply', role: 'reply' }]);
    expect((await jsonOf(await get('/vpp/sw_interface_event?describe'))).role).toBe('event');
  });
});
