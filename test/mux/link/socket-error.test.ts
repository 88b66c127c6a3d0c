import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { socketError } from '../../../src/mux/link/socket-error.js';
import { scratch } from '../../support/vpp.js';

const refused = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

describe('socket error', () => {
  it('EACCES: owner, group and mode of the socket, who we are, and what to do', () => {
    const { path, remove } = scratch();
    writeFileSync(path('api.sock'), '', { mode: 0o640 });
    const error = socketError(path('api.sock'), refused('EACCES'));
    remove();
    expect(error).toMatchObject({ code: 'SOCKET_PERMISSION', socket: path('api.sock'), outcome: 'not-sent' });
    expect(error.message).toMatch(
      /owner \S+ \(\d+\), group \S+ \(\d+\), mode 0640; we are \S+ \(\d+\) in the groups .*; join group/,
    );
  });

  it('EACCES on the way to it: the directory is named as the cause', () => {
    expect(socketError('/nowhere/at/all.sock', refused('EACCES')).message).toMatch(/directory may not be entered/);
  });

  it.each([
    ['ENOENT', 'SOCKET_MISSING', /VPP is not running/],
    ['ECONNREFUSED', 'SOCKET_REFUSED', /still starting, or died/],
    ['ETIMEDOUT', 'SOCKET_FAILED', /connect ETIMEDOUT/],
  ])('%s: %s', (code, ours, text) => {
    const error = socketError('/run/vpp/api.sock', refused(code));
    expect(error).toMatchObject({ code: ours, cause: { code } });
    expect(error.message).toMatch(text);
  });
});

it('no socket at the usual place: how to name another one; elsewhere it was named', () => {
  const cause = Object.assign(new Error('x'), { code: 'ENOENT' });
  expect(socketError('/run/vpp/api.sock', cause).message).toMatch(
    /; another one, .*VPP_API_SOCKET or the option socket$/,
  );
  expect(socketError('/x/api.sock', cause).message).not.toContain('VPP_API_SOCKET');
});
