/**
 * Rows as `packed`: written as soon as they are read, since they take a tenth of the memory then, and wait so for the client. A row of
 * another shape than the one before begins another frame; one that has no shape is sent as `details`.
 */

import type { Fields } from '../../../mux/index.js';
import { CborWriter, rowWriter, type Shape, shapeOf, type WriteRow } from '../../../remote/protocol/index.js';
import type { Link } from './link.js';
import type { RowBuffer } from './row-buffer.js';

/** Rows of one shape. */
interface Batch {
  readonly shape: Shape;
  readonly data: Uint8Array;
  /** The end of each row in `data`. */
  readonly ends: readonly number[];
  /** Rows that have been sent. */
  sent: number;
}

/** Bytes of a batch: more rows go into the next one. */
const BATCH_BYTES = 32 * 1024;

export class PackedRows implements RowBuffer {
  waiting = 0;
  private readonly batches: (Batch | Fields)[] = [];
  private readonly writer = new CborWriter(BATCH_BYTES);
  private ends: number[] = [];
  private shape: Shape = 0;
  private write: WriteRow | undefined;
  private sentShape: Shape | undefined;
  private sealedBytes = 0;

  /** `most`: bytes that may wait. */
  constructor(
    private readonly id: number,
    private readonly link: Pick<Link, 'send'>,
    private readonly most: number,
  ) {}

  get bytes(): number {
    return this.sealedBytes + this.writer.length;
  }

  isFull(): boolean {
    return this.bytes >= this.most;
  }

  push(row: Fields): void {
    this.waiting += 1;
    if (!this.add(row)) {
      this.seal();
      this.shape = shapeOf(row);
      this.write = rowWriter(this.shape);
      if (!this.add(row)) this.batches.push(row);
    }
    if (this.writer.length >= BATCH_BYTES) this.seal();
  }

  send(most: number): { rows: number; bytes: number } {
    if (this.batches.length === 0) this.seal();
    const [batch] = this.batches;
    if (!isBatch(batch)) {
      this.batches.shift();
      this.waiting -= 1;
      return { rows: 1, bytes: this.link.send({ type: 'details', id: this.id, rows: [batch] }) };
    }
    const { shape, data, ends, sent } = batch;
    const rows = Math.min(most, ends.length - sent);
    const part = data.subarray(sent === 0 ? 0 : ends[sent - 1], ends[sent + rows - 1]);
    batch.sent += rows;
    this.waiting -= rows;
    this.sealedBytes -= part.length;
    if (batch.sent === ends.length) this.batches.shift();
    const isNew = shape !== this.sentShape;
    this.sentShape = shape;
    const frame = { type: 'packed', id: this.id, count: rows, data: part, ...(isNew && { shape }) } as const;
    return { rows, bytes: this.link.send(frame) };
  }

  /** False where the row has another shape. */
  private add(row: Fields): boolean {
    const { writer } = this;
    const before = writer.length;
    if (this.write?.(writer, row) === true) {
      this.ends.push(writer.length);
      return true;
    }
    writer.rewind(before);
    return false;
  }

  /** Closes the batch that rows are being added to. */
  private seal(): void {
    const { ends, shape, writer } = this;
    if (ends.length === 0) return;
    const data = writer.take();
    this.batches.push({ shape, data, ends, sent: 0 });
    this.sealedBytes += data.length;
    this.ends = [];
  }
}

const isBatch = (one: Batch | Fields): one is Batch => one.data instanceof Uint8Array && Array.isArray(one.ends);
