/** The policy of redundancy: what is known on the left, the decision on the right. No connection, no timers. */

import { describe, expect, it } from 'vitest';
import {
  afterDetach,
  afterLoss,
  afterMiss,
  givesUp,
  type StandbyView,
  unreadiness,
  whenHung,
  whenStandbyChanges,
} from '../../../src/mux/connection/redundancy.js';
import { ConnectionError } from '../../../src/mux/errors.js';
import type { ConnectionState, ConnectionStatus } from '../../../src/mux/types.js';

const cause = new ConnectionError('CONNECTION_LOST', 'VPP has gone');
const standby = (state: ConnectionState, more: Partial<StandbyView> = {}): StandbyView => ({
  ...{ role: 'backup', socket: '/b', state, reason: `it is ${state}`, isKnown: true, attempts: 0 },
  ...more,
});
const bothAway = { message: 'VPP has gone; and the backup: it is backoff', code: 'CONNECTION_LOST', socket: '/a' };

describe('the link ended', () => {
  it.each([
    ['ready', 'hand-over'],
    ['degraded', 'hand-over'],
    ['not-responding', 'back-off'],
    ['connecting', 'back-off'],
    ['backoff', 'back-off'],
  ] as const)('a standby that is %s: %s', (state, kind) => {
    expect(afterLoss(cause, '/a', standby(state))).toMatchObject({ kind });
  });

  it('no backup: backs off with the plain cause; with one that is away the error names both', () => {
    expect(afterLoss(cause, '/a', undefined)).toEqual({ kind: 'back-off', cause });
    expect(afterLoss(cause, '/a', standby('backoff'))).toMatchObject({ kind: 'back-off', cause: bothAway });
  });

  it('until the standby serves, its name is shown', () => {
    expect(afterLoss(cause, '/a', standby('ready'))).toMatchObject({ shown: 'VPP has gone; the backup takes over' });
  });

  it.each([
    ['ready', 'take-over'],
    ['degraded', 'take-over'],
    ['not-responding', 'back-off'],
    ['backoff', 'back-off'],
  ] as const)('then, a standby that is %s by now: %s', (state, kind) => {
    expect(afterDetach({ cause, reason: 'r' }, '/a', standby(state))).toMatchObject({ kind });
  });
});

describe('an attempt failed', () => {
  it('how the standby is is not known yet: waits; else backs off', () => {
    expect(afterMiss(cause, '/a', standby('connecting', { isKnown: false }))).toEqual({ kind: 'wait', cause });
    expect(afterMiss(cause, '/a', standby('backoff'))).toMatchObject({ kind: 'back-off', cause: bothAway });
    expect(afterMiss(cause, '/a', undefined)).toEqual({ kind: 'back-off', cause });
  });

  it.each([
    ['no limit', 99, 0, undefined, 'keep'],
    ['attempts left', 3, 3, undefined, 'keep'],
    ['none left', 4, 3, undefined, 'give-up'],
    ['none left, and the standby has had its own', 4, 3, standby('backoff', { attempts: 4 }), 'give-up'],
    ['none left, and the standby has some', 4, 3, standby('backoff', { attempts: 3 }), 'keep'],
    ['none left, and the standby is connected', 4, 3, standby('not-responding', { attempts: 9 }), 'keep'],
  ] as const)('%s: %i of %i: %s', (_what, attempts, maxAttempts, other, kind) => {
    expect(givesUp({ cause, attempts, maxAttempts }, '/a', other)).toMatchObject({ kind });
  });

  it('given up: the error says after how many, and of what', () => {
    expect(givesUp({ cause, attempts: 4, maxAttempts: 3 }, '/a', undefined)).toMatchObject({
      error: {
        code: 'GAVE_UP',
        message: 'given up after 3 attempts to connect again: VPP has gone',
        cause,
        socket: '/a',
      },
    });
  });
});

const primary = { role: 'primary', socket: '/a' } as const;

