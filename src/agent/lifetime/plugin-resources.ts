/**
 * Everything that one plugin has opened through one service. It is closed when the plugin ends, and more is refused.
 */

import { Observable } from 'rxjs';

interface Open {
  /** Its kind, in the singular, for messages. */
  readonly what: string;
  readonly close: () => void;
}

export class PluginResources {
  private readonly all = new Set<Open>();

  /**
   * `ended`: aborted at the end of the plugin, with the error that refuses later calls. `left` is called with what was
   * still open.
   */
  constructor(
    readonly ended: AbortSignal,
    left: (what: string) => void = () => {},
  ) {
    // One listener for everything: Node warns of a leak from the eleventh on.
    ended.addEventListener('abort', () => this.closeAll(left), { once: true });
  }

  /** Throws PLUGIN_ENDED once the plugin has ended. */
  check(): void {
    this.ended.throwIfAborted();
  }

  /**
   * Registers something that `close` closes. Returns the function that removes it, when it has been closed otherwise.
   */
  note(what: string, close: () => void): () => void {
    const open = { what, close };
    this.all.add(open);
    return () => void this.all.delete(open);
  }

  /** Registers something that `close` closes, and returns the function that closes it. */
  add(what: string, close: () => void): () => void {
    const forget = this.note(what, close);
    return () => {
      forget();
      close();
    };
  }

  /**
   * Settles as `work` does, or rejects with PLUGIN_ENDED when that comes first. `work` gets a signal that is aborted
   * then.
   */
  async during<T>(what: string, work: (signal: AbortSignal) => Promise<T>, given?: AbortSignal): Promise<T> {
    this.check();
    const giveUp = new AbortController();
    const follow = () => giveUp.abort(given?.reason);
    given?.addEventListener('abort', follow, { once: true });
    if (given?.aborted) follow();
    let forget = () => {};
    const ended = new Promise<never>((_, reject) => {
      forget = this.note(what, () => {
        reject(this.ended.reason);
        giveUp.abort(this.ended.reason);
      });
    });
    try {
      return await Promise.race([ended, work(giveUp.signal)]);
    } finally {
      forget();
      given?.removeEventListener('abort', follow);
    }
  }

  /** The values of `source` until the plugin ends: then it completes, and refuses later subscribers. */
  observe<T>(what: string, source: Observable<T>): Observable<T> {
    return new Observable((subscriber) => {
      if (this.ended.aborted) return subscriber.error(this.ended.reason);
      subscriber.add(this.note(what, () => subscriber.complete()));
      subscriber.add(source.subscribe(subscriber));
    });
  }

  private closeAll(left: (what: string) => void): void {
    const all = [...this.all];
    this.all.clear();
    if (all.length > 0) left(counted(all.map(({ what }) => what)));
    for (const { close } of all) {
      try {
        close();
      } catch {
        // The others are closed all the same.
      }
    }
  }
}

/** `2 tracers, 1 listener` */
function counted(all: readonly string[]): string {
  const kinds = [...new Set(all)].map((what) => [what, all.filter((each) => each === what).length] as const);
  return kinds.map(([what, count]) => `${count} ${what}${count === 1 ? '' : 's'}`).join(', ');
}
