/** `vppmux confirm`, `rollback`, `drift`, `history` and `wish`, against an agent that answers what each test says. */

import { describe, expect, it } from 'vitest';
import { cli } from '../run-cli.js';
import { NO_CHANGE, NOTHING, outcome, plan, wishAgent } from '../wish/wish-agent.js';

const past = (revision: number, state: 'present' | 'unconfirmed' | 'confirmed' | 'past' | 'taken-back') => ({
  ...{ revision, state, at: `2026-11-28T12:00:0${revision}.000Z`, by: 'anna' },
});
const HISTORY = [past(4, 'present'), past(3, 'taken-back'), past(2, 'past'), past(1, 'past')];
const WAITING = [past(4, 'unconfirmed'), past(3, 'confirmed'), past(2, 'past')];

describe('confirm', () => {
  it('keeps the wish that waits, or a given one', async () => {
    const { run, calls } = await wishAgent({ 'wish.confirm': () => ({ revision: 7, already: false }) });
    expect(await run(['confirm'])).toMatchObject({ code: 0, stderr: 'vppmux: wish 7 is confirmed\n' });
    await run(['confirm', '7', '--json']);
    expect(calls.map(({ input }) => input)).toEqual([{}, { revision: 7 }]);
  });

  it('none that waits: exit code 1', async () => {
    const { run } = await wishAgent();
    expect(await run(['confirm'])).toMatchObject({ code: 1 });
  });
});

describe('rollback', () => {
  const back = { 'wish.plan': () => plan(), 'wish.rollback': () => ({ ...outcome(), from: 2 }) } as const;

  it.each([
    ['to the one before, past those taken back', [], HISTORY, { revision: 2 }],
    ['by steps', ['2'], HISTORY, { revision: 1 }],
    ['to one of the history', ['--wish', '3'], HISTORY, { revision: 3 }],
    ['an unconfirmed one: is taken back', [], WAITING, {}],
    ['by steps from an unconfirmed one', ['2'], WAITING, { revision: 2 }],
  ] as const)('%s', async (_, words, wishes, input) => {
    const { run, calls } = await wishAgent({ ...back, 'wish.history': () => ({ wishes: [...wishes] }) });
    expect(await run(['rollback', ...words])).toMatchObject({ code: 0, stdout: '+ loopback/loop0\n' });
    expect(calls.at(-1)).toEqual({ name: 'wish.rollback', input });
  });

  it('further than there are wishes: usage', async () => {
    const { run } = await wishAgent({ 'wish.history': () => ({ wishes: HISTORY }) });
    expect(await run(['rollback', '3'])).toMatchObject({ code: 2, stderr: expect.stringContaining('go back by 2') });
    expect(await run(['rollback', '1', '--wish', '2'])).toMatchObject({ code: 2 });
  });
});

describe('drift', () => {
  const drift = (found: ReturnType<typeof plan>) => ({ ...found, revision: 4, autoCorrect: 'never' as const });

  it('something differs: as a plan, exit code 2', async () => {
    const { run } = await wishAgent({ 'wish.drift': () => drift(plan(1)) });
    const { code, lines, stderr } = await run(['drift', '--messages']);
    expect({ code, lines }).toEqual({
      code: 2,
      lines: ['- loopback/loop1', '  * delete_loopback {"sw_if_index":2}', '+ loopback/loop0'],
    });
    expect(stderr).toMatch(/^vppmux: wish 4: 2 changes: 1 created, 1 deleted/);
  });

  it('nothing differs: exit code 0', async () => {
    const { run } = await wishAgent({ 'wish.drift': () => drift(NO_CHANGE) });
    expect(await run(['drift'])).toMatchObject({
      code: 0,
      stderr: 'vppmux: wish 4: nothing to do: VPP is as wished\n',
    });
  });

  it('no wish was applied, or wrong usage: exit code 1', async () => {
    const { run } = await wishAgent();
    expect(await run(['drift'])).toMatchObject({ code: 1 });
    expect(await run(['drift', '--bad'])).toMatchObject({ code: 1 });
  });
});

