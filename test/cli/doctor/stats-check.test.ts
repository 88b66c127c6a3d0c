import { describe, expect, it } from 'vitest';
import { statsFinding } from '../../../src/cli/doctor/stats-check.js';
import { fakeMachine } from './fake-machine.js';

const path = '/run/vpp/stats.sock';
const files = { [path]: { kind: 'socket', mode: 0o775 } } as const;

describe('the stats socket', () => {
  it('of another type than a stream, and ours to connect to: reachable, by which way, and why not by the others', async () => {
    const ways = [
      { way: 'node:ffi', works: false, reason: 'Node 20 does not have it' },
      { way: 'koffi', works: true },
      { way: 'python3', works: true },
    ] as const;
    expect(await statsFinding(path, fakeMachine({ files, ways, knock: 'EPROTOTYPE' }))).toEqual({
      check: 'stats',
      ok: 'yes',
      detail:
        `${path}: reachable, owner root (0), group root (0), mode 0775; its memory is read by koffi (python3 would do);` +
        ' not by node:ffi: Node 20 does not have it',
    });
  });

  it('no way to its memory: a warning, with what gives one', async () => {
    const ways = [{ way: 'koffi', works: false, reason: 'it is not installed' }] as const;
    expect(await statsFinding(path, fakeMachine({ files, ways, knock: 'EPROTOTYPE' }))).toMatchObject({
      ok: 'warn',
      detail: expect.stringMatching(/no way leads to its memory .*; not by koffi: it is not installed$/),
      fix: expect.stringContaining('npm install koffi'),
    });
  });

  it.each<[string, string | undefined, object, RegExp]>([
    ['not there', 'ENOENT', {}, /^no stats socket at \S+ \(fine unless you read counters\)$/],
    ['forbidden', 'EACCES', files, /no permission: it has owner root/],
    ['a stream socket', undefined, files, /is a stream socket, not VPP's stats socket/],
    ['left behind', 'ECONNREFUSED', files, /has nobody behind it \(ECONNREFUSED\)/],
    ['a plain file', 'ECONNREFUSED', { [path]: {} }, /is no socket/],
  ])('%s: a warning, not an error', async (_, knock, files, detail) => {
    const finding = await statsFinding(path, fakeMachine({ files: { ...files }, knock }));
    expect(finding).toMatchObject({ ok: 'warn', detail: expect.stringMatching(detail), fix: expect.any(String) });
  });
});
