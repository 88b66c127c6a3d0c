import { expect, it } from 'vitest';
import { refuse } from '../../../src/mux/index.js';
import { REFUSAL_CODES } from '../../../src/mux/interceptors/refuse.js';
import type { RefusalCode } from '../../../src/mux/types.js';

it.each(REFUSAL_CODES)('refuse(%j): is a verdict of that code', (code) => {
  expect(refuse(code, 'no')).toEqual({ refuse: code, text: 'no' });
});

it('refuse with another code: throws, and names those there are, instead of letting everything through', () => {
  expect(() => refuse('DENIED' as RefusalCode, 'no')).toThrow(
    expect.objectContaining({
      code: 'BAD_OPTION',
      message: 'refuse("DENIED", …): there is no such code; there are: REFUSED, RATE_LIMITED, READ_ONLY',
    }),
  );
});
