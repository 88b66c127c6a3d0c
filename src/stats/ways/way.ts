/** A way to the memory of a segment. */
import type { StatsWay } from '../types.js';

/** Result of a way that works. */
export interface Reached {
  /** Descriptor of the segment's file, for reading. The caller closes it. */
  readonly fd: number;
  /** Process that listens on the socket, where that is known. */
  readonly pid?: number;
}

export interface Way {
  readonly name: StatsWay;
  /** Rejects with a WayError, or another error that says in words why it does not work. */
  reach(socket: string): Promise<Reached>;
}

/** The reason why no way can work: of the socket, not of the way. */
export class WayError extends Error {
  constructor(
    readonly kind: 'missing' | 'refused' | 'permission' | 'silent' | 'other',
    message: string,
  ) {
    super(message);
    this.name = 'WayError';
  }
}
