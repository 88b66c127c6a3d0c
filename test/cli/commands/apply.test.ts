import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fault } from '../../../src/sdk/index.js';
import { NO_CHANGE, NOTHING, outcome, plan, VALID, wishAgent } from '../wish/wish-agent.js';

const WISH = 'loopbacks:\n  loop0: {}\n';
const answers = {
  'wish.validate': () => VALID,
  'wish.plan': () => plan(),
  'wish.apply': () => outcome(),
} as const;
const namesOf = (calls: readonly { readonly name: string }[]) => calls.map(({ name }) => name);

function wish(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-apply-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'vpp.yaml');
  writeFileSync(file, WISH);
  return file;
}

describe('apply', () => {
  it('shows what it changes, and what came of it', async () => {
    const { run, calls } = await wishAgent(answers);
    const { code, stdout, stderr } = await run(['apply', '-', '--comment', 'first'], { stdin: WISH });
    expect({ code, stdout, stderr: stderr.split('\n') }).toEqual({
      code: 0,
      stdout: '+ loopback/loop0\n',
      stderr: [expect.stringMatching(/^vppmux: 1 change: 1 created/), 'vppmux: wish 7 is carried out: 3 changes', ''],
    });
    expect(calls.at(-1)).toEqual({ name: 'wish.apply', input: { text: WISH, comment: 'first' } });
  });

  it('many changes: the first twenty', async () => {
    const { run } = await wishAgent({ ...answers, 'wish.plan': () => plan(30) });
    const { stdout } = await run(['apply', '-'], { stdin: WISH });
    expect(stdout.split('\n').slice(19, 22)).toEqual(['- loopback/loop20', '… 11 more', '']);
  });

  it('objects that are not as wished: each with its state and reason, exit code 1', async () => {
    const problems = [
      { key: 'route/0 10.0.0.0/8', state: 'pending', reason: 'interface/loop0 is failed' },
      { key: 'address/loop0 192.0.2.1/24', state: 'uncertain', reason: 'no answer within 5 s' },
      {
        key: 'loopback/loop0',
        state: 'failed',
        reason: 'VPP refused it',
        attempts: 3,
        retryAt: '2026-11-28T12:00:00Z',
      },
    ] as const;
    const counts = { ...NOTHING, applied: 2, failed: 1, uncertain: 1, pending: 1 };
    const result = outcome({ state: 'incomplete', counts, problems: [...problems] });
    const { run } = await wishAgent({ ...answers, 'wish.plan': () => NO_CHANGE, 'wish.apply': () => result });
    const { code, lines, stderr } = await run(['apply', '-'], { stdin: WISH });
    expect({ code, lines }).toEqual({
      code: 1,
      lines: [
        expect.stringMatching(/^✗ loopback\/loop0 +failed, 3 times: VPP refused it; again at \d\d:\d\d:\d\d$/),
        expect.stringMatching(/^\? address\/loop0 192\.0\.2\.1\/24 +uncertain: no answer within 5 s$/),
        expect.stringMatching(/^! route\/0 10\.0\.0\.0\/8 +pending: interface\/loop0 is failed$/),
      ],
    });
    expect(stderr).toContain('wish 7 is not whole: 3 changes made, 2 as wished, 1 failed, 1 uncertain, 1 pending');
  });

  it('--confirm: in seconds; says until when, and what comes otherwise', async () => {
    const unconfirmed = { revision: 7, seconds: 120, until: '2026-11-28T12:00:00Z', back: 6 };
    const { run, calls } = await wishAgent({ ...answers, 'wish.apply': () => outcome({ unconfirmed }) });
    const { code, stderr } = await run(['apply', '-', '--confirm', '119500ms', '--allow-deletions', '0'], {
      stdin: WISH,
    });
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /wish 7 has to be confirmed by \d\d:\d\d:\d\d \(vppmux confirm\), or wish 6 takes its place again\n/,
    );
    expect(calls.at(-1)?.input).toEqual({ text: WISH, confirm: 120, allowDeletions: 0 });
  });

  it('VPP away: saved, exit code 3', async () => {
    const { run } = await wishAgent({
      ...answers,
      'wish.plan': () => {
        throw fault('ENOTCONN', 'VPP is away');
      },
      'wish.apply': () => outcome({ state: 'waiting', changed: 0 }),
    });
    const { code, stderr } = await run(['apply', '-'], { stdin: WISH });
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: 'vppmux: wish 7 is saved, and is carried out when VPP is there\n',
    });
  });

  it('mistakes: a line each, exit code 1, and nothing is applied', async () => {
    const errors = [
      { path: 'loopbacks.loop0.mtu', message: 'loopbacks.loop0.mtu: 1 is less than 128', line: 2, column: 12 },
    ];
    const { run, calls } = await wishAgent({ 'wish.validate': () => ({ valid: false, errors, warnings: [] }) });
    const { code, stdout } = await run(['apply', '-'], { stdin: WISH });
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'stdin:2:12: loopbacks.loop0.mtu: 1 is less than 128\n' });
    expect(namesOf(calls)).toEqual(['wish.validate']);
    const json = await run(['apply', '-', '--json'], { stdin: WISH });
    expect(JSON.parse(json.stdout)).toEqual({ valid: false, errors });
  });

  it.each(['/dev/null', '-'])('an empty file (%s): a usage error, since it would delete everything', async (file) => {
    const { run, calls } = await wishAgent(answers);
    const { code, stderr } = await run(['apply', file], { stdin: '---\n # nothing\n' });
    expect({ code, stderr, calls }).toEqual({ code: 2, stderr: expect.stringContaining('is empty'), calls: [] });
  });

  it('too many deletions: exit code 1, with the option that allows them', async () => {
    const { run } = await wishAgent({
      ...answers,
      'wish.apply': () => {
        throw fault('ERANGE', 'it would delete 37 objects');
      },
    });
    const { code, stderr } = await run(['apply', '-'], { stdin: WISH });
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/37 objects.*--allow-deletions COUNT/),
    });
  });

  it('--json: the outcome as the agent gives it', async () => {
    const { run } = await wishAgent(answers);
    const { stdout, stderr } = await run(['apply', '-', '--json'], { stdin: WISH });
    expect({ result: JSON.parse(stdout), stderr }).toEqual({ result: outcome(), stderr: '' });
  });

  describe('with a person at the terminal', () => {
    const person = { stdin: 'typed', terminal: 80, stderrTerminal: true } as const;

    it('asks, with the deletions; anything but yes changes nothing', async () => {
      const { start, calls } = await wishAgent({ ...answers, 'wish.plan': () => plan(2) });
      const run = start(['apply', wish()], person);
      await run.seen('make these 3 changes, 2 deletions included? [y/N]');
      expect(run.stderr.indexOf('3 changes: ')).toBeLessThan(run.stderr.indexOf('make these 3'));
      expect(run.stderr).toContain('3 changes: ');
      run.type('\n');
      expect({ code: await run.exit, stderr: run.stderr }).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('nothing was changed'),
      });
      expect(namesOf(calls)).not.toContain('wish.apply');
    });

    it('yes: does it', async () => {
      const { start, calls } = await wishAgent(answers);
      const run = start(['apply', wish()], person);
      await run.seen('make this change? [y/N]');
      run.type('y\n');
      expect(await run.exit).toBe(0);
      expect(namesOf(calls)).toContain('wish.apply');
    });

    it('Ctrl-C at the question: nothing is changed', async () => {
      const { start, calls } = await wishAgent(answers);
      const run = start(['apply', wish()], person);
      await run.seen('[y/N]');
      run.signal('SIGINT');
      expect(await run.exit).toBe(130);
      expect(namesOf(calls)).not.toContain('wish.apply');
    });

    it.each([
      ['--yes', answers],
      ['nothing to change', { ...answers, 'wish.plan': () => NO_CHANGE }],
    ])('%s: is not asked', async (word, given) => {
      const { run } = await wishAgent(given);
      const { code, stderr } = await run(['apply', wish(), ...(word === '--yes' ? [word] : [])], person);
      expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.not.stringContaining('[y/N]') });
    });
  });
});
