import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { History, historyFile, MOST_LINES } from '../../../src/cli/prompt/history.js';

function fileInNewFolder(content?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-state-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = historyFile({ XDG_STATE_HOME: folder }, 'cli-history')!;
  if (content === undefined) return file;
  mkdirSync(dirname(file));
  writeFileSync(file, content);
  return file;
}

it.each([
  [{ XDG_STATE_HOME: '/s', HOME: '/h' }, '/s/vppmux/cli-history'],
  [{ HOME: '/h' }, '/h/.local/state/vppmux/cli-history'],
  [{ XDG_STATE_HOME: 'relative', HOME: '/h' }, '/h/.local/state/vppmux/cli-history'],
  [{ XDG_STATE_HOME: '' }, undefined],
  [{ XDG_STATE_HOME: '/s', VPPMUX_HISTORY: '0' }, undefined],
])('the file of %o: %s', (env, file) => expect(historyFile(env, 'cli-history')).toBe(file));

it('a line: is kept in a file of this user alone, in a folder of the same; a repeated one moves to the end', () => {
  const file = fileInNewFolder();
  const history = new History(file);
  for (const line of ['show version', 'show clock', 'show version']) history.keep(line);
  expect(history.lines).toEqual(['show clock', 'show version']);
  expect([statSync(file).mode & 0o777, statSync(dirname(file)).mode & 0o777]).toEqual([0o600, 0o700]);
  expect(readdirSync(dirname(file))).toEqual(['cli-history']);
});

it('two sessions at a time: the lines of both', () => {
  const file = fileInNewFolder();
  const [one, other] = [new History(file), new History(file)];
  one.keep('a');
  other.keep('b');
  one.keep('c');
  expect(other.lines).toEqual(['a', 'b', 'c']);
});

it('no more lines than fit, the newest; none that is very long, and none that begins with a space', () => {
  const file = fileInNewFolder(Array.from({ length: MOST_LINES + 50 }, (_, i) => `line ${i}\n`).join(''));
  const history = new History(file);
  expect(history.lines).toHaveLength(MOST_LINES);
  for (const line of ['x'.repeat(5000), ' secret', 'newest']) history.keep(line);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect([lines.length, lines[0], lines.at(-2), lines.at(-1)]).toEqual([
    MOST_LINES,
    'line 51',
    `line ${MOST_LINES + 49}`,
    'newest',
  ]);
});

it('lines in it that act on a terminal: left out', () => {
  expect(new History(fileInNewFolder('show\u001b[2J\nshow clock\n')).lines).toEqual(['show clock']);
});

it('what cannot be read stays as it is, and nothing is kept', () => {
  const huge = fileInNewFolder('x'.repeat(9_000_000));
  new History(huge).keep('show version');
  expect(statSync(huge).size).toBe(9_000_000);
  const folder = fileInNewFolder();
  mkdirSync(folder, { recursive: true });
  const link = fileInNewFolder();
  mkdirSync(dirname(link));
  symlinkSync('/dev/null', link);
  for (const file of [folder, link, '/proc/nowhere/cli-history', undefined]) {
    const history = new History(file);
    history.keep('show version');
    expect(history.lines).toEqual([]);
  }
  expect(statSync(link).isCharacterDevice()).toBe(true);
});
