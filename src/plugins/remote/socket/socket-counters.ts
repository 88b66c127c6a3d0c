/** Counts what goes over the WebSockets at /ws, for metrics. */

export class SocketCounters {
  framesIn = 0;
  framesOut = 0;
  bytesIn = 0;
  bytesOut = 0;
  resumes = 0;
  /** By code of the error that a client got. */
  readonly refusals = new Map<string, number>();
  /** By code of the close. */
  readonly closes = new Map<string, number>();

  received(bytes: number): void {
    this.framesIn += 1;
    this.bytesIn += bytes;
  }

  sent(bytes: number): void {
    this.framesOut += 1;
    this.bytesOut += bytes;
  }

  resumed(): void {
    this.resumes += 1;
  }

  refused(code: string): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
  }

  /** Codes that clients choose are counted together: there are thousands. */
  closed(code: number): void {
    const label = code < 1015 || code >= 4400 ? String(code) : 'other';
    this.closes.set(label, (this.closes.get(label) ?? 0) + 1);
  }
}
