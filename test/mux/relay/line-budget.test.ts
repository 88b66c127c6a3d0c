import { expect, it } from 'vitest';
import { withinBudget } from '../../../src/mux/relay/line-budget.js';

function budget() {
  const lines: string[] = [];
  let now = 0;
  const log = withinBudget(
    (level, text) => lines.push(`${level} ${text}`),
    () => '/run/api.sock',
    () => now,
  );
  const warn = (times: number) => {
    for (let i = 0; i < times; i++) log('warn', `client "${i}"`);
  };
  const pass = (ms: number) => {
    now += ms;
  };
  return { lines, log, warn, pass };
}

it('warnings about clients: sixty a minute, then they are counted, and the count comes with the next', () => {
  const { lines, warn, pass } = budget();
  warn(75);
  expect(lines).toHaveLength(60);
  pass(60_000);
  warn(1);
  expect(lines.slice(60)).toEqual([
    'warn 15 more warnings about clients of /run/api.sock were not logged: at most 60 a minute are',
    'warn client "0"',
  ]);
});

it('other lines: are not counted', () => {
  const { lines, log, warn } = budget();
  warn(60);
  log('debug', 'left');
  log('info', 'listens');
  expect(lines.slice(60)).toEqual(['debug left', 'info listens']);
});
