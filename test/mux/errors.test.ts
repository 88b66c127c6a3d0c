import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode, RetvalError, VppmuxError } from '../../src/mux/errors.js';
import { retvalName } from '../../src/mux/retval.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = readdirSync(`${root}/src/mux`, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && name !== 'errors.ts')
  .map((name) => readFileSync(`${root}/src/mux/${name}`, 'utf8'))
  .join('\n');
const documented = readFileSync(`${root}/docs/errors.md`, 'utf8');

describe('errors', () => {
  it.each(Object.keys(ERROR_CODES) as ErrorCode[])(
    '%s: is thrown somewhere, and documented in the words of the table',
    (code) => {
      expect(sources).toContain(`'${code}'`);
      expect(documented).toContain(`| \`${code}\` | ${ERROR_CODES[code]} |`);
    },
  );

  it('an error: is an Error with code, fields and cause; fields not given are not there', () => {
    const cause = new Error('below');
    const error = new VppmuxError('ABORTED', 'given up', { channel: 3 }, cause);
    expect(error).toBeInstanceOf(Error);
    expect({ ...error }).toEqual({ code: 'ABORTED', channel: 3, name: 'VppmuxError' });
    expect(error.cause).toBe(cause);
    expect('outcome' in error).toBe(false);
  });

  it('a hint: ends the message, and can be left out of it', () => {
    const error = new VppmuxError('SOCKET_MISSING', 'no socket', { hint: 'give\nthe option socket' });
    expect(error.message).toBe('no socket; give the option socket');
    expect(error.messageWithoutHint).toBe('no socket');
    expect(new VppmuxError('ABORTED', 'given up; by hand').messageWithoutHint).toBe('given up; by hand');
  });

  it("VPP's text in a message: no control of a terminal, no second line, no 30 million characters", () => {
    const error = new VppmuxError(
      'SCHEMA_INVALID',
      `not JSON: \u001b]0;pwned\u0007\u009b2J\u202e\nvppmux: all is well`,
    );
    expect(error.message).toBe('not JSON: \\u001b]0;pwned\\u0007\\u009b2J\\u202e vppmux: all is well');
    expect(new VppmuxError('SCHEMA_INVALID', 'x'.repeat(30_000_000)).message).toMatch(
      /^x{4000}… \(\d+ more characters\)$/,
    );
  });

  it('retvals: numbers have the names of VPP', () => {
    expect([0, -1, -2, -31, -165, -99999].map(retvalName)).toEqual([
      'OK',
      'UNSPECIFIED',
      'INVALID_SW_IF_INDEX',
      'INVALID_REGISTRATION',
      'EAGAIN',
      'UNKNOWN',
    ]);
    expect(new RetvalError(-2, 'INVALID_SW_IF_INDEX', 'refused', {}, {})).toMatchObject({ code: 'RETVAL', retval: -2 });
  });
});
