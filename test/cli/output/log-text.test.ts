import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { widthOf } from '../../../src/cli/output/display-width.js';
import { logText } from '../../../src/cli/output/log-text.js';

const plain = stripVTControlCharacters;

describe('a line of the log on a terminal', () => {
  const HEAD = '[12:34:56.789] \u001b[32mINFO\u001b[39m: \u001b[36m';

  it('one that fits, also with its colours: as it is', () => {
    const line = `${HEAD}govpp: connected to VPP 26.06-release\u001b[39m\n`;
    expect(logText(line, 58)).toBe(line);
  });

  it('a longer one: goes on below, indented, between words, with its colours where they were', () => {
    const line = `${HEAD}health: at http://127.0.0.1:9191/status, metrics at http://127.0.0.1:9191/metrics\u001b[39m\n`;
    expect(logText(line, 62)).toBe(
      `${HEAD}health: at http://127.0.0.1:9191/status,\n    metrics at http://127.0.0.1:9191/metrics\u001b[39m\n`,
    );
  });

  it.each([
    'export VPP_API_SOCKET=/tmp/vppmux-1000/a-rather-long-folder/api.sock',
    'http://127.0.0.1:9191/an/address/that/is/wider/than/the/whole/line',
    'vppmux dump sw_interface_dump --socket /tmp/api.sock --json',
  ])('%s: stays in one piece, however narrow', (whole) => {
    const text = logText(`${HEAD}mock: try it in another terminal: ${whole} and see\u001b[39m`, 40);
    expect(plain(text).split('\n')).toContainEqual(expect.stringContaining(whole));
    const others = text.split('\n').filter((line) => !line.includes(whole));
    for (const line of others) expect(widthOf(plain(line))).toBeLessThanOrEqual(40);
  });

  it('a stack below it: each line of its own, indented as it was', () => {
    const text = `${HEAD}failed\u001b[39m\n    err: {\n      "stack": some words that go on and on and on\n`;
    const lines = logText(text, 40).split('\n');
    expect(lines.slice(1)).toEqual([
      '    err: {',
      '      "stack": some words that go on and',
      '          on and on',
      '',
    ]);
  });
});
