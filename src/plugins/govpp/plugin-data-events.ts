/** The data events as one plugin has them: its listeners end with it, also when it failed to start and is skipped. */

import type { DataEvents, DataListener } from '../../mux/index.js';
import { PluginResources } from '../../sdk/index.js';

export class PluginDataEvents implements DataEvents {
  private readonly all: DataEvents;
  private readonly opened: PluginResources;

  /** `ended`: aborted when the plugin has ended. */
  constructor(all: DataEvents, ended: AbortSignal, left?: (what: string) => void) {
    this.all = all;
    this.opened = new PluginResources(ended, left);
  }

  listen<A>(listener: DataListener<A>): () => void {
    this.opened.check();
    return this.opened.add('listener', this.all.listen(listener));
  }

  decideAgain<A>(listener: DataListener<A>): void {
    this.opened.check();
    this.all.decideAgain(listener);
  }
}
