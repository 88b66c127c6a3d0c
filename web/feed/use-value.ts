/** Follows a value in a component. */

import { useEffect, useState } from 'preact/hooks';
import type { Value } from './value.js';

/** The present value, for a component that is drawn again at each change. */
export function useValue<T>(value: Value<T>): T {
  const [, draw] = useState(0);
  useEffect(() => {
    const seen = value.current;
    const stop = value.subscribe(() => draw((count) => count + 1));
    // It may have changed between drawing and this.
    if (!Object.is(seen, value.current)) draw((count) => count + 1);
    return stop;
  }, [value]);
  return value.current;
}
