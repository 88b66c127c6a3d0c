import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { COMMAND_NAMES } from '../../../src/cli/command-names.js';
import { builtTree, root } from '../../support/built.js';
import { ownApiDir, testMock } from '../../support/mock.js';
import { needsTools } from '../../support/needs.js';
import { cli } from '../run-cli.js';

const run = promisify(execFile);

/** Candidates for the last word of a line, after a command has kept the mock's definitions. */
async function after(line: string): Promise<string[]> {
  const mock = await testMock();
  await cli(['call', 'show_version', '--socket', mock.socket, '--api-dir', ownApiDir]);
  const { code, lines, stderr } = await cli(['completion', '--line', line]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return lines;
}

describe('completion', () => {
  it('knows all commands', async () => {
    const { stdout } = await cli(['help']);
    const listed = [...stdout.matchAll(/^ {2}([a-z-]+(?:, [a-z-]+)*) {2,}/gm)].flatMap(([, names]) =>
      names.split(', '),
    );
    expect([...COMMAND_NAMES].sort()).toEqual([...listed, 'help'].sort());
  });

  it.each<[string, readonly string[]]>([
    ['vppmux comp', ['compat', 'completion']],
    ['vppmux dump --na', ['--names']],
    ['vppmux fleet d', ['demo', 'diff', 'drift', 'drive']],
    ['vppmux fleet apply --pr', ['--prefix', '--prune']],
    ['vppmux call show_version ', []],
    ['vppmux call sw_interface_set_f', ['sw_interface_set_flags']],
    ['vppmux call sw_interface_set_flags ', ['flags=', 'sw_if_index=']],
    ['vppmux call sw_interface_set_flags sw_if_index=1 flags=A', ['flags=ADMIN_UP']],
    ['vppmux call ip_route_add_del_v2 is_add=', ['is_add=true', 'is_add=false']],
    ['vppmux call ip_route_add_del_v2 route.pa', ['route.paths[0].']],
    ['vppmux call ip_route_add_del_v2 route.paths[0].type=FIB', []],
    ['vppmux call ip_route_add_del_v2 route.paths[0].type=DR', ['route.paths[0].type=DROP']],
    ['vppmux dump ip_route_v', ['ip_route_v2_dump']],
    ['vppmux watch sw_interface_e', ['sw_interface_event']],
    ['vppmux call no_such_message x', []],
    ['vppmux nonsense x', []],
    ['vppmux constructor x', []],
    ['vppmux call --socket /run/x -t 5 sw_interface_set_f', ['sw_interface_set_flags']],
    ['vppmux call --socket=/run/x --json sw_interface_set_f', ['sw_interface_set_flags']],
    ['vppmux call --socket sw_interface_set_f', []],
  ])('%s: goes on with %j', async (line, words) => {
    expect(await after(line)).toEqual(words);
  });

  it('without kept definitions: commands and options, and no error', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'completion-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { code, stdout, stderr } = await cli(['completion', '--line', 'vppmux call show'], {
      env: { XDG_CACHE_HOME: folder },
    });
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('without a shell: says which there are', async () => {
    expect((await cli(['completion'])).stderr).toContain('bash, zsh, fish');
  });
});

describe('in a shell', () => {
  beforeAll(builtTree);

  /** The words that bash puts behind a line. */
  async function inBash(line: string): Promise<string[]> {
    const folder = mkdtempSync(join(tmpdir(), 'completion-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const mock = await testMock();
    const program = join(root, 'bin', 'vppmux.js');
    const script = `
      vppmux() { "${process.execPath}" "${program}" "$@"; }
      vppmux call show_version --socket "${mock.socket}" > /dev/null
      source <(vppmux completion bash)
      COMP_LINE=${JSON.stringify(line)}
      COMP_POINT=\${#COMP_LINE}
      _vppmux
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = await run('bash', ['-c', script], { env: { ...process.env, XDG_CACHE_HOME: folder } });
    return stdout.trim().split('\n');
  }

  it.each<[string, readonly string[]]>([
    ['vppmux describe sw_interface_set_f', ['sw_interface_set_flags', 'sw_interface_set_flags_reply']],
    ['vppmux call sw_interface_set_flags flags=ADM', ['ADMIN_UP']],
  ])('bash: %s', needsTools('bash'), async (line, words) => {
    expect(await inBash(line)).toEqual(words);
  });

  it.each(['zsh', 'fish'])('%s: takes its script', { ...needsTools('zsh', 'fish') }, async (shell) => {
    const { stdout } = await cli(['completion', shell]);
    await run(shell, ['-n', '-c', stdout]);
  });
});
