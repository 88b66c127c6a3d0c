/** The channels of a session, by the numbers that its client chose. */

import { RefusedError, type Untyped, VppmuxError } from '../../../mux/index.js';
import type { OpenFrame } from '../../../remote/protocol/index.js';
import { type Channel, Fault } from '../../../sdk/index.js';
import type { Visit } from '../visit.js';
import { FrameFault } from './frame-fault.js';
import type { SessionServices } from './session-services.js';

export interface SessionChannel {
  readonly channel: Channel<Untyped>;
  readonly replyBytes: number;
  readonly replyTimeoutMs: number;
}

export class SessionChannels {
  private readonly all = new Map<number, SessionChannel>();

  constructor(
    private readonly visit: Visit,
    private readonly limits: SessionServices['limits'],
  ) {}

  get numbers(): readonly number[] {
    return [...this.all.keys()];
  }

  get size(): number {
    return this.all.size;
  }

  /** Throws CHANNEL_CLOSED where it is not open. */
  get(number: number): SessionChannel {
    const own = this.all.get(number);
    if (own === undefined) throw closedError(number);
    return own;
  }

  /** Throws what the client is told. */
  open({ type: _, channel: number, ...options }: OpenFrame): Channel<Untyped> {
    const { visit } = this;
    const limits = this.limits();
    if (this.all.has(number)) throw new FrameFault(`open: channel ${number} is open already`);
    if (this.all.size >= limits.channels) {
      throw new Fault('BUSY', `${limits.channels} channels are open on this socket (max-channels in remote.conf)`);
    }
    if (options.access === 'write' && visit.access === 'read') {
      throw new RefusedError('READ_ONLY', `${visit.name} may only read, and so can its channels`, {
        outcome: 'not-sent',
      });
    }
    const { replyBytes = limits.replyBytes, replyTimeoutMs = limits.replyTimeoutMs } = options;
    if (replyBytes > limits.replyBytes) {
      const text = `replyBytes is at most ${limits.replyBytes} (max-buffer in remote.conf), not ${replyBytes}`;
      throw new VppmuxError('BAD_OPTION', text);
    }
    const channel = visit.open({ ...options, replyBytes, replyTimeoutMs });
    this.all.set(number, { channel, replyBytes, replyTimeoutMs });
    return channel;
  }

  /** False where it is not open. */
  close(number: number): boolean {
    const own = this.all.get(number);
    if (own === undefined) return false;
    this.all.delete(number);
    this.visit.close(own.channel);
    return true;
  }

  /** Forgets all; the end of the visit closes them. */
  clear(): void {
    this.all.clear();
  }
}

export function closedError(number: number): VppmuxError {
  return new VppmuxError('CHANNEL_CLOSED', `channel ${number} of this socket is not open`, { outcome: 'not-sent' });
}
