import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { readFleetFolder } from '../../../src/fleet/files/read-folder.js';
import { wishesOf } from '../../../src/fleet/files/wishes-of.js';

function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-fleet-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  return folder;
}

const loop = (number: number, rest = '') => `loopbacks: { loop${number}: { ${rest} } }\n`;
const GROUPS = 'groups:\n  all: { selector: {} }\n  edge: { selector: { role: edge } }\n';

const read = (files: Readonly<Record<string, string | Uint8Array>>) => readFleetFolder(folderOf(files));
const wishes = (
  files: Readonly<Record<string, string>>,
  known: Readonly<Record<string, Record<string, string> | undefined>>,
) => wishesOf(read(files), new Map(Object.entries(known)));

describe('the files of a fleet', () => {
  it('agents, dataplanes, groups and options: are found', () => {
    const folder = read({
      'fleet.yaml': `${GROUPS}batch: 5%\nconfirm: 5m\npause-on-failure: false\n`,
      'agents/edge1.yaml': loop(1),
      'agents/edge2/east.yaml': loop(2),
      'agents/edge2/west.yml': loop(3),
      'agents/.edge3.yaml.swp': 'x',
      'agents/README': 'x',
      'defaults/all.yaml': loop(0),
      'defaults/edge.yaml': loop(9),
    });
    expect(folder.mistakes).toEqual([]);
    expect([...folder.agents].map(([label, own]) => [label, [...own.keys()]])).toEqual([
      ['edge1', ['main']],
      ['edge2', ['east', 'west']],
    ]);
    expect([...folder.defaults.keys()]).toEqual(['all', 'edge']);
    expect(folder.options).toMatchObject({ batch: { percent: 5 }, confirm: 300_000, 'pause-on-failure': false });
  });

  it.each<[string, Record<string, string | Uint8Array>, unknown]>([
    ['no folder of wishes', {}, { file: '.', message: 'there is neither agents/LABEL.yaml nor defaults/GROUP.yaml' }],
    [
      'an option that is none',
      { 'fleet.yaml': '\nbatsh: 1\n' },
      { file: 'fleet.yaml', message: expect.stringContaining('batsh') },
    ],
    [
      'an option of another form',
      { 'fleet.yaml': 'confirm: 5m\nbatch: 500%\n' },
      {
        file: 'fleet.yaml',
        line: 2,
        message: expect.stringContaining('batch: must be a number of agents, or a part of all as 5%'),
      },
    ],
    ['what is no YAML', { 'fleet.yaml': 'a: [' }, { file: 'fleet.yaml', line: 1 }],
    ['a group without a wish', { 'fleet.yaml': GROUPS }, { message: 'groups.edge: there is no defaults/edge.yaml' }],
    [
      'a wish of a group that is none',
      { 'defaults/core.yaml': loop(0) },
      { file: 'defaults/core', message: expect.stringContaining('groups: { core: { selector: { role: edge } } }') },
    ],
    [
      'a label that is none',
      { 'agents/a b.yaml': loop(0) },
      { file: 'agents/a b.yaml', message: expect.stringContaining('"a b" is no name') },
    ],
    [
      'the same wish twice',
      { 'agents/a.yaml': loop(0), 'agents/a.yml': loop(0) },
      { file: 'agents/a.yml', message: 'agents/a.yaml is the same wish' },
    ],
    [
      'bytes that are no text',
      { 'agents/a.yaml': Uint8Array.of(0xff, 0xfe) },
      { file: 'agents/a.yaml', message: 'is not UTF-8' },
    ],
  ])('%s: is a mistake, with its place', (_, files, mistake) => {
    expect(read(files).mistakes).toContainEqual(expect.objectContaining(mistake as object));
  });
});

