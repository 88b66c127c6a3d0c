/** Listens to VPP's events of interfaces, as long as there is a wish. */

import type { Mux } from '../../sdk/index.js';

export class InterfaceEvents {
  private stop: AbortController | undefined;

  constructor(
    private readonly mux: Pick<Mux, 'channel'>,
    /** Called for each event, and where events were lost. */
    private readonly seen: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Begins or ends. */
  listen(isWanted: boolean): void {
    if (isWanted === (this.stop !== undefined)) return;
    if (isWanted) {
      this.stop = new AbortController();
      void this.follow(this.stop.signal);
    } else {
      this.stop?.abort(new Error('there is no wish'));
      this.stop = undefined;
    }
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const channel = this.mux.channel({ name: 'wish events', access: 'read', signal });
    try {
      for await (const _ of channel.events('sw_interface_event')) this.seen();
    } catch (error) {
      if (!signal.aborted) this.failed(error);
    } finally {
      channel.close();
    }
  }
}
