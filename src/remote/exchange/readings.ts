/** Readings of counters, on each link anew. */

import type { EventItem } from '../../mux/types.js';
import type { StatsFrame } from '../protocol/index.js';
import type { StreamFrame } from './exchange.js';
import { type EventSink, Lasting } from './lasting.js';

/** Readings that may wait for a slow reader; others are not read. */
export const READINGS = { replyBuffer: 4, replyBytes: 64 * 1024 * 1024 };

export class Readings extends Lasting {
  constructor(
    private readonly asking: Omit<StatsFrame, 'type' | 'id' | 'credit'>,
    sink: EventSink,
    onOver: (one: Lasting) => void,
  ) {
    super(sink, READINGS, onOver);
  }

  protected frame(id: number, credit: number): StatsFrame {
    return { type: 'stats', id, ...this.asking, credit };
  }

  protected items(frame: StreamFrame, size: number): void {
    if (frame.type !== 'stats') return;
    const { seconds, entries } = frame;
    this.sink.next({ seconds, entries } as unknown as EventItem, this.credit.take(1, size));
    this.renew();
  }
}
