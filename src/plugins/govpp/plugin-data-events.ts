/** The data events as one plugin has them: its listeners end with it, also when it is left out and nobody else ends them. */

import type { DataEvents, DataListener } from '../../mux/index.js';

export class PluginDataEvents implements DataEvents {
  constructor(
    private readonly all: DataEvents,
    /** Aborted when the plugin ends. */
    private readonly closing: AbortSignal,
  ) {}

  listen<A>(listener: DataListener<A>): () => void {
    const { closing } = this;
    if (closing.aborted) return () => {};
    const leave = this.all.listen(listener);
    const stop = () => {
      closing.removeEventListener('abort', stop);
      leave();
    };
    closing.addEventListener('abort', stop);
    return stop;
  }

  decideAgain<A>(listener: DataListener<A>): void {
    this.all.decideAgain(listener);
  }
}
