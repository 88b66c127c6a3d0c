/**
 * Another agent with the same label: each of them would write over the other's state, and carry out the other's wish. It is noticed by
 * its `instance` in the state of this label. While it is there, both write their states now and then, so that each sees the other.
 */

export interface RivalSeen {
  readonly instance: string;
  readonly since: Date;
}

export interface RivalParts {
  readonly instance: string;
  /** Writes the own state again. */
  readonly repeat: () => void;
  /** Called when it is noticed, and when it is gone. */
  readonly changed: (rival: RivalSeen | undefined) => void;
  /** Milliseconds between two states that are written for it; three times that without one of its, and it is gone. */
  readonly beatMs: number;
}

export class Rival {
  seen: RivalSeen | undefined;
  private beats = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly parts: RivalParts) {}

  /** The state of this label was written, by whomever. */
  wrote(value: Buffer): void {
    const instance = instanceIn(value);
    if (instance === undefined || instance === this.parts.instance) return;
    this.beats = 0;
    if (this.seen?.instance === instance) return;
    this.seen = { instance, since: new Date() };
    this.timer ??= setInterval(() => this.beat(), this.parts.beatMs);
    this.parts.changed(this.seen);
    this.parts.repeat();
  }

  /** The state of this label was removed: the other one has ended, or somebody has deleted it. */
  removed(): void {
    this.parts.repeat();
    this.forget();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private beat(): void {
    if (++this.beats > BEATS) this.forget();
    else this.parts.repeat();
  }

  private forget(): void {
    if (this.seen === undefined) return;
    this.seen = undefined;
    this.stop();
    this.parts.changed(undefined);
  }
}

const BEATS = 3;

function instanceIn(value: Buffer): string | undefined {
  try {
    const { instance } = JSON.parse(value.toString()) as { readonly instance?: unknown };
    return typeof instance === 'string' ? instance.slice(0, 64) : undefined;
  } catch {
    return undefined;
  }
}
