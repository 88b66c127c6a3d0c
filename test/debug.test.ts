/** VPPMUX_DEBUG: which topics it turns on, what a line looks like, and that a topic that is off costs nothing. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEBUG_TOPICS, debug } from '../src/debug.js';
import { root } from './support/built.js';
import { debugLines } from './support/debug-lines.js';

const topicsOn = () => Object.keys(DEBUG_TOPICS).filter((topic) => debug[topic as keyof typeof debug] !== undefined);

describe('VPPMUX_DEBUG', () => {
  it.each([
    [undefined, []],
    ['', []],
    ['reconnect', ['reconnect']],
    ['standby,session', ['session', 'standby']],
    [' standby, session ', ['session', 'standby']],
    ['*', Object.keys(DEBUG_TOPICS)],
    ['session,*', Object.keys(DEBUG_TOPICS)],
  ])('%j: turns on %j', (wanted, topics) => {
    expect([debugLines(wanted), topicsOn()]).toEqual([[], topics]);
  });

  it('a topic that there is not: is named with the nearest one, and the others count', () => {
    expect(debugLines('reconect,session')).toEqual(['VPPMUX_DEBUG has no topic reconect; did you mean reconnect?']);
    expect(topicsOn()).toEqual(['session']);
  });

  it('a topic like none: all are listed', () => {
    const [line] = debugLines('zzz');
    expect(line).toMatch(/^VPPMUX_DEBUG has no topic zzz; there are session, reconnect, .* and \*$/);
  });

  it.each(['toString', '__proto__', 'constructor'])('%s: is no topic', (name) => {
    expect(debugLines(name)).toEqual([expect.stringContaining(`no topic ${name}`)]);
    expect(topicsOn()).toEqual([]);
  });

  it('a line: has its topic in front, and nothing in it acts on a terminal', () => {
    const lines = debugLines('session');
    debug.session?.('VPP says \u001b[31mred\nand more');
    expect(lines).toEqual(['session: VPP says \\u001b[31mred and more']);
  });

  it('a topic that is off: its line is not even made', () => {
    debugLines('session');
    const made = () => expect.unreachable('the line was made');
    debug.reconnect?.(`${made()}`);
  });
});

it('docs/client.md: lists the topics', () => {
  const text = readFileSync(join(root, 'docs', 'client.md'), 'utf8');
  const [, table] = /^\| topic \| decisions \|\n\|---\|---\|\n((?:\|.*\n)*)/m.exec(text) ?? [];
  expect([...(table ?? '').matchAll(/^\| `(\w+)`/gm)].map(([, topic]) => topic)).toEqual(Object.keys(DEBUG_TOPICS));
});
