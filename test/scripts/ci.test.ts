/** The result that CI makes of its parts, whatever becomes of each. */

import { describe, expect, it } from 'vitest';

interface Part {
  readonly name: string;
  readonly command: readonly string[];
  readonly counts?: boolean;
}
type RunParts = (parts: readonly Part[], say: (text: string) => void) => { line: string; exitCode: number };

const script = new URL('../../scripts/ci-parts.mjs', import.meta.url).href;
const { runParts } = (await import(script)) as { runParts: RunParts };

/** A part that does `program`, having written the counts. */
const part = (summary: object | undefined, program = '', counts = true): Part => {
  const write = `require('fs').writeFileSync(process.env.VPPMUX_SUMMARY, '${JSON.stringify(summary)}');`;
  const text = `${summary ? write : ''} ${program}`;
  return { name: 'part', command: [process.execPath, '-e', text], counts };
};
const good = part({ passed: 5, failed: 0, notes: [] });

function ci(...parts: Part[]) {
  const said: string[] = [];
  return { ...runParts(parts, (text) => said.push(text)), said: said.join('\n') };
}

describe('CI in parts', () => {
  it('all good: their counts are added', () => {
    expect(ci(good, good)).toMatchObject({ line: '10 passed, 0 failed', exitCode: 0 });
  });

  it.each<[string, Part, string, RegExp]>([
    ['with a failed test', part({ passed: 3, failed: 2, notes: [] }, 'process.exit(1)'), '13 passed, 2 failed', /^/],
    ['that ends without counts', part(undefined), '10 passed, 1 failed', /exit code 0 before it had counted its tests/],
    [
      'that is killed',
      part(undefined, "process.kill(process.pid, 'SIGKILL')"),
      '10 passed, 1 failed',
      /ended by SIGKILL before/,
    ],
    [
      'that is killed after it has counted',
      part({ passed: 3, failed: 0, notes: [] }, "process.kill(process.pid, 'SIGKILL')"),
      '13 passed, 1 failed',
      /ended by SIGKILL although no test failed/,
    ],
    [
      'whose exit code is not that of its counts',
      part({ passed: 3, failed: 0, notes: [] }, 'process.exit(7)'),
      '13 passed, 1 failed',
      /exit code 7 although/,
    ],
    ['that cannot be started', { name: 'part', command: ['/nonexistent'] }, '10 passed, 1 failed', /could not be run/],
    ['without counts, failed', part(undefined, 'process.exit(1)', false), '10 passed, 1 failed', /exit code 1/],
  ])('a part %s: is a failure, and the others are run', (_, bad, line, why) => {
    const { said, ...ended } = ci(good, bad, good);
    expect(ended).toEqual({ line, exitCode: 1 });
    expect(said).toMatch(why);
  });

  it('a part whose exit code says all: one passed', () => {
    expect(ci(part(undefined, '', false))).toMatchObject({ line: '1 passed, 0 failed', exitCode: 0 });
  });

  it('what was skipped and why: is said again at the end', () => {
    const skipped = part({ passed: 1, failed: 0, notes: ['2 skipped, which is no failure: no network'] });
    expect(ci(skipped, good).said).toContain('part: 2 skipped, which is no failure: no network');
  });
});
