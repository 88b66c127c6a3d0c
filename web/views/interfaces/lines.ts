/** Rows of interfaces, each with the line of its last minute. */

import type { InterfaceRow } from '../../../src/plugins/dashboard/protocol/index.js';
import { recorded } from '../../feed/history.js';
import type { Ring } from '../../feed/ring.js';

export interface ListedInterface extends InterfaceRow {
  readonly index: number;
  /** Packets a second, received and sent. */
  readonly line: Ring;
}

/** Seconds that a line shows. */
const SECONDS = 61;

export function rowsWithLines(
  interfaces: Readonly<Record<string, InterfaceRow>>,
  at: number | undefined,
): readonly ListedInterface[] {
  return Object.entries(interfaces).map(([index, row]) => {
    const pick = ({ rxPps, txPps }: InterfaceRow) => [rxPps, txPps];
    const line = recorded(`interface ${index} ${row.name}`, { state: row, at }, 2, pick, SECONDS);
    return { ...row, index: Number(index), line };
  });
}
