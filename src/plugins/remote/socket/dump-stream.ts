/**
 * A dump for a client: rows go out in frames of some tens of KiB, as far as its credit goes and the network takes them. The rest waits,
 * packed within `replyBytes`, or in the buffer of its channel, within `replyBuffer` and `replyBytes` of it, as for any slow reader.
 */

import type { Dump, Fields } from '../../../mux/index.js';
import { Fault } from '../../../sdk/index.js';
import type { Credit } from './credit.js';
import type { Link } from './link.js';
import type { RowBuffer } from './row-buffer.js';
import { type OpenStream, type StreamEnd, Wakeup } from './stream.js';

/** Bytes that a frame of rows should have. */
const FRAME_BYTES = 32 * 1024;
const MOST_ROWS = 1024;

export interface DumpStreamOptions {
  readonly channel: number;
  readonly dump: Dump;
  /** Gives the dump up. */
  readonly abort: AbortController;
  /** Its last reply as the frame has it. */
  readonly shownReply: (reply: Fields) => Fields;
  /** Rows that wait to be sent. */
  readonly buffer: RowBuffer;
  /** Calls `start` when its turn has come; the function given back ends its turn, or its wait. */
  readonly begin: (start: () => void) => () => void;
  /** Milliseconds in which its turn must come. */
  readonly turnMs: number;
  /** Begins to count what waits of it, when its turn has come; the function given back ends that. */
  readonly share: () => () => void;
  readonly link: Link;
  readonly credit: Credit;
  readonly end: StreamEnd;
}

export class DumpStream implements OpenStream {
  readonly channel: number;
  private readonly options: DumpStreamOptions;
  /** Undefined before its turn. */
  private rows: AsyncIterator<Fields, undefined> | undefined;
  private free = () => {};
  private readonly wakeup = new Wakeup();
  /** Rows of a frame; corrected by the bytes of the last one. */
  private frameRows = 16;
  private readonly leave: () => void;
  private readonly timer: NodeJS.Timeout;
  private isOver = false;
  private isScheduled = false;

  constructor(options: DumpStreamOptions) {
    this.options = options;
    this.channel = options.channel;
    const { turnMs } = options;
    this.timer = setTimeout(() => {
      const text = `other dumps of its caller took all places for ${turnMs} ms (max-dumps in remote.conf); nothing was sent to VPP`;
      this.fail(new Fault('BUSY', text));
    }, turnMs);
    this.leave = options.begin(() => {
      clearTimeout(this.timer);
      void this.run();
    });
  }

  credit(count: number): void {
    this.options.credit.add(count);
    this.schedule();
  }

  end(): void {
    this.over();
    this.options.abort.abort();
    void this.rows?.return?.();
    this.wakeup.wake();
  }

  channelClosed(error: Error): void {
    this.fail(error);
  }

  private async run(): Promise<void> {
    const { credit, buffer, shownReply, share, dump, end } = this.options;
    // Behind the constructor, which may have called this.
    await undefined;
    if (this.isOver) return;
    try {
      this.free = share();
      const rows = dump[Symbol.asyncIterator]() as AsyncIterator<Fields, undefined>;
      this.rows = rows;
      for (;;) {
        while (buffer.isFull(credit.left)) {
          await this.sent();
          if (this.isOver) return;
        }
        const { value, done } = await rows.next();
        if (this.isOver) return;
        if (done) break;
        buffer.push(value);
        if (buffer.waiting >= this.frameRows) this.flush();
        else this.schedule();
      }
      while (buffer.waiting > 0) {
        await this.sent();
        if (this.isOver) return;
      }
      const { reply } = dump;
      const fields = reply && shownReply(reply);
      this.over();
      end.finish({ type: 'end', id: end.id, ...(fields && { reply: fields }) });
    } catch (error) {
      this.fail(error);
    }
  }

  private over(): void {
    this.isOver = true;
    clearTimeout(this.timer);
    this.leave();
    this.free();
  }

  private fail(error: unknown): void {
    if (this.isOver) return;
    try {
      this.flush();
    } catch {
      // Rows that cannot be written: what failed before is what the client is told.
    }
    this.end();
    this.options.end.fail(error);
  }

  /** Sends what may go; waits for credit or the network where something is left. */
  private async sent(): Promise<void> {
    const { buffer, credit } = this.options;
    this.flush();
    if (buffer.waiting > 0 || buffer.isFull(credit.left)) await this.wakeup.wait();
  }

  /** Sends what is there when this turn has brought no more. */
  private readonly schedule = (): void => {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      if (this.isOver) return;
      try {
        this.flush();
      } catch (error) {
        this.fail(error);
      }
    });
  };

  private flush(): void {
    const { buffer, credit, link } = this.options;
    while (buffer.waiting > 0 && credit.left > 0 && !link.isFull) {
      const { rows, bytes } = buffer.send(Math.min(credit.left, this.frameRows));
      credit.spend(rows);
      this.frameRows = Math.min(MOST_ROWS, Math.max(1, Math.round((FRAME_BYTES / Math.max(1, bytes)) * rows)));
    }
    if (link.isFull) link.whenRoom(this.schedule);
    this.wakeup.wake();
  }
}
