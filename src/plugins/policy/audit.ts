/**
 * One log line for each refusal. What is refused again and again is told once, counted, and summed up after a minute: a
 * plugin that insists must not fill the disk.
 */

import type { Log } from '../../agent/services.js';
import type { ChannelSession, Refused } from '../../mux/index.js';

const WINDOW_MS = 60_000;
/** More kinds than this at a time are counted together. */
const KINDS = 1000;

interface Kind {
  readonly fields: object;
  readonly text: string;
  /** Not told yet. */
  more: number;
}

export class Audit {
  private readonly kinds = new Map<string, Kind>();
  private further = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly log: Pick<Log, 'warn'>) {}

  refused({ id, name, owner = '' }: ChannelSession, message: string, rule: string, { refuse }: Refused): void {
    const key = [owner, name, message, rule].join('\n');
    const known = this.kinds.get(key);
    if (known) {
      known.more++;
      return;
    }
    this.timer ??= setInterval(() => this.sumUp(), WINDOW_MS).unref();
    if (this.kinds.size >= KINDS) {
      this.further++;
      return;
    }
    const who = owner === '' ? 'this program' : owner;
    const text = `${message} of ${who}${name === undefined ? '' : ` (channel "${name}")`}`;
    const fields = { who, channel: id, channelName: name, message, rule, code: refuse };
    this.kinds.set(key, { fields, text: `${text}: ${rule}`, more: 0 });
    this.log.warn(fields, `refused ${text}: ${rule}`);
  }

  /** Tells what is still counted. */
  close(): void {
    this.sumUp();
    this.kinds.clear();
    this.end();
  }

  private sumUp(): void {
    const within = `within ${WINDOW_MS / 1000} s`;
    for (const [key, kind] of this.kinds) {
      const { fields, text, more } = kind;
      // Quiet for a whole window: the next one is news again.
      if (more === 0) this.kinds.delete(key);
      else this.log.warn({ ...fields, times: more }, `refused ${more} more times ${within}: ${text}`);
      kind.more = 0;
    }
    if (this.further > 0) {
      this.log.warn({ times: this.further }, `refused ${this.further} times ${within}: too many kinds to tell each`);
      this.further = 0;
    }
    if (this.kinds.size === 0) this.end();
  }

  private end(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
