/** Socket filenames of memif: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { beginMemifs as begin } from '../support/contract-memifs.js';

const ALL = 0xffffffff;

describe('socket filenames', () => {
  it('added once, the same again, and in the dump', async () => {
    const { vpp, socket } = await begin();
    expect([await socket(true, 31, '/tmp/vppmux-31'), await socket(true, 31, '/tmp/vppmux-31')]).toEqual([0, 0]);
    expect(await socket(true, 31, '/tmp/vppmux-other')).toBe(-116);
    expect([await socket(true, 32, '/tmp/vppmux-31'), await socket(true, 33, 'abstract:vppmux')]).toEqual([0, 0]);
    const dumped = (await vpp.dump('memif_socket_filename_dump')).map(
      (each) => `${each.socket_id} ${each.socket_filename}`,
    );
    expect(dumped).toEqual(expect.arrayContaining(['31 /tmp/vppmux-31', '32 /tmp/vppmux-31', '33 abstract:vppmux']));
    expect([await socket(false, 31), await socket(false, 31)]).toEqual([0, -73]);
  });

  it('a relative one is in the runtime directory, a long one is cut in the dump', async () => {
    const { vpp, socket } = await begin();
    const long = '/'.padEnd(300, 'a');
    const made = await vpp.ask('memif_socket_filename_add_del_v2', {
      is_add: true,
      socket_id: 35,
      socket_filename: long,
    });
    expect([made.retval, await socket(true, 36, 'vppmux.sock')]).toEqual([0, 0]);
    const dumped = await vpp.dump('memif_socket_filename_dump');
    const filename = (id: number) => String(dumped.find(({ socket_id }) => socket_id === id)?.socket_filename);
    expect([filename(35), filename(36)]).toEqual([long.slice(0, 107), expect.stringMatching(/^\/.*\/vppmux\.sock$/)]);
    expect([await socket(false, 35), await socket(false, 36)]).toEqual([0, 0]);
  });

  it('refusals', async () => {
    const { socket } = await begin();
    expect([await socket(true, 0, '/tmp/vppmux'), await socket(true, ALL, '/tmp/vppmux')]).toEqual([-73, -73]);
    expect([await socket(true, 34), await socket(false, 0), await socket(false, ALL)]).toEqual([-73, -73, -73]);
  });

  it('v2: an id of VPP for ~0', async () => {
    const { vpp, socket, sockets } = await begin();
    const ask = (fields: Fields) => vpp.ask('memif_socket_filename_add_del_v2', fields);
    const made = await ask({ is_add: true, socket_filename: '/tmp/vppmux-any' });
    expect(made.retval).toBe(0);
    const id = Number(made.socket_id);
    expect(await sockets()).toContain(id);
    expect(await ask({ is_add: true, socket_id: id, socket_filename: '/tmp/x' })).toMatchObject({
      retval: -116,
      socket_id: id,
    });
    expect(await ask({ is_add: true, socket_id: 0, socket_filename: '/tmp/x' })).toMatchObject({
      retval: -73,
      socket_id: 0,
    });
    expect(await ask({ is_add: false })).toMatchObject({ retval: -73, socket_id: ALL });
    expect(await ask({ is_add: false, socket_id: id })).toMatchObject({ retval: 0, socket_id: id });
    expect(await socket(false, id)).toBe(-73);
  });
});
