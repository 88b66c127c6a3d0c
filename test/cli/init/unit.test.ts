/** The unit of systemd: what is in it, and that an agent starts with its command line as another user. */

import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { closedPart } from '../../../src/cli/init/service.js';
import { unitText } from '../../../src/cli/init/unit.js';
import { directoryWith } from '../../agent/support.js';
import { startAs } from '../../support/as-user.js';
import { builtTree, root } from '../../support/built.js';
import { excuse, needsRoot } from '../../support/excused.js';
import { testMock } from '../../support/mock.js';
import { cli } from '../run-cli.js';

const choices = {
  dir: '/etc/vppmux',
  node: '/usr/bin/node',
  program: '/usr/lib/node_modules/vppmux/bin/vppmux.js',
  credentials: new Map([['write-token', '/etc/vppmux/secrets/write-token']]),
  group: 'vpp',
};
const line = (text: string, key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(text)?.[1];

describe('the unit', () => {
  it('in its usual place: hands on the token, and sees neither homes nor /tmp', () => {
    const text = unitText(choices);
    expect(line(text, 'ExecStart')).toBe(
      '/usr/bin/node /usr/lib/node_modules/vppmux/bin/vppmux.js run --config-dir /etc/vppmux',
    );
    expect(line(text, 'LoadCredential')).toBe('write-token:/etc/vppmux/secrets/write-token');
    expect([line(text, 'ProtectHome'), line(text, 'PrivateTmp')]).toEqual(['yes', 'yes']);
    expect(text).not.toMatch(/^MemoryDenyWriteExecute/m);
  });

  it('below a home, or in /tmp: sees it', () => {
    expect(line(unitText({ ...choices, program: '/home/joe/vppmux/bin/vppmux.js' }), 'ProtectHome')).toBe('read-only');
    expect(line(unitText({ ...choices, user: 'joe', socket: '/tmp/vpp/api.sock' }), 'PrivateTmp')).toBe('no');
    // DynamicUser= has a private one in any case, and init warns of it.
    expect(line(unitText({ ...choices, socket: '/tmp/vpp/api.sock' }), 'PrivateTmp')).toBe('yes');
  });

  it('a link that leads below a home: sees it', () => {
    const node = join(directoryWith({}), 'node');
    symlinkSync('/root', node);
    expect(line(unitText({ ...choices, node }), 'ProtectHome')).toBe('read-only');
  });

  it('letters with a meaning to systemd: have none', () => {
    const text = unitText({ ...choices, dir: '/etc/a b%n$HOME"\\' });
    expect(line(text, 'ExecStart')).toMatch(/ --config-dir "\/etc\/a b%%n\$\$HOME\\"\\\\"$/);
    expect(line(text, 'WorkingDirectory')).toBe('/etc/a b%%n$HOME"\\');
  });

  it.for(['/etc/vppmux', '/etc/a b%n$HOME'])(
    '%s: systemd-analyze finds nothing wrong with it',
    async (path, context) => {
      const dir = `${directoryWith({})}${path}`;
      const analyze = (...args: string[]) => spawnSync('systemd-analyze', args, { encoding: 'utf8' });
      if (analyze('--version').status !== 0) excuse(context, 'systemd-analyze is not there');
      await cli(['init', dir]);
      const { status, stdout, stderr } = analyze('verify', join(dir, 'vppmux.service'));
      expect([stdout, stderr, status]).toEqual(['', '', 0]);
    },
  );
});

describe('the command line of the unit', () => {
  beforeAll(builtTree);

  const USER = 54_321;
  const GROUP = 54_322;

  it('as a user whose only right is the group of the socket: the agent is ready, and knows its tokens', async (context) => {
    needsRoot(context);
    const closed = closedPart(join(root, 'bin', 'vppmux.js')) ?? closedPart(process.execPath);
    if (closed !== undefined) excuse(context, `other users may not enter ${closed}`);
    const mock = await testMock();
    chmodSync(join(mock.socket, '..'), 0o755);
    chownSync(mock.socket, 0, GROUP);
    chmodSync(mock.socket, 0o660);

    const base = directoryWith({});
    chmodSync(base, 0o755);
    const dir = join(base, 'etc');
    const { stderr } = await cli(['init', dir, '--endpoint', '127.0.0.1:0', '--socket', mock.socket]);
    const unit = readFileSync(join(dir, 'vppmux.service'), 'utf8');
    // The group has no name here: its number is what is in the unit.
    expect([line(unit, 'SupplementaryGroups'), stderr]).toEqual([String(GROUP), expect.any(String)]);

    const [command, ...args] = String(line(unit, 'ExecStart')).split(' ');
    const ids = { uid: USER, gid: USER, groups: [GROUP] };
    const credentials = credentialsFor(unit, join(base, 'credentials'));
    const agent = startAs(ids, [command, ...args], { CREDENTIALS_DIRECTORY: credentials });
    const url = (await agent.said(/listening at (http:[^" ]+)/))[1];
    await expect.poll(async () => (await fetch(`${url}/readiness`)).status).toBe(200);
    const token = readFileSync(join(dir, 'secrets', 'write-token'), 'utf8').trim();
    const create = (headers: Record<string, string>) =>
      fetch(`${url}/api/interface/create-loopback`, { method: 'POST', headers, body: '{}' });
    const json = { 'content-type': 'application/json' };
    expect((await create(json)).status).toBe(403);
    expect((await create({ ...json, authorization: `Bearer ${token}` })).status).toBe(200);
    agent.child.kill('SIGTERM');
    expect(await agent.ended).toBe(0);
  });

  /** Does what systemd does for LoadCredential=: copies, which only the service's user can read. */
  function credentialsFor(unit: string, folder: string): string {
    mkdirSync(folder, { mode: 0o500 });
    for (const [, name, file] of unit.matchAll(/^LoadCredential=([^:]+):(.*)$/gm)) {
      copyFileSync(file, join(folder, name));
      chmodSync(join(folder, name), 0o400);
      chownSync(join(folder, name), USER, 0);
    }
    chownSync(folder, USER, 0);
    return folder;
  }
});
