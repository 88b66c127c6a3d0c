import { describe, expect, it } from 'vitest';
import { channelToMock } from '../../vpp/support.js';
import { fulfil } from '../../wish/reconcile/support.js';
import { cli } from '../run-cli.js';

describe('adopt', () => {
  it('writes a file whose plan is empty, and says where it is from', async () => {
    const { mock, channel } = await channelToMock();
    await fulfil(channel, 'loopbacks:\n  loop0: { addresses: [ 192.0.2.1/24 ] }\n');
    const { code, stdout, stderr, lines } = await cli(['adopt', '--socket', mock.socket]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(lines[0]).toMatch(/^# VPP 26\.06-mock at \S+ on \d{4}-\d\d-\d\dT[\d:.]+Z, written by vppmux \d/);
    expect(await cli(['plan', '-', '--socket', mock.socket], { stdin: stdout })).toMatchObject({ code: 0, stdout: '' });
  });

  it('what a wish may not say: in the file and on stderr, exit code 1', async () => {
    const { mock, channel } = await channelToMock();
    await fulfil(channel, 'loopbacks:\n  loop0: { addresses: [ 192.0.2.1/24 ] }\n  loop1: {}\n');
    const prefixes = [1, 2, 3, 4, 5, 6].map((at) => `198.51.${at}.1/24`);
    for (const prefix of prefixes)
      await channel.request('sw_interface_add_del_address', { sw_if_index: 1, is_add: true, prefix });
    const { code, stdout, stderr } = await cli(['adopt', '--socket', mock.socket]);
    expect(code).toBe(1);
    expect(stdout).toContain('# VPP takes it, but vppmux validate refuses it:\n');
    expect(stderr).toMatch(/line \d+: loopbacks\.loop0\.addresses/);
  });

  it('no VPP: exit code 3, and nothing on stdout', async () => {
    expect(await cli(['adopt', '--socket', '/nowhere/api.sock'])).toMatchObject({ code: 3, stdout: '' });
  });
});
