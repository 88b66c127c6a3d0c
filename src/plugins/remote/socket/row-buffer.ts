/** The rows of a dump between VPP, which sends as fast as it can, and a client, which takes them as its credit and the network let it. */

import type { Fields } from '../../../mux/index.js';
import type { Link } from './link.js';

export interface RowBuffer {
  /** Number of rows that wait. */
  readonly waiting: number;
  /** Bytes that wait, where these are not bounded by the credit. */
  readonly bytes: number;
  /** Whether no more rows are to be read now. `credit`: rows that may be sent. */
  isFull(credit: number): boolean;
  push(row: Fields): void;
  /** Sends a frame of `most` rows at the most, and gives their number and its bytes. */
  send(most: number): { readonly rows: number; readonly bytes: number };
}

/** Rows as `details`, each with its names. They are not read before they can be sent: decoded, they take too much memory to wait. */
export class DetailedRows implements RowBuffer {
  readonly bytes = 0;
  private rows: Fields[] = [];

  /** `shown`: the fields of a row as the frame has them. */
  constructor(
    private readonly id: number,
    private readonly link: Pick<Link, 'send' | 'isFull'>,
    private readonly shown: (row: Fields) => Fields,
  ) {}

  get waiting(): number {
    return this.rows.length;
  }

  isFull(credit: number): boolean {
    return this.rows.length >= credit || this.link.isFull;
  }

  push(row: Fields): void {
    this.rows.push(row);
  }

  send(most: number): { rows: number; bytes: number } {
    const rows = this.rows.splice(0, most);
    return {
      rows: rows.length,
      bytes: this.link.send({ type: 'details', id: this.id, rows: rows.map(this.shown) }),
    };
  }
}
