import { describe, expect, it } from 'vitest';
import { remedy, whyHung } from '../../../src/cli/doctor/remedy.js';
import { uptimeText } from '../../../src/cli/doctor/version-check.js';
import { type ErrorCode, VppmuxError } from '../../../src/mux/errors.js';
import { fakeMachine, vppProcess } from './fake-machine.js';

describe('remedy', () => {
  it.each<[string, RegExp]>([
    ['T', /is stopped: `sudo kill -CONT 7`/],
    ['t', /a debugger holds VPP \(pid 7\)/],
    ['D', /waits for the kernel/],
    ['Z', /has died/],
    ['R', /see what its main thread does: `sudo gdb -p 7/],
  ])('no answer from a process in state %s: says what holds it', (state, text) => {
    const machine = fakeMachine({ files: vppProcess(7, [], { state }) });
    expect(remedy(new VppmuxError('HANDSHAKE_TIMEOUT', 'x'), '/run/vpp/api.sock', machine)).toMatch(text);
  });

  it('no answer from a process that we do not see: how to find it', () => {
    expect(whyHung(undefined)).toMatch(/^find the process that listens \(`sudo ss -xlp`\)/);
  });

  it.each<[ErrorCode, RegExp]>([
    ['CONNECTION_LOST', /its log says why: `journalctl -u vpp`/],
    ['HANDSHAKE_FAILED', /another program listens there/],
    ['FRAME_TOO_LARGE', /another program listens there/],
  ])('%s: %s', (code, text) => {
    expect(remedy(new VppmuxError(code, 'x'), '/run/vpp/api.sock', fakeMachine({ files: {} }))).toMatch(text);
  });
});

describe('uptime', () => {
  it.each([
    ['Time now 0.412345, Mon, 3 Aug 2026 10:00:00 GMT\n', 'up 0 s'],
    ['Time now .412345, Mon, 3 Aug 2026 10:00:00 GMT\n', 'up 0 s'],
    ['Time now 61.500000, Mon, …', 'up 1 min 1 s'],
    ['Time now 90061.1, …', 'up 1 d 1 h'],
    ['something else', 'uptime not known: this VPP does not report it'],
  ])('%j: %s', async (reply, text) => {
    expect(await uptimeText({ request: async () => ({ reply }) }, {})).toBe(text);
  });

  it('a VPP without the command: not known', async () => {
    const request = () => Promise.reject(new VppmuxError('RETVAL', 'unknown input'));
    expect(await uptimeText({ request }, {})).toBe('uptime not known: this VPP does not report it');
  });
});
