/**
 * Ends a link on which a frame does not complete. VPP hands a whole message to the kernel; a frame that stays incomplete
 * means that the other side has stopped in the middle of one, or does not send frames at all. Bytes that
 * trickle in are no sign of life, because no answer can come behind them.
 *
 * It checks once a second instead of setting a timer for each frame: most frames that straddle two reads are complete a
 * moment later. Between two checks there is at least one turn of the event loop, so a program that was busy itself has
 * read what had arrived.
 */

import { ConnectionError } from '../errors.js';

const CHECK_EVERY_MS = 1000;
/** Number of checks that find the same incomplete frame before the link is ended. */
const PATIENCE = 10;
/** Growth of a large frame between two checks that shows it is on its way, bytes. */
const PROGRESS = 1024 * 1024;

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
  private checks = 0;

  constructor(
    private readonly input: FramesIn,
    private readonly path: string,
    private readonly end: (cause: ConnectionError) => void,
  ) {
    this.timer = setInterval(() => this.check(), CHECK_EVERY_MS);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private check(): void {
    const { frames, incomplete } = this.input;
    if (incomplete === 0 || frames !== this.frames) this.checks = 0;
    else if (incomplete - this.bytes < PROGRESS) this.checks++;
    this.frames = frames;
    this.bytes = incomplete;
    if (this.checks < PATIENCE) return;
    const seconds = (PATIENCE * CHECK_EVERY_MS) / 1000;
    const text =
      `a message of which ${incomplete} bytes have come has not been completed for ${seconds} s: VPP has stopped in the ` +
      'middle of writing it, or what comes from this socket is not of VPP';
    this.end(new ConnectionError('FRAME_STALLED', text, { socket: this.path }));
  }
}
