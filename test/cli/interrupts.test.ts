import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testMock } from '../support/mock.js';
import { cli, startCli } from './run-cli.js';

describe('Ctrl-C', () => {
  it('again while the command is leaving: ends it at once', async () => {
    const mock = await testMock({ misbehave: { silent: { messages: ['sw_interface_set_flags', 'sockclnt_delete'] } } });
    const run = startCli(['call', 'sw_interface_set_flags', 'flags=0', '--socket', mock.socket]);
    await expect.poll(() => mock.received('sw_interface_set_flags')).toBe(1);
    run.signal('SIGINT');
    expect(run.endedAtOnce).toBeUndefined();
    run.signal('SIGINT');
    expect(run.endedAtOnce).toBe(130);
    expect(await run.exit).toBe(130);
  });

  it('SIGTERM: exit code 143', async () => {
    const mock = await testMock({ misbehave: { silent: { messages: 'sw_interface_set_flags' } } });
    const run = startCli(['call', 'sw_interface_set_flags', 'flags=0', '--socket', mock.socket]);
    await expect.poll(() => mock.received('sw_interface_set_flags')).toBe(1);
    run.signal('SIGTERM');
    expect(await run.exit).toBe(143);
  });

  it('while waiting for stdin: exit code 130', async () => {
    const mock = await testMock();
    const run = startCli(['call', 'sw_interface_set_flags', '-', '--socket', mock.socket], { stdin: 'silent' });
    await expect.poll(() => mock.clients.length).toBe(1);
    run.signal('SIGINT');
    expect(await run.exit).toBe(130);
  });
});

describe('no permission for the socket', () => {
  it('exit code 3, with its owner, group and mode, and ours', async () => {
    const mock = await testMock();
    chmodSync(dirname(mock.socket), 0o755);
    chmodSync(mock.socket, 0);
    const { code, stderr } = await asNobody(() => cli(['call', 'show_version', '--socket', mock.socket]));
    expect(stderr).toMatch(/^vppmux: no permission for .*owner .*group .*mode 0?000; we are [^\n]+\n$/);
    expect(code).toBe(3);
  });

  /** No mode keeps root out. */
  async function asNobody<T>(action: () => Promise<T>): Promise<T> {
    if (process.geteuid?.() !== 0) return action();
    process.seteuid?.(65534);
    try {
      return await action();
    } finally {
      process.seteuid?.(0);
    }
  }
});
