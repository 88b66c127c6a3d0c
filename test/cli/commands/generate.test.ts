import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FILES } from '../../generate/definitions.js';
import { ownApiDir, testMock } from '../../support/mock.js';
import { cli } from '../run-cli.js';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'vppmux-generate-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A tar archive as `tar` writes one. */
function tarOf(files: readonly { readonly name: string; readonly text: string }[]): Buffer {
  const blocks = files.flatMap(({ name, text }) => {
    const header = Buffer.alloc(512);
    header.write(name.slice(1), 0);
    header.write(`${Buffer.byteLength(text).toString(8).padStart(11, '0')}\0`, 124);
    header.write('0', 156);
    header.write('ustar\0', 257);
    return [header, Buffer.from(text), Buffer.alloc((512 - (Buffer.byteLength(text) % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

const SMALL = ['enums.ts', 'index.d.ts', 'messages.d.ts', 'thing.d.ts', 'thing_types.d.ts'];
const contentOf = (path: string) =>
  Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name), 'utf8')]));

describe('generate', () => {
  it('files, archives and a directory: the same declarations', async () => {
    const here = folder();
    const paths = FILES.map(({ name }) => join(here, name.replace(/^.*\//, '')));
    for (const [i, path] of paths.entries()) writeFileSync(path, FILES[i].text);
    writeFileSync(join(here, 'api.tar'), tarOf(FILES));
    writeFileSync(join(here, 'api.tgz'), gzipSync(tarOf(FILES)));
    const ways = [paths, [join(here, 'api.tar')], [join(here, 'api.tgz')], ['--api-dir', here]];
    const made = [];
    for (const [i, way] of ways.entries()) {
      const out = join(here, `out${i}`);
      const { code, stderr } = await cli(['generate', ...way, '-o', out]);
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: `vppmux: 6 messages in 5 files of ${out}, 5 of them changed\n`,
      });
      made.push(contentOf(out));
    }
    expect(Object.keys(made[0]).sort()).toEqual(SMALL);
    for (const each of made) expect(each).toEqual(made[0]);
  });

  it('a running VPP: what it has in its table', async () => {
    const { socket } = await testMock();
    const out = folder();
    const { code } = await cli(['generate', '--socket', socket, '--no-comments', '-o', out]);
    expect(code).toBe(0);
    expect(contentOf(out)['messages.d.ts']).toMatch(/export interface Messages extends .*InterfaceMessages/);
  });

  it('--used: what the sources of a program name, and compat.json', async () => {
    const here = folder();
    mkdirSync(join(here, 'src/deep/node_modules/x'), { recursive: true });
    writeFileSync(join(here, 'src/main.ts'), "ch.request('show_version');\n");
    writeFileSync(join(here, 'src/deep/list.ts'), "ch.dump('sw_interface_dump'); ch.events('sw_interface_event')\n");
    writeFileSync(join(here, 'src/deep/other.js'), "ch.dump('ip_address_dump')\n");
    writeFileSync(join(here, 'src/deep/node_modules/x/y.ts'), "ch.dump('acl_dump')\n");
    const out = join(here, 'src/vpp');
    const generated = (pattern: string) => cli(['generate', '--api-dir', ownApiDir, '--used', pattern, '-o', out]);
    expect((await generated(join(here, 'src/**/*.ts'))).stderr).toMatch(/^vppmux: 4 messages in /);
    expect(Object.keys(JSON.parse(contentOf(out)['compat.json']).messages)).toEqual([
      ...['show_version', 'show_version_reply', 'sw_interface_details', 'sw_interface_dump', 'sw_interface_event'],
      ...['want_interface_events', 'want_interface_events_reply'],
    ]);
    await generated(join(here, 'src/*.ts'));
    expect(Object.keys(JSON.parse(contentOf(out)['compat.json']).messages)).toEqual([
      'show_version',
      'show_version_reply',
    ]);
    expect(readdirSync(out)).not.toContain('interface.d.ts');
    expect(await generated(join(here, 'src/*.tsx'))).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no file fits/),
    });
    expect(await generated(join(here, 'src/**/*.json'))).toMatchObject({ code: 2 });
  });

  it('again: writes what has changed, and removes what is no longer made', async () => {
    const out = folder();
    await cli(['generate', '--api-dir', ownApiDir, '-o', out]);
    writeFileSync(
      join(out, 'old_plugin.d.ts'),
      '// Written by vppmux generate from old_plugin.api.json. Do not edit.\n',
    );
    writeFileSync(join(out, 'own.ts'), 'export {};\n');
    writeFileSync(join(out, 'interface.d.ts'), '// Written by vppmux generate of old.\n');
    const { stderr } = await cli(['generate', '--api-dir', ownApiDir, '-o', out]);
    expect(stderr).toMatch(/, 1 of them changed, 1 that are no longer needed removed\n$/);
    expect(readdirSync(out)).toContain('own.ts');
    expect(readdirSync(out)).not.toContain('old_plugin.d.ts');
  });

  it("a file in the way that is somebody's own: nothing is written", async () => {
    const out = folder();
    writeFileSync(join(out, 'index.d.ts'), 'export {};\n');
    const { code, stderr } = await cli(['generate', '--api-dir', ownApiDir, '-o', out]);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('was not generated') });
    expect(readdirSync(out)).toEqual(['index.d.ts']);
  });

  it.each<[string, (here: string) => string[], RegExp]>([
    ['files and a directory', (here) => ['x.api.json', '--api-dir', here], /one of them/],
    ['a file that is not there', (here) => [join(here, 'none.api.json')], /none\.api\.json: /],
    ['a directory as a file', (here) => [here], /is a directory: --api-dir/],
    ['an archive that is cut', (here) => [join(here, 'cut.tar')], /cut\.tar: the archive is cut/],
    ['an archive without definitions', (here) => [join(here, 'other.tar')], /there are no \.api\.json files/],
    ['no folder', () => [], /required option '-o, --out <dir>'/],
  ])('%s: is refused', async (_, args, says) => {
    const here = folder();
    writeFileSync(join(here, 'cut.tar'), tarOf(FILES).subarray(0, 700));
    writeFileSync(join(here, 'other.tar'), tarOf([{ name: '/readme', text: 'x' }]));
    mkdirSync(join(here, 'out'));
    const given = args(here);
    const { code, stderr } = await cli(['generate', ...given, ...(given.length > 0 ? ['-o', join(here, 'out')] : [])]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(says) });
    expect(readdirSync(join(here, 'out'))).toEqual([]);
  });
});
