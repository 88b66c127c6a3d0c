/**
 * Ends a link on which a frame does not complete. VPP hands a whole message to the kernel; a frame that stays incomplete
 * means that the other side has stopped in the middle of one, or that what comes is no frames at all. Bytes that
 * trickle in are no sign of life, and nobody's answer can come behind them.
 *
 * It looks once a second instead of setting a timer for each frame: most frames that straddle two reads are complete a
 * moment later. A look is one turn of the event loop at least, so a program that was busy itself has read meanwhile
 * what had come.
 */

import { ConnectionError } from '../errors.js';

const LOOK_EVERY = 1000;
/** Number of looks at the same incomplete frame before the link is ended. */
const PATIENCE = 10;
/** A large frame that grows so much between two looks is on its way, bytes. */
const MOVES_ON = 1024 * 1024;

/** Input received so far. */
export interface FramesIn {
  /** Whole frames. */
  readonly frames: number;
  /** Bytes of an incomplete frame. */
  readonly incomplete: number;
}

export class FrameAge {
  private readonly timer: NodeJS.Timeout;
  private frames = 0;
  private bytes = 0;
  private looks = 0;

  constructor(
    private readonly input: FramesIn,
    private readonly path: string,
    private readonly end: (cause: ConnectionError) => void,
  ) {
    this.timer = setInterval(() => this.look(), LOOK_EVERY);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const { frames, incomplete } = this.input;
    if (incomplete === 0 || frames !== this.frames) this.looks = 0;
    else if (incomplete - this.bytes < MOVES_ON) this.looks++;
    this.frames = frames;
    this.bytes = incomplete;
    if (this.looks < PATIENCE) return;
    const seconds = (PATIENCE * LOOK_EVERY) / 1000;
    const text =
      `a message of which ${incomplete} bytes have come has not been completed for ${seconds} s: VPP has stopped in the ` +
      'middle of writing it, or what comes from this socket is not of VPP';
    this.end(new ConnectionError('FRAME_STALLED', text, { socket: this.path }));
  }
}