describe('the serving VPP does not respond', () => {
  it.each([
    ['ready', 'abandon'],
    ['degraded', 'keep'],
    ['not-responding', 'keep'],
    ['backoff', 'keep'],
  ] as const)('a standby that is %s: %s', (state, kind) => {
    expect(whenHung('silent for 2 s', primary, standby(state))).toMatchObject({ kind });
  });

  it('no backup: is kept; given up, the error names both', () => {
    expect(whenHung('silent', primary, undefined)).toEqual({ kind: 'keep' });
    expect(whenHung('silent', primary, standby('ready'))).toMatchObject({
      cause: { code: 'CONNECTION_LOST', message: 'silent; the primary is given up for the backup at /b' },
      reason: 'silent',
    });
  });
});

describe('the standby changes', () => {
  const serving = (more: Partial<Parameters<typeof whenStandbyChanges>[0]> = {}) =>
    ({
      ...{ ...primary, isDialling: false, phase: 'serving', status: { state: 'ready', reason: 'r' }, cause: undefined },
      ...more,
    }) as Parameters<typeof whenStandbyChanges>[0];
  const silent = { state: 'not-responding', reason: 'silent' } as const;

  it.each([
    ['serves', serving(), 'ready', 'keep'],
    ['serves and is silent', serving({ status: silent }), 'ready', 'abandon'],
    ['serves and is silent', serving({ status: silent }), 'degraded', 'keep'],
    ['drains', serving({ phase: 'draining' }), 'ready', 'keep'],
    ['has gone in this tick', serving({ phase: 'detached' }), 'ready', 'keep'],
    ['is dialled first', serving({ phase: 'dialling', isDialling: true }), 'ready', 'take-over'],
    ['is dialled first', serving({ phase: 'dialling', isDialling: true }), 'backoff', 'keep'],
    ['has failed once', serving({ phase: 'dialling', cause }), 'backoff', 'back-off'],
    ['is dialled again', serving({ phase: 'dialling', cause, isDialling: true }), 'backoff', 'keep'],
    ['is away', serving({ phase: 'away', cause }), 'ready', 'take-over'],
    ['is away', serving({ phase: 'away', cause }), 'degraded', 'take-over'],
    ['is away', serving({ phase: 'away', cause }), 'backoff', 'keep'],
    ['closes', serving({ phase: 'closing' }), 'ready', 'keep'],
  ] as const)('the primary %s (%#), the standby is %3$s', (_what, view, state, kind) => {
    expect(whenStandbyChanges(view, standby(state))).toMatchObject({ kind });
  });

  it('it takes over: for what the primary failed of, or because that has not answered', () => {
    const away = serving({ phase: 'away', cause });
    expect(whenStandbyChanges(away, standby('ready'))).toMatchObject({ reason: 'VPP has gone', isPlanned: false });
    const first = serving({ phase: 'dialling', isDialling: true });
    expect(whenStandbyChanges(first, standby('ready'))).toMatchObject({ reason: 'the primary has not answered yet' });
  });

  it('both have failed once: nobody serves, and the next attempt has its timer already', () => {
    const failed = serving({ phase: 'dialling', cause });
    expect(whenStandbyChanges(failed, standby('backoff'))).toMatchObject({ isScheduled: true, cause: bothAway });
  });
});

describe('a planned switch', () => {
  const status = { state: 'ready', reason: 'fine', socket: '/a' } as ConnectionStatus;

  it.each([
    ['backup', 'ready', undefined],
    ['backup', 'degraded', 'the backup (/b) cannot serve now: degraded: it is degraded'],
    ['backup', 'backoff', 'the backup (/b) cannot serve now: backoff: it is backoff'],
    ['primary', 'ready', 'the primary (/a) cannot serve now: ready: fine'],
  ] as const)('to the %s, the standby (backup) is %s', (role, state, message) => {
    expect(unreadiness(role, status, standby(state))?.message).toBe(message);
  });
});
