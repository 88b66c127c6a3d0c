/** The data events as one plugin has them: its listeners end with it, also when it is left out and nobody else ends them. */

import type { DataEvents, DataListener } from '../../mux/index.js';

export class PluginDataEvents implements DataEvents {
  private readonly stops = new Set<() => void>();

  constructor(
    private readonly all: DataEvents,
    /** Aborted when the plugin ends. */
    private readonly closing: AbortSignal,
  ) {
    // One, however many there are: Node warns of a leak from the eleventh on.
    closing.addEventListener('abort', () => {
      for (const stop of this.stops) stop();
    });
  }

  listen<A>(listener: DataListener<A>): () => void {
    if (this.closing.aborted) return () => {};
    const leave = this.all.listen(listener);
    const stop = () => {
      this.stops.delete(stop);
      leave();
    };
    this.stops.add(stop);
    return stop;
  }

  decideAgain<A>(listener: DataListener<A>): void {
    this.all.decideAgain(listener);
  }
}
