/**
 * The edge to rxjs: nothing below knows it. All Observables made here are cold, and unsubscribing cancels.
 *
 * Of rxjs only the module of that class is loaded, the same one that `rxjs` has: all of it, two hundred files, is a quarter of
 * the time that a command takes to start.
 */

import type { Observable } from 'rxjs';
import { Observable as ColdObservable } from 'rxjs/internal/Observable';

/** The one listener of a source. */
export interface Listener<T> {
  next(value: T): void;
  error(error: Error): void;
  complete(): void;
}

/** `start` is called at each subscription and returns what ends it. */
export function observable<T>(start: (listener: Listener<T>) => () => void): Observable<T> {
  return new ColdObservable<T>((subscriber) =>
    start({
      next: (value) => subscriber.next(value),
      error: (error) => subscriber.error(error),
      complete: () => subscriber.complete(),
    }),
  );
}
