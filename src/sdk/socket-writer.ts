/**
 * Writes to one WebSocket no faster than the network takes it: one message is on its way, and the next is asked for when it has
 * been taken. What waits meanwhile is its owner's to keep within bounds, so that a client that does not read costs no more than that.
 */

/** The part of a WebSocket (of `ws`) that is used. */
export interface MessageSocket {
  /** `taken` is called when the network has taken the message, or never will. */
  send(text: string, taken: (error?: Error) => void): void;
}

export class SocketWriter {
  private readonly socket: MessageSocket;
  private readonly next: () => string | undefined;
  private isSending = false;
  private isScheduled = false;
  private isClosed = false;

  /** `next` gives the next message; undefined when there is none, until `wake` is called. */
  constructor(socket: MessageSocket, next: () => string | undefined) {
    this.socket = socket;
    this.next = next;
  }

  /** Tells that there is something to send. `next` is called behind this turn of the event loop, so that it can send all of it. */
  wake(): void {
    if (this.isScheduled || this.isSending) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      this.send();
    });
  }

  /** Sends nothing more. */
  close(): void {
    this.isClosed = true;
  }

  private send(): void {
    if (this.isClosed || this.isSending) return;
    const text = this.next();
    if (text === undefined) return;
    this.isSending = true;
    this.socket.send(text, (error) => {
      this.isSending = false;
      if (!error) this.send();
    });
  }
}
