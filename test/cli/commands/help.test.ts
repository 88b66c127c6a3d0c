import { describe, expect, it } from 'vitest';
import { cli } from '../run-cli.js';

describe('help', () => {
  it.each<[string[], RegExp]>([
    [['help'], /^Usage: vppmux COMMAND … /],
    [['help', 'ping'], /^Usage: vppmux ping .*--interval <time> [^-]*\(default: 200ms\)/s],
    [['help', 'help'], /^Usage: vppmux help /],
  ])('%j: on stdout', async (argv, text) => {
    const { code, stdout, stderr } = await cli(argv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(text);
  });

  it.each([
    'call',
    'cli',
    'dump',
    'watch',
    'ping',
    'describe',
    'compat',
    'doctor',
    'mock',
    'run',
    'status',
    'top',
    'init',
    'trace',
    'op',
  ])('%s: tells no default twice', async (name) => {
    const { stdout } = await cli(['help', name]);
    const options = stdout.split(/\n +(?=-)/);
    expect(options.length).toBeGreaterThan(2);
    expect(options.filter((option) => (option.match(/\(default|; default/g)?.length ?? 0) > 1)).toEqual([]);
  });

  it.each<[string, RegExp]>([
    ['dmup', /^vppmux: vppmux has no command dmup; did you mean dump\?\n$/],
    ['nosuch', /^vppmux: vppmux has no command nosuch; there are call, cli, dump, [^\n]+\n$/],
  ])('%s: refused, with what there is', async (name, message) => {
    const { code, stdout, stderr } = await cli(['help', name]);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('in a pipe: 80 columns, since a pager shows it on a terminal', async () => {
    for (const name of ['dump', 'run', 'init', 'doctor', 'status']) {
      const { lines } = await cli(['help', name]);
      // A command is never broken.
      expect(lines.filter((line) => line.length > 80 && !line.includes('vppmux '))).toEqual([]);
      expect(lines.filter((line) => line.length > 60)).not.toEqual([]);
    }
  });
});
