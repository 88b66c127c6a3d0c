/** Errors as they cross the wire. */

import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../src/mux/index.js';
import { CLASS_OF, errorFromWire, faultFromWire } from '../../src/remote/errors/from-wire.js';
import { RemoteFault } from '../../src/remote/index.js';

describe('errors of the agent', () => {
  it('every code of the mux: has its class', () => {
    expect([...CLASS_OF.keys()].sort()).toEqual(Object.keys(ERROR_CODES).sort());
  });

  it('a code of the agent itself: RemoteFault', () => {
    const error = errorFromWire({ code: 'BUSY', message: 'too many' });
    expect(error).toBeInstanceOf(RemoteFault);
    expect(error).toMatchObject({ code: 'BUSY', message: 'too many' });
  });

  it.each(['BUSY', 'RATE_LIMITED'])('%s, of a message or a call: it was not sent', (code) => {
    const error = { code, message: 'too many' };
    expect(errorFromWire(error)).toMatchObject({ code, outcome: 'not-sent' });
    expect(faultFromWire(error, 'interface.list')).toMatchObject({ code, outcome: 'not-sent' });
  });

  it('an outcome that the agent gives: is kept; of others nothing is known', () => {
    expect(faultFromWire({ code: 'TIMEOUT', message: 'late', outcome: 'unknown' }).outcome).toBe('unknown');
    expect(faultFromWire({ code: 'TIMEOUT', message: 'late' })).not.toHaveProperty('outcome');
    expect(errorFromWire({ code: 'REPLY_TIMEOUT', message: 'late', outcome: 'unknown' }).outcome).toBe('unknown');
  });
});
