/**
 * The tracers of a connection. They cost nothing while there are none: a session's link is wrapped in a traced link for the
 * first one, and unwrapped after the last.
 */

import { kindAndReason } from '../../thrown.js';
import type { Session } from '../session/session.js';
import type { ConnectOptions, TraceEntry, Tracer } from '../types.js';
import { lookupOf } from './message-lookup.js';
import { TracedLink } from './traced-link.js';

export class Tracing {
  private readonly takers = new Set<{ take: (entry: TraceEntry) => void }>();
  /** Called when there are tracers, or none any more: for links that share them. */
  private readonly sharers = new Set<() => void>();
  private session: Session | undefined;
  private hasThrown = false;

  constructor(
    private readonly log: NonNullable<ConnectOptions['log']>,
    private readonly nameOf: (channel: number) => string | undefined,
  ) {}

  /** Function that a new link shows its messages to; undefined without tracers. */
  get wanted(): ((entry: TraceEntry) => void) | undefined {
    return this.takers.size > 0 ? this.show : undefined;
  }

  /** Shows `tracer` all messages from now on; the returned function ends that. */
  add(tracer: Tracer): () => void {
    const taker = { take: typeof tracer === 'function' ? tracer : (entry: TraceEntry) => tracer.add(entry) };
    this.takers.add(taker);
    this.settle();
    return () => {
      if (this.takers.delete(taker)) this.settle();
    };
  }

  /** Shows these tracers the messages of another link, too, until the returned function is called. */
  share(other: Tracing): () => void {
    let end: (() => void) | undefined;
    const settle = () => {
      if (this.takers.size > 0) end ??= other.add(this.show);
      else {
        end?.();
        end = undefined;
      }
    };
    this.sharers.add(settle);
    settle();
    return () => {
      this.sharers.delete(settle);
      end?.();
    };
  }

  /** Notes the present session; undefined when there is none. */
  onSession(session: Session | undefined): void {
    this.session = session;
    this.settle();
  }

  private settle(): void {
    for (const each of this.sharers) each();
    const { session } = this;
    if (session === undefined) return;
    const { link, generation, catalogue } = session;
    const traced = link instanceof TracedLink;
    if (this.takers.size === 0 && traced) session.relink(link.inner);
    else if (this.takers.size > 0) {
      const ownerOf = (context: number) => {
        const id = session.requesterOf(context)?.id;
        return id === undefined ? undefined : { id, name: this.nameOf(id) };
      };
      if (traced) link.ownerOf = ownerOf;
      else session.relink(new TracedLink(link, this.show, generation, lookupOf(catalogue), ownerOf));
    }
  }

  /** Shows a message to all tracers. An error of one harms nobody else, and is logged once. */
  private readonly show = (entry: TraceEntry): void => {
    for (const { take } of this.takers) {
      try {
        take(entry);
      } catch (error) {
        if (this.hasThrown) continue;
        this.hasThrown = true;
        this.log('warn', `the trace function of this connection throws: ${kindAndReason(error)}`);
      }
    }
  };
}
