/** Lines that repeat: a few are written, the rest are counted. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createConnection } from '../src/mux/index.js';
import { type Folding, RepeatedLines } from '../src/repeated-lines.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function logged(folding?: Folding) {
  const lines: string[] = [];
  const repeated = new RepeatedLines(folding);
  const log = (text: string) => repeated.line('warn', text, (line) => lines.push(line));
  return { lines, log, flush: () => repeated.flush() };
}

/** The log that a connection's own parts write to. */
const logOf = (connection: object) =>
  (connection as { core: { settings: { log: (level: string, text: string) => void } } }).core.settings.log;

describe('lines that repeat', () => {
  it('65 a second for a minute, told apart by numbers only: three, then one each ten seconds with their count', () => {
    const { lines, log } = logged();
    for (let i = 0; i < 60 * 65; i++) {
      log(`connected again to VPP (pid ${i}) after ${i * 3} ms`);
      vi.advanceTimersByTime(1000 / 65);
    }
    vi.advanceTimersByTime(10_000);
    expect(lines.length).toBeLessThanOrEqual(10);
    expect(lines.slice(0, 3)).toEqual([0, 1, 2].map((i) => `connected again to VPP (pid ${i}) after ${i * 3} ms`));
    const counts = lines
      .slice(3)
      .map((line) => Number(/\((\d+) such lines in 10 s, of which this is the last\)$/.exec(line)?.[1]));
    expect(counts.reduce((sum, each) => sum + each, 3)).toBe(60 * 65);
  });

  it('lines of another kind between them: are written as they come', () => {
    const { lines, log } = logged();
    for (let i = 0; i < 10; i++) log('VPP closed the connection');
    log('something else');
    expect(lines).toEqual([...Array(3).fill('VPP closed the connection'), 'something else']);
  });

  it('now and then: is never folded', () => {
    const { lines, log } = logged();
    for (let i = 0; i < 20; i++) {
      log('VPP answers again');
      vi.advanceTimersByTime(5000);
    }
    expect(lines).toEqual(Array(20).fill('VPP answers again'));
  });

  it('where numbers mean something: lines that differ in one are all written', () => {
    const { lines, log } = logged({ burst: 3, everyMs: 10_000, exact: true });
    for (let i = 0; i < 20; i++) log(`interface ${i} is up`);
    for (let i = 0; i < 20; i++) log('interface 1 is down');
    expect(lines).toHaveLength(23);
  });

  it('very many kinds: are bounded, and none of their counts is lost', () => {
    const { lines, log } = logged();
    for (let i = 0; i < 500; i++)
      for (let n = 0; n < 5; n++) log(`kind ${[...String(i)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`);
    vi.advanceTimersByTime(10_000);
    expect(lines).toHaveLength(500 * 4);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('at the end: what has been counted is written, once, and no timer is left', () => {
    const { lines, log, flush } = logged();
    for (let i = 0; i < 10; i++) log('VPP closed the connection');
    for (let i = 0; i < 4; i++) log('VPP answers again');
    log('something else');
    vi.advanceTimersByTime(2000);
    lines.length = 0;
    flush();
    flush();
    vi.advanceTimersByTime(20_000);
    expect(lines).toEqual([
      'VPP closed the connection (7 such lines until the end, of which this is the last)',
      'VPP answers again (1 such lines until the end, of which this is the last)',
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each(['close', 'destroy'] as const)('%s of a connection: what its log has counted is written', async (end) => {
    const lines: string[] = [];
    const connection = createConnection({ socket: '/nowhere/api.sock', log: (_, text) => lines.push(text) });
    const log = logOf(connection);
    for (let i = 0; i < 10; i++) log('warn', `VPP closed the link ${i}`);
    await connection[end]();
    expect(lines).toContain('VPP closed the link 9 (7 such lines until the end, of which this is the last)');
  });

  it('the log of a connection: is folded, debug lines are not', async () => {
    const lines: string[] = [];
    const connection = createConnection({
      socket: '/nowhere/api.sock',
      log: (level, text) => lines.push(`${level} ${text}`),
    });
    const log = logOf(connection);
    for (let i = 0; i < 10; i++) log('warn', `VPP closed the connection ${i}`);
    for (let i = 0; i < 10; i++) log('debug', `detail ${i}`);
    connection.destroy();
    const last = 'VPP closed the connection 9 (7 such lines until the end, of which this is the last)';
    expect(lines.filter((line) => line.startsWith('warn VPP closed')).slice(3)).toEqual([`warn ${last}`]);
    expect(lines.filter((line) => line.startsWith('debug detail'))).toHaveLength(10);
  });
});
