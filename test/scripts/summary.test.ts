import { describe, expect, it } from 'vitest';

interface Run {
  ran: boolean;
  failedSteps: string[];
  inCi: boolean;
  selected?: boolean;
}
type Summarize = (report: object | undefined, run: Run) => { line: string; exitCode: number; notes: string[] };

const script = new URL('../../scripts/test-summary.mjs', import.meta.url).href;
const { summarize } = (await import(script)) as { summarize: Summarize };

const plain: Run = { ran: true, failedSteps: [], inCi: false };
const tests = (...statuses: string[]) => statuses.map((status, at) => ({ status, fullName: `test ${at}` }));
const file = (status: string, ...statuses: string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests(...statuses),
});
const report = (code: number, ...testResults: object[]) => ({ code, testResults });

describe('closing line of npm test', () => {
  it.each<[string, object | undefined, Partial<Run>, string, number]>([
    ['all passed', report(0, file('passed', 'passed', 'passed')), {}, '2 passed, 0 failed', 0],
    ['one failed', report(1, file('failed', 'passed', 'failed')), {}, '1 passed, 1 failed', 1],
    [
      'one skipped, nobody knows why',
      report(0, file('passed', 'passed', 'skipped')),
      {},
      '1 passed, 1 failed, 1 skipped',
      1,
    ],
    [
      'one not asked for',
      report(0, file('passed', 'passed', 'skipped')),
      { selected: true },
      '1 passed, 0 failed, 1 skipped',
      0,
    ],
    ['one skipped in CI', report(0, file('passed', 'passed', 'skipped')), { inCi: true }, '1 passed, 1 failed', 1],
    ['one to be written', report(0, file('passed', 'todo')), {}, '0 passed, 1 failed, 1 skipped', 1],
    ['a file that cannot be loaded', report(1, file('failed'), file('passed', 'passed')), {}, '1 passed, 1 failed', 1],
    ['an error outside of any test', report(1, file('passed', 'passed')), {}, '1 passed, 1 failed', 1],
    [
      'lint failed, tests passed',
      report(0, file('passed', 'passed')),
      { failedSteps: ['lint'] },
      '1 passed, 1 failed',
      1,
    ],
    ['the build failed', undefined, { ran: false, failedSteps: ['build'] }, '0 passed, 1 failed', 1],
    ['vitest ended without a report', undefined, {}, '0 passed, 1 failed', 1],
  ])('%s: %#', (_, given, run, line, exitCode) => {
    expect(summarize(given, { ...plain, ...run })).toMatchObject({ line, exitCode });
  });

  it('skipped in CI: named', () => {
    expect(summarize(report(0, file('passed', 'skipped')), { ...plain, inCi: true }).notes.join('\n')).toMatch(
      /test 0/,
    );
  });

  it('skipped for want of something: counted by what is missing; a failure in CI', () => {
    const skipped = { status: 'skipped', fullName: 'vectors', meta: { needs: 'no shared material' } };
    const ran = report(0, { ...file('passed'), assertionResults: [skipped, skipped] });
    expect(summarize(ran, plain)).toMatchObject({
      line: '0 passed, 0 failed, 2 skipped',
      exitCode: 0,
      notes: ['2 skipped, which is no failure: this machine lacks what they need: no shared material'],
    });
    expect(summarize(ran, { ...plain, inCi: true })).toMatchObject({ line: '0 passed, 2 failed', exitCode: 1 });
  });

  it('skipped for a reason that is outside of this machine, in CI: no failure, named with the reason', () => {
    const skipped = (meta: object) => ({ status: 'skipped', fullName: 'installs', meta });
    const ran = report(0, { ...file('passed'), assertionResults: [skipped({ excuse: 'there is no network' })] });
    const { line, exitCode, notes } = summarize(ran, { ...plain, inCi: true });
    expect({ line, exitCode }).toEqual({ line: '0 passed, 0 failed', exitCode: 0 });
    expect(notes).toEqual(['1 skipped, which is no failure: there is no network']);
    const bare = report(0, { ...file('passed'), assertionResults: [skipped({})] });
    expect(summarize(bare, { ...plain, inCi: true }).exitCode).toBe(1);
  });

  it('failed: the last lines name file, test and the first line of the error, twenty at most', () => {
    const failed = { status: 'failed', fullName: 'frames come whole', failureMessages: ['expected 1 to be 2\n at x'] };
    const named = summarize(report(1, { ...file('failed'), assertionResults: [failed] }), plain).notes;
    expect(named).toEqual(['FAILED: a.test.ts: frames come whole: expected 1 to be 2']);
    const many = report(1, { ...file('failed'), assertionResults: Array.from({ length: 23 }, () => failed) });
    expect(summarize(many, plain).notes.slice(19)).toEqual([named[0], 'and 3 more']);
  });
});
