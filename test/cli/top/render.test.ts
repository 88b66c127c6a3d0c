/** Screens as a person sees them; they are in `screens/`, to be read. */

import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { widthOf } from '../../../src/cli/output/display-width.js';
import type { Model } from '../../../src/cli/top/model.js';
import { painted, plain } from '../../../src/cli/top/parts/line.js';
import { render, snapshot } from '../../../src/cli/top/render.js';
import { type Choice, type Screen, screenOf } from '../../../src/cli/top/screen.js';
import { VIEW_NAMES } from '../../../src/cli/top/views/index.js';
import { AT, emptyModel, fullModel } from './sample.js';

const SIZES = [
  [80, 24],
  [200, 60],
] as const;

function shown(choice: Choice, model: Model, [columns, rows]: readonly [number, number], more: Partial<Screen> = {}) {
  const { lines, room } = render({ ...screenOf(choice), ...more }, model, { columns, rows });
  expect(lines).toHaveLength(rows);
  for (const line of lines) expect(widthOf(plain(line))).toBeLessThanOrEqual(columns);
  return { text: lines.map((line) => `${plain(line).trimEnd()}\n`).join(''), lines, room };
}

describe.each(SIZES)('%d columns, %d lines', (columns, rows) => {
  const size = [columns, rows] as const;
  const file = (name: string) => `screens/${columns}x${rows}/${name}.txt`;

  it.each(VIEW_NAMES)('%s', async (view) => {
    await expect(shown({ view }, fullModel(), size).text).toMatchFileSnapshot(file(view));
  });

  it('help', async () => {
    await expect(shown({}, fullModel(), size, { isHelp: true }).text).toMatchFileSnapshot(file('help'));
  });

  it.each(VIEW_NAMES)('%s without VPP and agent', async (view) => {
    await expect(shown({ view }, emptyModel(), size).text).toMatchFileSnapshot(file(`${view}-away`));
  });
});

describe('a screen', () => {
  const SMALL = SIZES[0];

  it.each([
    [40, 10],
    [20, 5],
    [10, 3],
    [1, 1],
  ])('%d × %d: nothing beyond it', (columns, rows) => {
    for (const view of VIEW_NAMES) {
      for (const model of [fullModel(), emptyModel()]) shown({ view }, model, [columns, rows], { isHelp: false });
      shown({ view }, fullModel(), [columns, rows], { isHelp: true });
    }
  });

  it('VPP that went away: since when', () => {
    const { text } = shown({}, emptyModel({ lastRead: AT - 6000 }), SMALL);
    expect(text).toContain('VPP is away since 14:03:02, waiting for it');
  });

  it('VPP whose main thread hangs: says so, and shows what was counted', () => {
    const model = fullModel();
    const { text } = shown({}, { ...model, stats: { ...model.stats, state: 'stale', reason: 'no heartbeat' } }, SMALL);
    expect(text).toMatch(/stale: no heartbeat[\s\S]*TenGigabit/);
  });

  it('paused, filtered, cleared, restarted: each is said', () => {
    const model = fullModel();
    const figures = model.figures && { ...model.figures, since: AT - 9000, restartedAt: AT - 60_000 };
    const { text } = shown({ filter: 'memif' }, { ...model, figures }, [160, 24], { isPaused: true });
    expect(text).toContain('PAUSED');
    expect(text).toContain('restarted, seen at 14:02:07  counted since 14:02:58  filter memif');
  });

  it('a filter: by a part of the name, or a pattern; upper and lower case are the same', () => {
    const rows = (filter: string) =>
      shown({ view: 'interfaces', filter }, fullModel(), [80, 60])
        .text.split('\n')
        .slice(4)
        .flatMap((line) => /^\S+/.exec(line)?.[0] ?? [])
        .filter((name) => name !== 'q');
    expect(rows('TENGIG')).toHaveLength(2);
    expect(rows('loop?9')).toEqual(['loop19', 'loop29', 'loop39']);
    expect(shown({ view: 'interfaces', filter: 'none' }, fullModel(), SMALL).text).toContain(
      'nothing that fits the filter none',
    );
  });

  it('an offset: the rows behind it, as far as there are any', () => {
    const { text, room } = shown({ view: 'nodes' }, fullModel(), SMALL, { offset: 1_000 });
    expect(text).toContain(`… ${room.most} above, 0 more`);
    expect(text).not.toContain('dpdk-input');
  });

  it('a sorted column is always shown, whatever the width', () => {
    const { lines } = shown({ view: 'interfaces', sort: 'rx-no-buffer' }, fullModel(), SMALL);
    expect(lines[3]).toContainEqual({ text: 'no buffer', style: 'selected' });
  });

  it('names of others do not act on the terminal', () => {
    const model = fullModel();
    const odd = { index: 1, name: 'eth\u001b[2J\u202e\nx' };
    const figures = model.figures && { ...model.figures, interfaces: [{ ...odd, rxPacketsPerSecond: 1 }] };
    const { lines, text } = shown({ view: 'interfaces' }, { ...model, figures }, SMALL);
    expect(text).toContain('eth\\u001b[2J\\u202e x');
    expect(lines.map((line) => stripVTControlCharacters(painted(line, true)).trimEnd())).toEqual(
      text.split('\n').slice(0, -1),
    );
    expect(painted([{ text: '\u001b[2J' }], true)).toBe('\\u001b[2J');
  });

  it('colours: none without them, while what is marked stays marked', () => {
    const { lines } = shown({}, emptyModel(), SMALL);
    const [coloured, not] = [true, false].map((has) => lines.map((line) => painted(line, has)).join('\n'));
    expect(coloured).toContain('\u001b[31mno VPP, waiting for it\u001b[0m');
    const kinds = not
      .split('\u001b')
      .slice(1)
      .map((rest) => rest.slice(0, rest.indexOf('m') + 1));
    expect(new Set(kinds)).toEqual(new Set(['[7m', '[1m', '[0m']));
  });
});

describe('a snapshot', () => {
  it('has all rows, however many', () => {
    const lines = snapshot(screenOf({ view: 'nodes' }), fullModel(), Number.POSITIVE_INFINITY);
    expect(lines).toHaveLength(3 + 50);
  });
});
