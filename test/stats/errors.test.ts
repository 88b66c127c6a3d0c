import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { STATS_ERRORS, type StatsErrorCode } from '../../src/stats/errors.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = readdirSync(`${root}/src/stats`, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(`${root}/src/stats/${name}`, 'utf8'));
const documented = readFileSync(`${root}/docs/errors.md`, 'utf8');

it.each(Object.keys(STATS_ERRORS) as StatsErrorCode[])(
  '%s: is thrown somewhere, and documented in the words of the table',
  (code) => {
    expect(sources.join('\n')).toContain(`'${code}'`);
    expect(documented).toContain(`| \`${code}\` | ${STATS_ERRORS[code]} |`);
  },
);
