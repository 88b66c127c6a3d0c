/** A request that the mock serves when the test says so; until then it serves nothing else of that connection, as VPP. */

import type { MockVpp } from '../../mock-vpp/index.js';
import type { Fields } from '../../src/mux/index.js';

export interface HeldRequest {
  /** Answers the oldest that waits. */
  answer(fields?: Fields): void;
  readonly waiting: number;
}

export function hold(mock: MockVpp, name: string): HeldRequest {
  const held: ((fields: Fields) => void)[] = [];
  mock.handle(name, () => new Promise<Fields>((resolve) => held.push(resolve)) as never);
  return {
    answer: (fields = {}) => held.shift()?.(fields),
    get waiting() {
      return held.length;
    },
  };
}
