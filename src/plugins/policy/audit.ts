/**
 * Logs refusals, a line for each kind. Repeated ones are counted, and summed up after a minute: a plugin that insists must not fill
 * the disk.
 *
 * Each owner of channels has a bound of its own, so that none hides another's refusals behind many of its own. Above it, reads become
 * a mere number; messages that change VPP, and those on the deny list, keep a line for each message name.
 */

import type { ChannelInfo, Refused } from '../../mux/index.js';
import type { Log } from '../../sdk/index.js';

const WINDOW_MS = 60_000;
/** Kinds of one owner that are told apart at a time; more are counted together. */
const KINDS = 1000;
/** Message names of one owner that are never counted together: twice as many as VPP has messages. */
const NAMES = 4096;

interface Kind {
  readonly fields: object;
  readonly text: string;
  /** Refusals not logged yet. */
  more: number;
}

/** The refusals of one plugin, or of this program itself. */
class Refusals {
  readonly kinds = new Map<string, Kind>();
  /** Kinds by message name only: those that came when `kinds` was full, and must not become a mere number. */
  readonly names = new Map<string, Kind>();
  /** Refusals of too many kinds. */
  further = 0;
}

export class Audit {
  private readonly callers = new Map<string, Refusals>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly log: Pick<Log, 'warn'>) {}

  /** `reads`: the message would have changed nothing. */
  refused(
    { id, name, owner = '', role, peer }: ChannelInfo,
    message: string,
    rule: string,
    refused: Refused,
    reads = true,
  ): void {
    const { refuse } = refused;
    const caller = this.callers.get(owner) ?? new Refusals();
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
      const whose = role === undefined ? channelText(name) : ` (client ${id} "${name}"${peerText(peer)})`;
      const text = `${message} of ${who}${whose}`;
      const fields = { who, channel: id, channelName: name, role, peer, message, rule, code: refuse };
      kinds.set(key, { fields, text: `${text}: ${rule}`, more: 0 });
      this.log.warn(fields, `refused ${text}: ${rule}`);
    }
  }

  /** Logs the counts that are left. */
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
        this.log.warn(fields, `refused ${caller.further} times ${within}${whose}: too many kinds to log each`);
        caller.further = 0;
      }
      if (caller.kinds.size + caller.names.size === 0) this.callers.delete(owner);
    }
    if (this.callers.size === 0) this.end();
  }

  private sumUpKinds(kinds: Map<string, Kind>, within: string): void {
    for (const [key, kind] of kinds) {
      const { fields, text, more } = kind;
      // Quiet for a whole window: the next one is logged again.
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

/** `, uid 1000, pid 4711 calico-vpp` */
function peerText(peer: ChannelInfo['peer']): string {
  if (peer === undefined) return '';
  const process = peer.pid === undefined ? '' : `, pid ${peer.pid} ${peer.command ?? ''}`.trimEnd();
  return `, uid ${peer.uid}${process}`;
}

const channelText = (name: string | undefined) => (name === undefined ? '' : ` (channel "${name}")`);

function shown(owner: string): string {
  return owner === '' ? 'this program' : owner;
}
