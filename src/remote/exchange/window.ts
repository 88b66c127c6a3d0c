/**
 * The window of a channel: so many of its requests are at the agent, the rest wait here in order. Closed while the agent does not have
 * the channel.
 */

import { Fifo } from '../../mux/fifo.js';
import type { AgentLink } from '../link/agent-link.js';

export interface Waiting {
  /** True once it was given up. */
  readonly isOver: boolean;
  start(link: AgentLink): void;
}

/** The room that all windows of a connection share: the agent bounds what one socket may have under way. */
export class Room {
  private readonly held = new Set<Window>();

  /** Calls `window.drain()` when there is room. */
  wait(window: Window): void {
    this.held.add(window);
  }

  /** Lets the window go on that has waited longest. */
  left(): void {
    const [first] = this.held;
    if (!first) return;
    this.held.delete(first);
    first.drain();
  }
}

export class Window {
  private link: AgentLink | undefined;
  private sent = 0;
  private readonly waiting = new Fifo<Waiting>();

  constructor(
    private readonly most: number,
    private readonly room: Room,
  ) {}

  /** True while nothing is at the agent or waits. */
  get isIdle(): boolean {
    return this.sent === 0 && this.waiting.length === 0;
  }

  /** Opens it, for what waits and what comes. */
  open(link: AgentLink): void {
    this.link = link;
    this.drain();
  }

  /** Closes it, and forgets what was sent; gives what waits. */
  close(): Waiting[] {
    this.link = undefined;
    this.sent = 0;
    return this.waiting.drain();
  }

  submit(one: Waiting): void {
    const { link } = this;
    if (link && this.waiting.length === 0 && this.sent < this.most && !link.isFull) this.start(one, link);
    else {
      this.waiting.push(one);
      if (link?.isFull) this.room.wait(this);
    }
  }

  /** One that was started has ended. */
  ended(): void {
    this.sent -= 1;
    if (this.waiting.length > 0) this.drain();
  }

  drain(): void {
    const { link, waiting } = this;
    while (link && waiting.length > 0 && this.sent < this.most) {
      if (link.isFull) {
        this.room.wait(this);
        return;
      }
      const next = waiting.shift();
      if (next && !next.isOver) this.start(next, link);
    }
  }

  private start(one: Waiting, link: AgentLink): void {
    this.sent += 1;
    one.start(link);
  }
}
