/** `vppmux init`: what it writes, and what it leaves alone. */

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { defaultPlugins } from '../../../src/agent/choose/load-plugin.js';
import { builtIns } from '../../../src/plugins/built-ins.js';
import { directoryWith, recordingLog } from '../../agent/support.js';
import { needsRoot } from '../../support/excused.js';
import { needsTools } from '../../support/needs.js';
import { cli } from '../run-cli.js';

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
const root = new URL('../../../', import.meta.url);

let dir: string;
beforeEach(() => {
  dir = join(directoryWith({}), 'etc', 'vppmux');
});
const read = (name: string) => readFileSync(join(dir, name), 'utf8');
const init = (...args: string[]) => cli(['init', dir, ...args]);

describe('vppmux init', () => {
  it('a folder that is not there: all templates with their defaults, and no example', async () => {
    expect(await init()).toMatchObject({ code: 0 });
    const samples = readdirSync(new URL('templates/conf', root));
    expect(readdirSync(dir).sort()).toEqual([...samples, 'secrets', 'vppmux.service'].sort());
    for (const name of samples.filter((name) => !['agent.yaml', 'http.conf'].includes(name))) {
      expect(read(name)).toBe(readFileSync(new URL(`templates/conf/${name}`, root), 'utf8'));
    }
    expect(parse(read('agent.yaml')).plugins).toEqual(defaultPlugins(builtIns));
    expect(read('agent.yaml')).not.toMatch(/example|interface-lister/);
    expect(parse(read('http.conf'))).toEqual({
      ...parse(readFileSync(new URL('templates/conf/http.conf', root), 'utf8')),
      'read-token': 'credential:read-token',
      'write-token': 'credential:write-token',
    });
  });

  it('tokens: two, random, for nobody else to read; the configuration is for the agent to read', async () => {
    await init();
    const tokens = ['read-token', 'write-token'].map((name) => read(`secrets/${name}`));
    expect(new Set(tokens).size).toBe(2);
    for (const token of tokens) expect(token).toMatch(/^[0-9a-f]{64}\n$/);
    expect(mode(join(dir, 'secrets'))).toBe('700');
    expect(mode(join(dir, 'secrets', 'read-token'))).toBe('600');
    expect(mode(join(dir, 'secrets', 'write-token'))).toBe('600');
    expect([mode(dir), mode(join(dir, 'http.conf')), mode(join(dir, 'vppmux.service'))]).toEqual(['755', '644', '644']);
  });

  it('what it says: which files, and commands to copy, with no token in them', async () => {
    const { stdout, stderr } = await init();
    expect(stdout).toContain(`# wrote ${dir}/http.conf\n`);
    expect(stdout).toContain(`CREDENTIALS_DIRECTORY=${dir}/secrets `);
    expect(stdout).toContain(`install -m 644 ${dir}/vppmux.service /etc/systemd/system/vppmux.service\n`);
    expect(stdout).toContain('curl -s http://127.0.0.1:9191/readiness\n');
    expect(stdout + stderr).not.toMatch(/[0-9a-f]{64}/);
  });

  it('options: are in the files', async () => {
    const options = [
      '--endpoint',
      '[::1]:9292',
      '--socket',
      '/run/vpp2/api.sock',
      '--user',
      'netops',
      '--group',
      'dataplane',
    ];
    const { stdout } = await init(...options);
    expect(parse(read('http.conf')).endpoint).toBe('[::1]:9292');
    expect(parse(read('govpp.conf'))['binapi-socket-path']).toBe('/run/vpp2/api.sock');
    expect(read('vppmux.service')).toMatch(/^User=netops$/m);
    expect(read('vppmux.service')).toMatch(/^SupplementaryGroups=dataplane$/m);
    expect(read('vppmux.service')).not.toContain('DynamicUser');
    expect(stdout).toContain('curl -s http://[::1]:9292/readiness\n');
  });

  it('a place that the service could not reach: is warned of', async () => {
    const { stderr } = await init('--socket', '/tmp/vpp/api.sock');
    const why = 'the user that systemd makes up has a /tmp of its own, and cannot see';
    expect(stderr).toContain(`${why} /tmp/vpp/api.sock; choose another place, or --user`);
    // The warning of the test's own place, whose folder is for its user alone.
    expect(stderr).toMatch(/is closed to other users: the user that systemd makes up may not get past it/);
    expect((await init('--user', 'joe')).stderr).not.toContain('makes up');
  });

  it('a folder that others can exchange: is warned of', async () => {
    const open = directoryWith({});
    chmodSync(open, 0o777);
    dir = join(open, 'etc');
    const { code, stderr } = await init();
    expect(code).toBe(0);
    expect(stderr).toContain(`users other than you and root can put something else in the place of ${dir}, which the`);
  });

  it('an option whose file is there already: has no effect, and it is said', async () => {
    await init();
    const { stderr } = await init('--endpoint', '0.0.0.0:9191', '--group', 'netops');
    expect(stderr).toContain('--endpoint 0.0.0.0:9191 has no effect: http.conf is kept; change it there\n');
    expect(stderr).toContain('--group netops has no effect: vppmux.service is kept; change it there\n');
    expect(stderr).not.toContain('--socket');
  });

  it('--no-tokens: none in the files, nor in the unit', async () => {
    await init('--no-tokens');
    expect(readdirSync(dir)).not.toContain('secrets');
    expect(parse(read('http.conf'))['write-token']).toBe('');
    expect(read('vppmux.service')).not.toContain('LoadCredential');
  });

  it('what is there: stays to the byte and keeps its mode; what is missing is written', async () => {
    mkdirSync(join(dir, 'secrets'), { recursive: true, mode: 0o700 });
    writeFileSync(join(dir, 'http.conf'), 'endpoint: 127.0.0.1:1\n', { mode: 0o600 });
    symlinkSync('/nowhere', join(dir, 'agent.yaml'));
    writeFileSync(join(dir, 'secrets', 'write-token'), 'mine\n');
    const { code, stdout, stderr } = await init();
    expect(code).toBe(0);
    expect([read('http.conf'), mode(join(dir, 'http.conf'))]).toEqual(['endpoint: 127.0.0.1:1\n', '600']);
    expect(read('secrets/write-token')).toBe('mine\n');
    expect(read('secrets/read-token')).toMatch(/^[0-9a-f]{64}\n$/);
    const kept = ['agent.yaml', 'http.conf', 'secrets/write-token'].map((name) => join(dir, name));
    expect(stderr).toContain(`vppmux: kept what was there: ${kept.join(', ')}\n`);
    expect(stderr).toContain(`init NEW && diff -ru ${dir} NEW\n`);
    for (const path of kept) expect(stdout).not.toContain(`wrote ${path}`);
    const before = readdirSync(dir, { recursive: true }).map((name) => name.toString());
    await init();
    expect(readdirSync(dir, { recursive: true })).toEqual(before);
  });

  it('the folder: an agent takes it as its configuration', async () => {
    await init('--endpoint', '127.0.0.1:0');
    const { log, lines } = recordingLog('warn');
    const agent = await createAgent({ builtIns, configDir: dir, env: {}, log });
    expect(agent.plugins.map(({ name }) => name).sort()).toEqual(defaultPlugins(builtIns).sort());
    expect(lines).toEqual([]);
  });

  it.each([
    [['--endpoint', 'localhost'], /--endpoint localhost: must be ADDRESS:PORT/],
    [['--socket', 'api.sock'], /--socket api\.sock: it must be an absolute path/],
    [['--socket', '/run/a\nUser=root'], /--socket .*: it must be an absolute path/],
    [['--user', 'x\nUser=root'], /--user .*: it is no name of a user/],
    [['--group', 'a b'], /--group a b: it is no name of a group/],
  ])('%j: is refused, and nothing is written', async (args, message) => {
    expect(await init(...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
    expect(() => readdirSync(dir)).toThrow('ENOENT');
  });

  it('in a git working tree: git leaves the tokens out', needsTools('git'), async () => {
    const tree = directoryWith({});
    expect(spawnSync('git', ['init', '-q', tree]).status).toBe(0);
    dir = join(tree, 'etc');
    await init();
    const { stdout } = spawnSync('git', ['-C', tree, 'status', '--porcelain', '-uall'], { encoding: 'utf8' });
    expect(stdout).toContain('etc/http.conf');
    expect(stdout).not.toContain('secrets');
  });

  it('a clone, a folder that all can write, no folder: is refused', async () => {
    mkdirSync(join(dir, '.git'), { recursive: true });
    expect(await init()).toMatchObject({ code: 2, stderr: expect.stringContaining('is a git clone') });
    dir = directoryWith({ file: '' });
    chmodSync(dir, 0o777);
    const open = 'can be written by every user of this machine; name another folder';
    expect(await init()).toMatchObject({ code: 2, stderr: expect.stringContaining(open) });
    dir = join(dir, 'file');
    expect(await init()).toMatchObject({ code: 2, stderr: expect.stringContaining('is no folder') });
    const link = join(directoryWith({}), 'link');
    symlinkSync(directoryWith({}), link);
    dir = link;
    expect(await init()).toMatchObject({ code: 2, stderr: expect.stringContaining('link; name the folder that it') });
    for (const end of [' ', '\\']) {
      dir = `${link}${end}`;
      expect(await init()).toMatchObject({ code: 2, stderr: expect.stringContaining('ends with a space or a') });
    }
  });

  it.skipIf(process.platform !== 'linux')('a place where no folder can be made: is refused, and it ends', async () => {
    dir = '/proc/vppmux/etc';
    expect(await init()).toMatchObject({ code: 2, stderr: expect.stringContaining(`${dir} cannot be made: `) });
  });

  it('a folder of another user: is refused, and nothing is written', async (context) => {
    needsRoot(context);
    dir = directoryWith({});
    chownSync(dir, 54_321, 0);
    expect(await init()).toMatchObject({ code: 2, stderr: expect.stringContaining('belongs to user 54321; name') });
    expect(readdirSync(dir)).toEqual([]);
  });
});
