/** A client's frame that is refused. */

export class FrameFault extends Error {
  /** `answer`: what an `error` frame can be about; without it the socket is closed with BAD_FRAME. */
  constructor(
    message: string,
    readonly answer?: { readonly id: number } | { readonly channel: number },
    /** Path of the value in the frame. */
    readonly path?: string,
  ) {
    super(message);
    this.name = 'FrameFault';
  }
}