describe('the wishes of a fleet', () => {
  const files = {
    'fleet.yaml': `${GROUPS}labels: { away1: { role: edge } }\n`,
    'defaults/all.yaml': loop(0, 'mtu: 1400'),
    'defaults/edge.yaml': loop(1),
    'agents/edge1.yaml': loop(0, 'mtu: 9000'),
  };

  it('an agent: has those of its groups, and its own above them', async () => {
    const { agents, mistakes } = await wishes(files, {
      edge1: { role: 'edge' },
      core1: { role: 'core' },
      away1: undefined,
    });
    expect(mistakes).toEqual([]);
    const values = [...agents].map(([label, own]) => [label, parse(own.get('main') as string)]);
    expect(values).toEqual([
      ['away1', { loopbacks: { loop0: { mtu: 1400 }, loop1: {} } }],
      ['core1', { loopbacks: { loop0: { mtu: 1400 } } }],
      ['edge1', { loopbacks: { loop0: { mtu: 9000 }, loop1: {} } }],
    ]);
  });

  it('an agent that is away: has the labels of fleet.yaml, and without them its groups cannot be known', async () => {
    const own = { ...files, 'agents/away1.yaml': loop(2), 'agents/away2.yaml': loop(3) };
    const { agents, mistakes } = await wishes(own, { edge1: { role: 'edge' } });
    expect(Object.keys(parse(agents.get('away1')?.get('main') as string).loopbacks)).toEqual([
      'loop0',
      'loop1',
      'loop2',
    ]);
    expect(mistakes).toEqual([
      expect.objectContaining({
        file: 'agents/away2.yaml',
        message: expect.stringContaining('away2 is not connected: its labels are not known'),
      }),
    ]);
  });

  it('dataplanes: are merged each with that of its name', async () => {
    const { agents } = await wishes(
      {
        'fleet.yaml': 'groups: { all: { selector: {} } }',
        'defaults/all/east.yaml': loop(1),
        'agents/a/east.yaml': loop(2),
        'agents/a/west.yaml': loop(3),
      },
      { a: {} },
    );
    const own = [...(agents.get('a') ?? [])].map(([name, text]) => [name, Object.keys(parse(text).loopbacks)]);
    expect(own).toEqual([
      ['east', ['loop1', 'loop2']],
      ['west', ['loop3']],
    ]);
  });

  it('thousands of mistakes: are found with their lines, each file being read once', async () => {
    const lines = Array.from({ length: 5000 }, (_, i) => `  loop${i}: { mtu: 1 }`);
    const { mistakes } = await wishes({ 'agents/edge1.yaml': `loopbacks:\n${lines.join('\n')}\n` }, { edge1: {} });
    expect(mistakes).toHaveLength(5000);
    expect(mistakes[4999]).toMatchObject({ file: 'agents/edge1.yaml', line: 5001 });
  });

  it('mistakes: are all found, in the file and line that has them', async () => {
    const { mistakes, agents } = await wishes(
      {
        'fleet.yaml': 'groups: { all: { selector: {} } }',
        'defaults/all.yaml': 'loopbacks:\n  loop0: { mtu: 9 }\n',
        'agents/a.yaml': 'loopbacks:\n  loop1: {}\n  loop2: { mtv: 1500 }\n',
        'agents/b.yaml': 'a: [',
        'agents/c.yaml': '- a',
      },
      {},
    );
    expect(agents.size).toBe(0);
    expect(mistakes).toEqual([
      expect.objectContaining({ file: 'defaults/all.yaml', line: 2, message: expect.stringContaining('loop0.mtu') }),
      expect.objectContaining({ file: 'agents/a.yaml', line: 3, message: expect.stringContaining('of a, merged of') }),
      expect.objectContaining({ file: 'agents/b.yaml', line: 1 }),
      expect.objectContaining({ file: 'agents/c.yaml', message: 'is no map of keys' }),
    ]);
  });

  it('a link that leads to itself: is a mistake of that file, next to all others', () => {
    const folder = folderOf({ 'agents/b.yaml': '' });
    symlinkSync('a.yaml', join(folder, 'agents', 'a.yaml'));
    symlinkSync('nowhere', join(folder, 'agents', 'c.yaml'));
    expect(readFleetFolder(folder).mistakes).toMatchObject([{ file: 'agents/a.yaml' }, { file: 'agents/c.yaml' }]);
  });
});
