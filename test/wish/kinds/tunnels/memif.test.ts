import { writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { planOf, validateWish } from '../../../../src/wish/index.js';
import { scratch } from '../../../support/vpp.js';
import { adopted, channelToAny, compare, due, fulfil } from '../../reconcile/support.js';

const PAIR = `
x-vppmux:
  memif-sockets: { 1: /tmp/vppmux-wish-1.sock, 2: /tmp/vppmux-wish-1.sock }
  memif:
    memif1/0: { role: master }
    memif2/0: { role: slave, ring-size: 512, buffer-size: 4096, rx-queues: 2 }
interfaces:
  memif1/0: { addresses: [ 192.0.2.1/31 ] }
  memif2/0: {}
`;

describe('memif', () => {
  it('sockets and interfaces: made, described and deleted', async () => {
    const channel = await channelToAny();
    const before = await adopted(channel);
    await fulfil(channel, PAIR);
    const file = await adopted(channel);
    expect(await due(channel, file)).toEqual([]);
    expect(file).toContain('memif1/0:\n      role: master\n');
    expect((await due(channel, '{}')).filter((each) => !each.includes('address')).sort()).toEqual([
      'delete memif-socket/1',
      'delete memif-socket/2',
      'delete memif/memif1/0',
      'delete memif/memif2/0',
    ]);
    await fulfil(channel, '{}');
    expect(await adopted(channel)).toEqual(before);
  });

  it('another file of a socket: its interfaces are made anew', async () => {
    const channel = await channelToAny();
    await fulfil(channel, PAIR);
    const moved = PAIR.replace('2: /tmp/vppmux-wish-1', '2: /tmp/vppmux-wish-2');
    expect((await due(channel, moved)).filter((each) => each.includes('memif'))).toEqual([
      'delete memif/memif2/0',
      'delete memif-socket/2',
      'create memif-socket/2',
      'create memif/memif2/0',
      'create mtu/memif2/0',
      'create admin-state/memif2/0',
    ]);
    await fulfil(channel, moved);
  });

  it('another role, mode or way to copy: made anew; a slave that is connected tells its sizes', async () => {
    const channel = await channelToAny();
    const wish = (fields: string) => `x-vppmux: { memif: { memif0/7: { ${fields} } } }`;
    await fulfil(channel, wish('role: slave'));
    for (const fields of ['role: master', 'role: slave', 'role: slave, zero-copy: no', 'role: slave, mode: ip']) {
      expect(await due(channel, wish(fields))).toEqual(['delete memif/memif0/7', 'create memif/memif0/7']);
      await fulfil(channel, wish(fields));
    }
    expect(await due(channel, wish('role: slave, mode: ip, ring-size: 2048'))).toEqual([]);
  });

  it('a secret: sent, and not shown', async () => {
    const channel = await channelToAny();
    const { path, remove } = scratch();
    onTestFinished(remove);
    const file = path('secret');
    const wish = `x-vppmux: { memif: { memif0/8: { role: slave, secret: { file: ${file} } } } }`;
    const plan = planOf(await compare(channel, wish));
    expect(plan.changes[0].messages[0].fields.secret).toBe('(secret)');
    writeFileSync(file, 'hush\n');
    const sent = vi.spyOn(channel, 'request');
    await fulfil(channel, wish);
    expect(sent).toHaveBeenCalledWith(
      'memif_create_v2',
      expect.objectContaining({ secret: 'hush' }),
      expect.anything(),
    );
    expect(JSON.stringify(planOf(await compare(channel, wish)))).not.toContain('hush');
  });

  it('mistakes: a socket that is not there, two roles at one socket, a secret in the file', () => {
    const mistakesOf = (section: string) =>
      validateWish(`x-vppmux: { ${section} }`).errors.map(({ message }) => message);
    expect(mistakesOf('memif: { memif3/0: { role: slave } }')).toEqual([
      'memif memif3/0 needs socket 3, which does not exist in memif-sockets',
    ]);
    expect(mistakesOf('memif: { memif0/0: { role: slave }, memif0/1: { role: master } }')).toEqual([
      'memif memif0/1 is a master, but others of socket 0 are not: a socket has one role',
    ]);
    expect(mistakesOf('memif: { memif0/0: { role: slave, secret: hush } }')).toEqual([
      'x-vppmux.memif.memif0/0.secret: must say where it is: { file: PATH } or { env: NAME }',
    ]);
    expect(
      mistakesOf('memif: { memif0: { role: slave, ring-size: 1000 } }, memif-sockets: { 0: /a, 1: b }'),
    ).toHaveLength(3);
  });
});
