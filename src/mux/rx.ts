/** The edge to rxjs: nothing below knows it. All Observables made here are cold, and unsubscribing cancels. */

import { Observable } from 'rxjs';

/** What a source tells its one listener. */
export interface Listener<T> {
  next(value: T): void;
  error(error: Error): void;
  complete(): void;
}

/** `start` is called at each subscription and returns what ends it. */
export function observable<T>(start: (listener: Listener<T>) => () => void): Observable<T> {
  return new Observable<T>((subscriber) =>
    start({
      next: (value) => subscriber.next(value),
      error: (error) => subscriber.error(error),
      complete: () => subscriber.complete(),
    }),
  );
}
