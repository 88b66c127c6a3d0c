import type { DeviceInstance } from './devices.js';

/** One end: the master listens on the socket file, the slave connects to it and makes the rings. */
export interface Memif extends DeviceInstance {
  readonly id: number;
  readonly socketId: number;
  readonly isMaster: boolean;
  readonly mode: number;
  readonly secret: string;
  readonly zeroCopy: boolean;
  /** The slave's wishes; nothing of a master's is ever seen. */
  readonly rings: Rings;
  /** Whether it has ever met a master, of whatever id: a slave shows its rings from then on. */
  hasRings: boolean;
  peer?: Memif;
}

export interface Rings {
  readonly size: number;
  readonly bufferSize: number;
  /** Queues that the slave receives from, and sends to. */
  readonly rx: number;
  readonly tx: number;
}
