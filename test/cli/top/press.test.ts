import { describe, expect, it } from 'vitest';
import { KEYS, type Key, press } from '../../../src/cli/top/press.js';
import { type Choice, type Screen, screenOf, sortingOf } from '../../../src/cli/top/screen.js';
import { VIEW_NAMES } from '../../../src/cli/top/views/index.js';

const ROOM = { page: 10, most: 35 };

/** A key as readline gives it: of a character, or by its name. */
function keyOf(text: string): Key {
  if (text.startsWith('ctrl-')) return { name: text.slice(5), ctrl: true, sequence: '' };
  if (text.length > 1) return { name: text, sequence: `\u001b[${text}` };
  return { name: /[a-z]/.test(text) ? text : text === ' ' ? 'space' : undefined, sequence: text };
}

function pressed(choice: Choice, ...keys: readonly (string | Key)[]): Screen {
  return keys.reduce<Screen>(
    (screen, key) => press(screen, typeof key === 'string' ? keyOf(key) : key, ROOM).screen,
    screenOf(choice),
  );
}

const TAB = { name: 'tab', sequence: '\t' };
const BACK_TAB = { name: 'tab', sequence: '\u001b[Z' };

describe('a key', () => {
  it('1 to 5, Tab: another view, from its first row', () => {
    expect(VIEW_NAMES.map((_, at) => pressed({}, String(at + 1)).view)).toEqual(VIEW_NAMES);
    expect(pressed({}, '2', 'down', '3').offset).toBe(0);
    expect(pressed({ view: 'api' }, TAB).view).toBe('overview');
    expect(pressed({}, BACK_TAB).view).toBe('api');
    expect(pressed({}, '6', '0').view).toBe('overview');
  });

  it('s, S, arrows: the next column, the one before; each view has its own', () => {
    const sorted = pressed({ view: 'interfaces' }, 's', 'right', 'S', 's');
    expect(sortingOf(sorted)).toEqual({ key: 'rx-bits', isReversed: false });
    expect(sortingOf(press(sorted, keyOf('3'), ROOM).screen)?.key).toBe('clocks');
    expect(sortingOf(pressed({ view: 'drops' }, 'left', 'left'))?.key).toBe('reason');
    expect(sortingOf(pressed({}, 's', 'r'))).toBeUndefined();
  });

  it('r: the other way round, and back', () => {
    expect(sortingOf(pressed({ view: 'drops', sort: 'count' }, 'r'))).toEqual({ key: 'count', isReversed: true });
    expect(sortingOf(pressed({ view: 'drops', sort: 'count' }, 'r', 'r'))?.isReversed).toBe(false);
  });

  it('/: types a filter, in which keys are letters; Enter takes it, Esc leaves the one before', () => {
    const typed = pressed({}, '/', 'q', '1', '?', ' ', 'c', 'backspace', '接');
    expect(typed).toMatchObject({ typed: 'q1? 接', filter: '', isHelp: false });
    expect(press(typed, keyOf('return'), ROOM).screen).toMatchObject({ filter: 'q1? 接', typed: undefined });
    expect(pressed({ filter: 'old' }, '/', 'x', 'escape')).toMatchObject({ filter: 'old', typed: undefined });
    expect(pressed({ filter: 'old' }, 'escape').filter).toBe('');
  });

  it('while a filter is typed: keys that are no characters change nothing', () => {
    expect(
      pressed({}, '/', 'a', 'up', { sequence: '\u0001' }, { sequence: '\u001bx', name: 'x', meta: true }).typed,
    ).toBe('a');
    expect([...(pressed({}, '/', ...'x'.repeat(500)).typed ?? '')]).toHaveLength(100);
  });

  it('arrows, pages, Home, End: stay within the list', () => {
    const offset = (...keys: string[]) => pressed({ view: 'nodes' }, ...keys).offset;
    expect([offset('down', 'j', 'up'), offset('pagedown', ' '), offset('end', 'down')]).toEqual([1, 20, 35]);
    expect([offset('up'), offset('end', 'pageup'), offset('end', 'home'), offset('down', 'k', 'k')]).toEqual([
      0, 25, 0, 0,
    ]);
  });

  it('a list that became shorter: moves from its end', () => {
    const { screen } = press({ ...screenOf({ view: 'nodes' }), offset: 90 }, keyOf('up'), { page: 5, most: 7 });
    expect(screen.offset).toBe(6);
  });

  it('?: the help; any key takes it away, and does nothing else', () => {
    expect(pressed({}, '?')).toMatchObject({ isHelp: true });
    expect(pressed({}, '?', '3')).toMatchObject({ isHelp: false, view: 'overview' });
  });

  it('p: pauses, and goes on', () => {
    expect([pressed({}, 'p').isPaused, pressed({}, 'p', 'p').isPaused]).toEqual([true, false]);
  });

  it.each([
    ['q', 'quit'],
    ['ctrl-c', 'quit'],
    ['ctrl-z', 'suspend'],
    ['ctrl-l', 'redraw'],
    ['c', 'clear'],
    ['C', 'unclear'],
    ['x', undefined],
    ['ctrl-x', undefined],
  ])('%s: %s', (key, command) => {
    expect(press(screenOf({}), keyOf(key), ROOM).command).toBe(command);
  });

  it('Ctrl-C and q: end it from everywhere', () => {
    expect(press(pressed({}, '/'), keyOf('ctrl-c'), ROOM).command).toBe('quit');
    expect(press(pressed({}, '?'), keyOf('q'), ROOM).command).toBe('quit');
  });

  it('each is in the help', () => {
    const named = KEYS.map(([keys]) => keys).join(' ');
    for (const key of ['1', '5', 's', 'S', 'r', '/', 'c', 'C', 'p', 'q', 'PgUp', 'Ctrl-Z'])
      expect(named).toContain(key);
  });
});
