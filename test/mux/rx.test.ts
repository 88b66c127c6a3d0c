import { createRequire } from 'node:module';
import { lastValueFrom, Observable } from 'rxjs';
import { expect, it } from 'vitest';
import { observable } from '../../src/mux/rx.js';

it('an Observable made here: is one of rxjs itself, and its operators take it', async () => {
  const one = observable<number>((listener) => {
    listener.next(7);
    listener.complete();
    return () => {};
  });
  expect(one).toBeInstanceOf(Observable);
  await expect(lastValueFrom(one)).resolves.toBe(7);
});

it('rxjs for programs that require it: has the same class', () => {
  const require = createRequire(import.meta.url);
  expect(require('rxjs').Observable).toBe(require('rxjs/internal/Observable').Observable);
});