describe('history', () => {
  it('on a terminal: a table, with the steps that rollback takes', async () => {
    const { run } = await wishAgent({ 'wish.history': () => ({ wishes: HISTORY }) });
    const { code, lines } = await run(['history'], { terminal: 100 });
    expect(code).toBe(0);
    expect(lines.map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['wish', 'back', 'at', 'state', 'by'],
      ['4', '0', '2026-11-28 12:00:04', 'present', 'anna'],
      ['3', '2026-11-28 12:00:03', 'taken-back', 'anna'],
      ['2', '1', '2026-11-28 12:00:02', 'past', 'anna'],
      ['1', '2', '2026-11-28 12:00:01', 'past', 'anna'],
    ]);
  });

  it('piped: a line of JSON for each; a number: the text of that wish', async () => {
    const { run } = await wishAgent({
      'wish.history': () => ({ wishes: HISTORY }),
      'wish.show': ({ revision = 0 }) => ({ revision, text: 'loopbacks: {}\n' }),
    });
    expect((await run(['history', '-n', '4'])).lines.map((line) => JSON.parse(line))).toEqual(HISTORY);
    expect(await run(['history', '2'])).toMatchObject({ code: 0, stdout: 'loopbacks: {}\n' });
  });
});

describe('wish', () => {
  const status = {
    ...{ state: 'applied' as const, reason: '', revision: 4, since: '2026-11-28T12:00:04.000Z', problems: [] },
    ...{ counts: { ...NOTHING, applied: 3 }, checkedAt: '2026-11-28T12:00:05.000Z', autoCorrect: 'safe' as const },
  };

  it('as wished: a few lines, exit code 0', async () => {
    const { run } = await wishAgent({ 'wish.status': () => status });
    const { code, lines } = await run(['wish']);
    expect({ code, lines }).toEqual({
      code: 0,
      lines: [
        'state:    applied',
        'wish:     4, since 2026-11-28T12:00:04.000Z',
        'objects:  3 as wished',
        expect.stringMatching(/^read: {5}\d\d:\d\d:\d\d$/),
        expect.stringContaining('auto-correct: safe'),
      ],
    });
  });

  it('not as wished: what, and why, exit code 1', async () => {
    const problems = [{ key: 'loopback/loop0', state: 'failed' as const, reason: 'VPP refused it' }];
    const unconfirmed = { revision: 4, seconds: 60 };
    const { run } = await wishAgent({
      'wish.status': () => ({ ...status, state: 'incomplete', reason: '1 object failed', problems, unconfirmed }),
    });
    const { code, lines } = await run(['wish']);
    expect(code).toBe(1);
    expect(lines).toContain('state:    incomplete: 1 object failed');
    expect(lines).toContain(
      'waits:    wish 4 has to be confirmed within 60 s of being carried out (vppmux confirm), or it is taken back',
    );
    expect(lines.at(-1)).toBe('✗ loopback/loop0  failed: VPP refused it');
  });

  it('--objects: all pages of them', async () => {
    const object = (name: string) => ({
      ...{ key: `loopback/${name}`, kind: 'loopback', name, state: 'applied' as const, needs: [] },
    });
    const { run, calls } = await wishAgent({
      'wish.status': ({ after }) =>
        after === undefined
          ? { ...status, objects: [object('loop0')], next: 'loopback/loop0' }
          : { ...status, objects: [object('loop1')] },
    });
    const { stdout } = await run(['wish', '--match', 'loopback/*', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ objects: [{ name: 'loop0' }, { name: 'loop1' }] });
    expect(calls.map(({ input }) => input)).toMatchObject([{ match: 'loopback/*' }, { after: 'loopback/loop0' }]);
    expect((await run(['wish', '--objects'])).lines.at(-1)).toBe('applied  loopback/loop1');
  });
});

it.each([['apply', 'package.json'], ['confirm'], ['rollback'], ['drift'], ['history'], ['wish']])(
  '%s: without an agent exit code 3, and how to run one',
  async (...words) => {
    expect(await cli(words)).toMatchObject({ code: 3, stderr: expect.stringContaining('vppmux run') });
  },
);
