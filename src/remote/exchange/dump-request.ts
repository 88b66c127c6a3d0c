/** A dump: rows as far as its credit goes, which its reader renews. */

import type { StartDump } from '../../mux/channel/dump.js';
import { messageOf, unexpected } from '../errors/failures.js';
import { errorFromWire } from '../errors/from-wire.js';
import { isNode } from '../is-node.js';
import type { AgentLink } from '../link/agent-link.js';
import { type DumpFrame, type PackedFrame, rowsReader } from '../protocol/index.js';
import { Asked, type AskedOptions } from './asked.js';
import { Credit, type CreditBounds } from './credit.js';
import type { StreamFrame } from './exchange.js';

export type DumpSink = Parameters<StartDump>[0];

export class DumpRequest extends Asked {
  private readonly credit: Credit;
  /** Reads rows of the shape that came last. */
  private unpack: ReturnType<typeof rowsReader> | undefined;

  constructor(
    options: AskedOptions,
    private readonly asking: Omit<DumpFrame, 'type' | 'id' | 'credit'>,
    private readonly sink: DumpSink,
    bounds: CreditBounds,
  ) {
    super(options);
    this.credit = new Credit(bounds);
  }

  protected frame(id: number, { hello }: AgentLink): DumpFrame {
    return { type: 'dump', id, ...this.asking, packed: true, credit: this.credit.begin(hello.limits.credit) };
  }

  protected answer(frame: StreamFrame, size: number): void {
    if (frame.type === 'details') {
      this.rows(frame.rows as Record<string, unknown>[], size);
    } else if (frame.type === 'packed') {
      this.packed(frame, size);
    } else if (frame.type === 'end') {
      this.end();
      this.sink.end(frame.reply);
    } else this.end(frame.type === 'error' ? errorFromWire(frame.error) : unexpected(this.subject, frame.type));
  }

  protected fail(error: Error): void {
    this.sink.error(error);
  }

  private packed({ shape, count, data }: PackedFrame, size: number): void {
    let rows: unknown[];
    try {
      if (shape !== undefined) this.unpack = rowsReader(shape, isNode());
      rows = this.unpack?.(data, count) ?? [];
    } catch (error) {
      this.cancel(unexpected(this.subject, `packed: ${messageOf(error)}`));
      return;
    }
    this.rows(rows as Record<string, unknown>[], size);
  }

  private rows(rows: readonly Record<string, unknown>[], size: number): void {
    const { credit, sink } = this;
    const bytes = credit.take(rows.length, size);
    for (const row of rows) {
      // The reader may leave at any row.
      if (this.isOver) return;
      sink.next(row, bytes);
    }
    // While the agent waits for the reader, no time runs.
    if (credit.isSpent) this.disarm();
    else this.arm();
    if (sink.room) sink.room(this.goOn);
    else this.goOn();
  }

  private readonly goOn = () => {
    const count = this.isOver ? 0 : this.credit.more();
    if (count === 0) return;
    this.link?.send({ type: 'credit', id: this.id, count });
    this.arm();
  };
}
