import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { file, message } from '../../mux/compat/sides.js';
import { ownApiDir, testMock } from '../../support/mock.js';
import { cli } from '../run-cli.js';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'vppmux-compat-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A directory of definitions. */
function definitions(...files: readonly ReturnType<typeof file>[]): string {
  const path = folder();
  for (const { name, text } of files) writeFileSync(join(path, name), text);
  return path;
}

const services = { thing_set: { reply: 'thing_set_reply' } };
const old = () =>
  definitions(
    file('thing', [message('thing_set', '00000001', [['u8', 'weight']]), message('thing_set_reply', '00000002')], {
      services,
    }),
    file('old', [message('old_one', '00000003', [], { replaced_by: 'thing_set' })]),
  );
const fresh = () =>
  definitions(
    file('thing', [message('thing_set', '000000f1', [['u16', 'weight']]), message('thing_set_reply', '00000002')], {
      services,
    }),
  );

describe('compat', () => {
  it('two directories, on a terminal: what is different, and its exit code', async () => {
    const [before, after] = [old(), fresh()];
    const { code, lines } = await cli(['compat', before, '--against', after], { terminal: 120 });
    expect(code).toBe(7);
    expect(lines).toEqual([
      `directory ${before} → directory ${after}`,
      'changed     thing_set (thing.api.json): defined differently: CRC 00000001 → 000000f1',
      '              weight: type u8 → u16',
      'gone        old_one (old.api.json): gone; replaced by thing_set',
      '1 same, 1 gone, 1 changed: not compatible',
    ]);
  });

  it('piped: a JSON line for each message, and a summary', async () => {
    const { code, lines } = await cli(['compat', old(), '--against', fresh()]);
    expect(code).toBe(7);
    const found = lines.map((line) => JSON.parse(line));
    expect(found).toMatchObject([
      { name: 'old_one', verdict: 'gone', replacedBy: 'thing_set' },
      {
        name: 'thing_set',
        verdict: 'changed',
        changes: [{ path: 'weight', kind: 'type', before: 'u8', after: 'u16' }],
      },
      { name: 'thing_set_reply', verdict: 'same' },
      { summary: { compatible: false, gone: 1, changed: 1, same: 1 } },
    ]);
  });

  it('names, and names in a file: only these decide, with what they are answered with', async () => {
    const [before, after] = [old(), fresh()];
    const uses = join(before, 'uses.txt');
    writeFileSync(uses, '# what we send\n\nthing_set_reply  # and read\n');
    const same = await cli(['compat', before, '--against', after, '--uses', uses], { terminal: 120 });
    expect(same.code).toBe(0);
    expect(same.lines.slice(1)).toEqual(['same        thing_set_reply (thing.api.json)', '1 same: compatible']);
    const changed = await cli(['compat', before, '-a', after, '-u', uses, 'thing_set']);
    expect(changed.code).toBe(7);
  });

  it('one API file: only its messages are compared', async () => {
    const { code, lines } = await cli(['compat', join(old(), 'thing.api.json'), '--against', fresh()]);
    expect(code).toBe(7);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ summary: { changed: 1, same: 1 } });
    expect(lines).toHaveLength(3);
  });

  it('what vppmux brings along itself: is never counted as the other side’s', async () => {
    const mock = await testMock();
    const without = fresh();
    const args = (side: string, other: string) => ['compat', side, '--against', other, 'get_api_json', '--json'];
    const verdict = async (side: string, other: string) => JSON.parse((await cli(args(side, other))).lines[0]).verdict;
    expect(await verdict(mock.socket, without)).toBe('gone');
    expect(await verdict(without, mock.socket)).toBe('new');
    expect((await cli(args(without, old()))).code).toBe(2);
    const file = join(folder(), 'saved.json');
    await cli(['compat', mock.socket, '--save', file]);
    expect(await verdict(file, without)).toBe('gone');
    expect(await verdict(file, mock.socket)).toBe('same');
  });

  it('two definitions of one message in a directory: the one that the running VPP has is meant', async () => {
    const mock = await testMock();
    const crc = JSON.parse((await cli(['describe', 'show_version', '--socket', mock.socket])).lines[0]).crc;
    const two = definitions(
      file('a', [message('show_version', '00000001'), message('show_version_reply', '00000002')]),
      file('b', [message('show_version', crc)]),
    );
    const { lines } = await cli(['compat', two, '--against', mock.socket, 'show_version', '--json']);
    expect(JSON.parse(lines[0])).toMatchObject({ name: 'show_version', crc: { before: crc, after: crc } });
  });

  it('a definition that cannot be used: is compared by its CRC, and not taken for gone', async () => {
    const broken = (type: string) =>
      definitions(file('thing', [message('fine', '00000001'), message('bad', '00000002', [[type, 'x']])]));
    const { lines } = await cli(['compat', broken('vl_api_nowhere_t'), '--against', broken('u8'), 'bad', '--json']);
    expect(JSON.parse(lines[0])).toMatchObject({ name: 'bad', verdict: 'same' });
  });

  it('a running VPP: plugins that are not loaded are told by file', async () => {
    const { socket } = await testMock();
    const { code, lines } = await cli(['compat', old(), '--against', socket], { terminal: 120 });
    expect(code).toBe(7);
    expect(lines).toContainEqual(expect.stringMatching(/^not loaded {2}thing\.api\.json: 2 messages, all that it has/));
    const same = await cli(['compat', ownApiDir, '--against', socket, 'sw_interface_dump'], { terminal: 120 });
    expect(same).toMatchObject({ code: 0, stdout: expect.stringContaining('2 same: compatible') });
  });

  it('a saved table: stands for the VPP it was made of', async () => {
    const mock = await testMock({ version: '26.06-saved' });
    const { socket } = mock;
    const { size } = mock.table.idOf;
    const table = join(folder(), 'before.json');
    const made = await cli(['compat', socket, '--save', table]);
    expect(made).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining(`saved ${size} messages`) });
    const { code, lines } = await cli(['compat', table, '--against', socket]);
    expect(code).toBe(0);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      summary: { compatible: true, same: size, before: expect.stringContaining('26.06-saved') },
    });
    const missing = await cli(['compat', old(), '--against', table], { terminal: 100 });
    expect(missing.stdout).toContain('not loaded  thing.api.json');
  });

  it.each<[string, () => string[], RegExp]>([
    [
      'neither --against nor --save',
      () => [old()],
      /compat needs --against FILE\|DIR\|SOCKET, --dataplane NAME, or --save FILE/,
    ],
    ['a side that is not there', () => ['/nonexistent', '--against', old()], /\/nonexistent is not there: a socket/],
    [
      'a name that neither has',
      () => [old(), '-a', fresh(), 'thing_st'],
      /no message thing_st.*did you mean thing_set/,
    ],
    ['--save without a VPP', () => [old(), '--save', 'x'], /--save keeps what a running VPP has, and .* is no socket/],
    ['--uses that is not there', () => [old(), '-a', fresh(), '-u', '/nonexistent'], /--uses \/nonexistent: it cannot/],
  ])('%s: refused', async (_, args, text) => {
    const { code, stderr } = await cli(['compat', ...args()]);
    expect(stderr).toMatch(text);
    expect(code).toBe(2);
  });

  it.each([
    ['of another version', { version: 2 }, /has version 2 of the format; this vppmux reads version 1/],
    ['damaged', { table: [] }, /is damaged/],
  ])('a saved table %s: refused', async (_, damage, text) => {
    const { socket } = await testMock();
    const table = join(folder(), 'table.json');
    await cli(['compat', socket, '--save', table]);
    writeFileSync(table, JSON.stringify({ ...JSON.parse(readFileSync(table, 'utf8')), ...damage }));
    const { code, stderr } = await cli(['compat', table, '--against', socket]);
    expect(stderr).toMatch(text);
    expect(code).toBe(2);
  });
});
