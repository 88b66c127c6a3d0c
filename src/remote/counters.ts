/** The streams of counters of one connection. */

import type { Observable } from 'rxjs';
import { onAbort } from '../abort.js';
import { Buffers } from '../mux/channel/buffers.js';
import { makeEvents } from '../mux/channel/events.js';
import type { EventSink, Lasting } from './exchange/lasting.js';
import { READINGS, Readings } from './exchange/readings.js';
import type { AgentLink } from './link/agent-link.js';
import type { CounterOptions, CounterReport, CounterStream } from './types.js';

export class Counters {
  private readonly readings = new Set<Lasting>();
  private readonly buffers = new Buffers();

  /** `link` gives the present link, none while the agent is away, or the error of a closed connection. */
  stream(
    patterns: readonly string[],
    { intervalMs, signal }: CounterOptions,
    link: () => AgentLink | Error | undefined,
  ): CounterStream {
    const start = (sink: EventSink) => {
      const now = link();
      if (now instanceof Error) {
        sink.error(now);
        return () => {};
      }
      let forgetSignal = () => {};
      const readings = new Readings({ patterns, intervalMs }, sink, (over) => {
        forgetSignal();
        this.readings.delete(over);
      });
      this.readings.add(readings);
      if (signal?.aborted) readings.stop();
      else if (signal) forgetSignal = onAbort(signal, () => readings.stop());
      if (now && !signal?.aborted) readings.begin(now);
      return () => readings.stop();
    };
    // Reports go the way of events, of which only their readers know more.
    const stream = makeEvents(start, { ...READINGS, onGap() {}, buffers: this.buffers, callSites: false });
    return {
      [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator]() as unknown as AsyncIterator<CounterReport>,
      observe: () => stream.observe() as unknown as Observable<CounterReport>,
    };
  }

  open(link: AgentLink): void {
    for (const each of [...this.readings]) each.begin(link);
  }

  end(): void {
    for (const each of [...this.readings]) each.stop();
  }
}
