/**
 * One log line for each refusal. What is refused again and again is told once, counted, and summed up after a minute: a
 * plugin that insists must not fill the disk.
 *
 * Each caller has a bound of its own, so that nobody hides another's refusals behind many of its own. Above it, only reads
 * become a mere number: what changes VPP, and what is on the deny list, keeps a line for each message name.
 */

import type { ChannelInfo, Refused } from '../../mux/index.js';
import type { Log } from '../../sdk/index.js';

const WINDOW_MS = 60_000;
/** More kinds than this at a time of one caller are counted together. */
const KINDS = 1000;
/** The same of names that are never counted together: twice as many as VPP has messages. */
const NAMES = 4096;

interface Kind {
  readonly fields: object;
  readonly text: string;
  /** Not told yet. */
  more: number;
}

/** One plugin, or this program itself. */
class Caller {
  readonly kinds = new Map<string, Kind>();
  /** Kinds by name only: what came when `kinds` was full, and must not become a mere number. */
  readonly names = new Map<string, Kind>();
  /** Refusals of too many kinds. */
  further = 0;
}

export class Audit {
  private readonly callers = new Map<string, Caller>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly log: Pick<Log, 'warn'>) {}

  /** `reads`: the message would have changed nothing. */
  refused({ id, name, owner = '' }: ChannelInfo, message: string, rule: string, refused: Refused, reads = true): void {
    const { refuse } = refused;
    const caller = this.callers.get(owner) ?? new Caller();
    this.callers.set(owner, caller);
    this.timer ??= setInterval(() => this.sumUp(), WINDOW_MS).unref();
    let key = [name, message, rule].join('\n');
    let kinds = caller.kinds;
    if (!kinds.has(key) && kinds.size >= KINDS && (!reads || refuse === 'FORBIDDEN_MESSAGE')) {
      key = message;
      kinds = caller.names;
    }
    const known = kinds.get(key);
    if (known) known.more++;
    else if (kinds.size >= (kinds === caller.kinds ? KINDS : NAMES)) caller.further++;
    else {
      const who = shown(owner);
      const text = `${message} of ${who}${name === undefined ? '' : ` (channel "${name}")`}`;
      const fields = { who, channel: id, channelName: name, message, rule, code: refuse };
      kinds.set(key, { fields, text: `${text}: ${rule}`, more: 0 });
      this.log.warn(fields, `refused ${text}: ${rule}`);
    }
  }

  /** Tells what is still counted. */
  close(): void {
    this.sumUp();
    this.callers.clear();
    this.end();
  }

  private sumUp(): void {
    const within = `within ${WINDOW_MS / 1000} s`;
    for (const [owner, caller] of this.callers) {
      for (const kinds of [caller.kinds, caller.names]) this.sumUpKinds(kinds, within);
      if (caller.further > 0) {
        const fields = { who: shown(owner), times: caller.further };
        const whose = owner === '' ? '' : ` of ${owner}`;
        this.log.warn(fields, `refused ${caller.further} times ${within}${whose}: too many kinds to tell each`);
        caller.further = 0;
      }
      if (caller.kinds.size + caller.names.size === 0) this.callers.delete(owner);
    }
    if (this.callers.size === 0) this.end();
  }

  private sumUpKinds(kinds: Map<string, Kind>, within: string): void {
    for (const [key, kind] of kinds) {
      const { fields, text, more } = kind;
      // Quiet for a whole window: the next one is news again.
      if (more === 0) kinds.delete(key);
      else this.log.warn({ ...fields, times: more }, `refused ${more} more times ${within}: ${text}`);
      kind.more = 0;
    }
  }

  private end(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}

function shown(owner: string): string {
  return owner === '' ? 'this program' : owner;
}
