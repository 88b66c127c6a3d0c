import { expect, it } from 'vitest';
import { system } from '../../src/vpp/index.js';
import { channelToMock } from './support.js';

it('system: its version; a command with what it printed, also when VPP refuses it', async () => {
  const { mock, channel } = await channelToMock({ version: '26.06-release' });
  expect(await system.version(channel)).toMatchObject({ program: 'vpe', version: '26.06-release' });
  mock.handle('cli_inband', ({ cmd }) => ({ retval: cmd === 'nonsense' ? -7 : 0, reply: `${cmd}!` }));
  expect(await system.cli(channel, 'show version')).toEqual({ retval: 0, output: 'show version!' });
  expect(await system.cli(channel, 'nonsense')).toEqual({ retval: -7, output: 'nonsense!' });
});
