import { expect, it, vi } from 'vitest';
import { RequestSignal } from '../../../../src/plugins/remote/socket/request-signal.js';

it('the signal of a request: calls its listeners once, and none that has left', () => {
  const signal = new RequestSignal();
  const [stays, leaves] = [vi.fn(), vi.fn()];
  signal.addEventListener('abort', stays);
  signal.addEventListener('abort', leaves);
  signal.removeEventListener('abort', leaves);
  expect(signal.asAbortSignal.aborted).toBe(false);
  signal.abort();
  signal.abort();
  expect(signal.asAbortSignal.aborted).toBe(true);
  expect(stays).toHaveBeenCalledTimes(1);
  expect(leaves).not.toHaveBeenCalled();
});
