/** api-socket.conf: what is refused, and how its values become options. */

import { describe, expect, it } from 'vitest';
import { API_SOCKET_LIMITS } from '../../../src/mux/index.js';
import { apiSocketConfig } from '../../../src/plugins/api-socket/config.js';
import { optionsOf, placesOf } from '../../../src/plugins/api-socket/socket-options.js';

const parse = (...sockets: object[]) => apiSocketConfig.safeParse({ sockets });

describe('api-socket.conf', () => {
  it.each<[string, object[], RegExp]>([
    ['neither path nor systemd', [{}], /has a path, or the name/],
    ['both', [{ path: '/a', systemd: 'a' }], /has a path, or the name/],
    ['owner of a socket of systemd', [{ systemd: 'a', owner: 'root' }], /SocketUser/],
    ['mode as a number', [{ path: '/a', mode: 660 }], /must be in quotes/],
    ['mode that is none', [{ path: '/a', mode: '0888' }], /must be as "0660"/],
    ['one path twice', [{ path: '/a' }, { path: '/a', role: 'b' }], /\/a is in the list twice/],
    ['one role twice', [{ path: '/a' }, { path: '/b' }], /the role api-socket is in the list twice/],
    ['role with odd letters', [{ path: '/a', role: 'Ann Smith' }], /lower-case letters/],
    ['no client at all', [{ path: '/a', limits: { clients: 0 } }], /at least|>=1/i],
    ['text of a rule that allows', [{ path: '/a', rules: [{ action: 'allow', text: 'x' }] }], /for refusals only/],
    ['path that is too long', [{ path: `/${'a'.repeat(200)}` }], /a Unix socket takes/],
  ])('%s: is refused', (_, sockets, message) => {
    const { success, error } = parse(...sockets);
    expect(success).toBe(false);
    expect(error?.issues.map((issue) => issue.message).join('; ')).toMatch(message);
  });

  it('all defaults: are those of the mux', () => {
    const [socket] = parse({ path: '/a' }).data?.sockets ?? [];
    expect(optionsOf(socket)).toEqual({
      ...{ role: 'api-socket', access: 'write', holdMs: 2000, onLinkLoss: 'same-vpp', dedicated: false, mode: 0o770 },
      ...{ uid: undefined, gid: undefined, limits: API_SOCKET_LIMITS, named: [] },
    });
  });

  it('places: the path, or all descriptors of a name', () => {
    const given = [
      { name: 'api', fd: 3 },
      { name: 'ro', fd: 4 },
      { name: 'api', fd: 5 },
    ];
    const [path, systemd] = parse({ path: '/a' }, { systemd: 'api', role: 'b' }).data?.sockets ?? [];
    expect(placesOf(path, given)).toEqual([{ path: '/a' }]);
    expect(placesOf(systemd, given)).toEqual([{ fd: 3 }, { fd: 5 }]);
  });
});
