import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/cli/errors.js';
import { exitCodeOf } from '../../src/cli/exit-code-of.js';
import { EXIT, EXIT_MEANINGS, exitCodeLines } from '../../src/cli/exit-codes.js';
import { etcdError } from '../../src/etcd/errors.js';
import { StoreError } from '../../src/fleet/index.js';
import { ERROR_CODES, type ErrorCode, RetvalError, VppmuxError } from '../../src/mux/errors.js';

const codes = Object.keys(ERROR_CODES) as ErrorCode[];

describe('exit codes', () => {
  it.each(codes)('%s: ends with a documented code that is not success', (code) => {
    const exit = exitCodeOf(new VppmuxError(code, 'x'));
    expect(exit).not.toBe(EXIT.OK);
    expect(exit).not.toBe(EXIT.BUG);
    expect(EXIT_MEANINGS).toHaveProperty(String(exit));
  });

  it.each([
    [new RetvalError(-2, 'INVALID_SW_IF_INDEX', 'x', {}, {}), 1],
    [new UsageError('x'), 2],
    [new VppmuxError('BAD_FIELD', 'x'), 2],
    [new VppmuxError('UNKNOWN_MESSAGE', 'x'), 2],
    [new VppmuxError('SOCKET_MISSING', 'x'), 3],
    [new VppmuxError('SOCKET_FAILED', 'x'), 3],
    [new VppmuxError('SOCKET_FAILED', 'x', {}, Object.assign(new Error('y'), { code: 'ETIMEDOUT' })), 4],
    [new VppmuxError('SOCKET_PERMISSION', 'x'), 3],
    [new VppmuxError('SOCKET_REFUSED', 'x'), 3],
    [new VppmuxError('REPLY_TIMEOUT', 'x'), 4],
    [new VppmuxError('CONNECTION_LOST', 'x'), 5],
    [new VppmuxError('MESSAGE_NOT_IN_VPP', 'x'), 6],
    [new VppmuxError('GAVE_UP', 'x', {}, new VppmuxError('HANDSHAKE_TIMEOUT', 'y')), 4],
    [new VppmuxError('GAVE_UP', 'x'), 3],
    [new VppmuxError('DUMP_INCOMPLETE', 'x', {}, new RetvalError(-6, 'INVALID_INTERFACE', 'x', {}, {})), 1],
    [new VppmuxError('DUMP_INCOMPLETE', 'x'), 5],
    [new CommanderError(1, 'commander.unknownOption', 'x'), 2],
    [new CommanderError(0, 'commander.helpDisplayed', 'x'), 0],
    [new TypeError('x is not a function'), 70],
    ['a text', 70],
    [new StoreError('STORE_FULL', 'x'), 3],
    [etcdError('ETCD_NO_SPACE', 'x'), 3],
  ])('%s: exit code %i', (error, exit) => {
    expect(exitCodeOf(error)).toBe(exit);
  });

  it('the help: names every code', () => {
    const help = exitCodeLines(60).join('\n');
    for (const code of Object.values(EXIT)) expect(help).toMatch(new RegExp(`^ *${code}  \\S`, 'm'));
  });
});
