/** The one place here that knows rxjs: iterables as cold Observables. */
import type { Observable } from 'rxjs';
import { Observable as ColdObservable } from 'rxjs/internal/Observable';

/** Each subscriber has a loop of its own, which ends when it leaves. */
export function observableOf<T>(iterate: (signal: AbortSignal) => AsyncIterable<T>): Observable<T> {
  return new ColdObservable((subscriber) => {
    const leaving = new AbortController();
    const run = async () => {
      for await (const value of iterate(leaving.signal)) {
        subscriber.next(value);
        if (leaving.signal.aborted) return;
      }
    };
    run().then(
      () => subscriber.complete(),
      (error) => subscriber.error(error),
    );
    return () => leaving.abort();
  });
}
