/** The table of errors: every code is thrown somewhere, and nothing else is. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { AGENT_ERROR_CODES, AgentError, reasonOf, refuseIfAny, stackOf } from '../../src/agent/errors.js';
import { OPERATION_CODES } from '../../src/agent/operations/codes.js';
import { ETCD_ERRORS } from '../../src/etcd/errors.js';
import { FLEET_ERRORS } from '../../src/fleet/errors.js';
import { STORE_ERRORS } from '../../src/fleet/store/errors.js';
import { ERROR_CODES } from '../../src/mux/errors.js';
import { STATS_ERRORS } from '../../src/stats/index.js';
import { OBJECT_ERRORS } from '../../src/vpp/errors.js';

/** The agent and its built-in plugins. */
const source = ['agent', 'plugins']
  .map((part) => fileURLToPath(new URL(`../../src/${part}/`, import.meta.url)))
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => [folder, file]))
  .filter(([, file]) => file.endsWith('.ts') && file !== 'errors.ts')
  .map(([folder, file]) => readFileSync(`${folder}${file}`, 'utf8'))
  .join('\n');
const documented = readFileSync(fileURLToPath(new URL('../../docs/errors.md', import.meta.url)), 'utf8');

describe('errors of the agent', () => {
  it.each(Object.entries(AGENT_ERROR_CODES))(
    '%s: is given by something, and documented in the words of the table',
    (code, meaning) => {
      expect(source).toContain(`'${code}'`);
      expect(documented).toContain(`| \`${code}\` | ${meaning} |`);
    },
  );

  it('the documentation: knows no other codes than the tables', () => {
    const codes = [...documented.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
    const ofFleet = [FLEET_ERRORS, STORE_ERRORS, ETCD_ERRORS];
    const tables = [ERROR_CODES, AGENT_ERROR_CODES, OPERATION_CODES, OBJECT_ERRORS, STATS_ERRORS, ...ofFleet];
    expect(codes.sort()).toEqual(tables.flatMap((table) => Object.keys(table)).sort());
  });

  it('several: are told together, under the first one’s code', () => {
    const problems = [new AgentError('MISSING_PROVIDER', 'one'), new AgentError('API_MISMATCH', 'two')];
    expect(() => refuseIfAny(problems)).toThrow(
      expect.objectContaining({ code: 'MISSING_PROVIDER', message: 'one\ntwo' }),
    );
    expect(() => refuseIfAny([])).not.toThrow();
  });

  it.each([
    [new Error('text'), 'text'],
    [new TypeError(), 'TypeError'],
    ['text', 'text'],
    [undefined, 'threw undefined, which is not an Error'],
    [new AggregateError([new Error('a'), new Error('b')]), 'a; b'],
  ])('the reason of %s: %s', (thrown, reason) => {
    expect(reasonOf(thrown)).toBe(reason);
  });

  it('a stack: of what was not written for people only', () => {
    const bug = new TypeError('x is not a function');
    expect(stackOf(bug)).toEqual({ err: bug });
    expect(stackOf(new AgentError('PLUGIN_FAILED', 'x'))).toEqual({});
    expect(stackOf('text')).toEqual({});
  });
});
