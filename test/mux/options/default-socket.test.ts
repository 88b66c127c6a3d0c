import { afterEach, expect, it, vi } from 'vitest';
import { settings } from '../../../src/mux/options.js';

afterEach(() => void vi.unstubAllEnvs());

it.each<[string, string | undefined, RegExp]>([
  ['named by the option', '/tmp/option.sock', /^\/tmp\/option\.sock$/],
  ['else by VPP_API_SOCKET', undefined, /^\/tmp\/environment\.sock$/],
])('the socket: %s', (_, socket, path) => {
  vi.stubEnv('VPP_API_SOCKET', '/tmp/environment.sock');
  expect(settings({ socket }).socket).toMatch(path);
});

it('the socket: where VPP has it, when VPP_API_SOCKET is not set or empty', () => {
  for (const value of [undefined, '']) {
    vi.stubEnv('VPP_API_SOCKET', value);
    expect(settings({}).socket).toMatch(/^\/run\/(user\/\d+\/)?vpp\/api\.sock$/);
  }
});
