import { describe, expect, it } from 'vitest';
import { socketFinding } from '../../../src/cli/doctor/socket-check.js';
import { socketError } from '../../../src/mux/link/socket-error.js';
import { type FakeMachine, fakeMachine, vppProcess } from './fake-machine.js';

const socket = '/run/vpp/api.sock';
const directory = { '/run/vpp': { kind: 'directory' } } as const;
/** A number that no system gives to a group: it is told as it is. */
const GROUP = 4_000_000_000;
const USER = 4_000_000_001;
const owned = (mode: number, gid = GROUP) => ({ ...directory, [socket]: { kind: 'socket', mode, gid } }) as const;

/** The finding when connecting gives `code`. */
function found(code: string | undefined, machine: FakeMachine) {
  const refusal = code && socketError(socket, Object.assign(new Error(`connect ${code}`), { code }));
  return socketFinding({ socket, from: '--socket' }, refusal, fakeMachine({ uid: USER, gids: [USER], ...machine }));
}

describe('the socket', () => {
  it('usable: owner, group, mode, and who we are', () => {
    expect(found(undefined, { files: owned(0o775), gids: [USER, GROUP] })).toEqual({
      check: 'socket',
      ok: 'yes',
      detail: `${socket} (--socket): owner root (0), group ${GROUP}, mode 0775; we are ${USER}, in the groups ${USER}, ${GROUP}`,
    });
  });

  it('no permission, its group may: join it', () => {
    const { ok, detail, fix } = found('EACCES', { files: owned(0o775) });
    expect(ok).toBe('no');
    expect(detail).toBe(
      `${socket} (--socket): no permission: it has owner root (0), group ${GROUP}, mode 0775; we are ${USER}, in the group ${USER}`,
    );
    expect(fix).toBe(`\`sudo usermod -aG ${GROUP} ${USER}\`, then log in again; a service: restart it`);
  });

  it.each([
    ['its group may not write', owned(0o755)],
    ['it is of the group root', owned(0o775, 0)],
  ])('no permission, and %s: VPP is to give it to a group', (_, files) => {
    expect(found('EACCES', { files }).fix).toMatch(
      /^let VPP give it to a group: `unix \{ gid vpp \}` in startup\.conf/,
    );
  });

  it('a closed directory on the way: that one is named', () => {
    const run = (mode: number) => ({ '/run': { kind: 'directory', mode, gid: GROUP, closed: true } }) as const;
    const mayJoin = found('EACCES', { files: { ...owned(0o777), ...run(0o750) } });
    expect(mayJoin.detail).toMatch(/no permission: directory \/run has owner root \(0\), group \d+, mode 0750; we are/);
    expect(mayJoin.fix).toMatch(/^`sudo usermod -aG/);
    const mayNot = found('EACCES', { files: { ...owned(0o777), ...run(0o700) } });
    expect(mayNot.fix).toMatch(/^`sudo chmod o\+x \/run`/);
  });

  it.each<[string, FakeMachine['files'], RegExp, RegExp]>([
    ['no VPP', {}, /^no socket at .*; there is no directory \/run\/vpp either$/, /^no VPP runs here: start it/],
    ['its directory there', directory, /its directory is there \(owner root \(0\)/, /^no VPP runs here/],
    [
      'a VPP that is to have it there',
      vppProcess(7, []),
      /^no socket/,
      /^VPP \(pid 7\) is to have it there: it is still starting/,
    ],
    [
      'a VPP that has it elsewhere',
      vppProcess(7, ['socksvr', '{', 'socket-name', '/tmp/x.sock', '}']),
      /^no socket/,
      /^VPP \(pid 7\) runs with \/tmp\/x\.sock; give that with --socket/,
    ],
    [
      'a VPP whose configuration is not known',
      vppProcess(7, ['-c', '/secret']),
      /^no socket/,
      /^VPP \(pid 7\) runs; the path of its socket is in its startup\.conf/,
    ],
  ])('missing, %s: says where it may be', (_, files, detail, fix) => {
    const finding = found('ENOENT', { files });
    expect(finding).toMatchObject({ ok: 'no', detail: expect.stringMatching(detail) });
    expect(finding.fix).toMatch(fix);
  });

  it.each<[string, string, FakeMachine['files'], RegExp, RegExp]>([
    ['a plain file', 'ECONNREFUSED', { [socket]: {} }, /is a plain file, not a socket/, /--socket; no VPP runs here/],
    ['a directory', 'ECONNREFUSED', { [socket]: { kind: 'directory' } }, /is a directory/, /--socket/],
    [
      'the stats socket',
      'EPROTOTYPE',
      owned(0o775),
      /is not VPP's API socket: it is of another type, as VPP's stats socket/,
      /api\.sock next to it/,
    ],
    [
      'left behind',
      'ECONNREFUSED',
      owned(0o775),
      /the file is there, but nobody listens/,
      /^no VPP runs here: start it/,
    ],
    [
      'not listened on yet',
      'ECONNREFUSED',
      { ...owned(0o775), ...vppProcess(7, []) },
      /nobody listens/,
      /^VPP \(pid 7\) may still be starting/,
    ],
    [
      'full, of a VPP that was stopped',
      'EAGAIN',
      { ...owned(0o775), ...vppProcess(7, [], { state: 'T' }) },
      /takes no connections: its queue is full/,
      /^VPP \(pid 7\) is stopped: `sudo kill -CONT 7`$/,
    ],
    ['refused otherwise', 'EMFILE', owned(0o775), /cannot use the socket .*EMFILE/, /what the system says/],
  ])('%s: told, with what to do', (_, code, files, detail, fix) => {
    const finding = found(code, { files });
    expect(finding).toMatchObject({ ok: 'no', detail: expect.stringMatching(detail) });
    expect(finding.fix).toMatch(fix);
  });
});
