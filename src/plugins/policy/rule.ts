/** One rule in effect: the plugins, channels and messages that it applies to, and its verdict. */

import { basename } from 'node:path';
import { fits, fitsAny } from '../../glob.js';
import {
  type CachedVerdict,
  type ChannelInfo,
  type ChannelMessage,
  type Refusal,
  type RefusalCode,
  refuse,
} from '../../mux/index.js';
import { placeOf } from '../../sdk/index.js';
import { TokenBucket } from '../../token-bucket.js';
import type { RuleConfig } from './config.js';

/** A refusal with the rule that it comes from. */
export interface RuleRefusal extends Refusal {
  readonly rule: Rule;
}

export class Rule {
  refused = 0;
  /** Token buckets for `action: rate`, one for each plugin. */
  private readonly buckets = new Map<string | undefined, TokenBucket>();
  /** Likewise, one for each client of an API socket. */
  private readonly ofClients = new WeakMap<ChannelInfo, TokenBucket>();

  constructor(
    readonly config: RuleConfig,
    /** Position in the file, from 1; 0 is the default. */
    private readonly number: number,
    private readonly now: () => number,
  ) {}

  /** `rule 3 (policy.yaml:12)` */
  get label(): string {
    if (this.number === 0) return 'the default';
    const place = placeOf(this.config);
    return `rule ${this.number}${place ? ` (${basename(place.file)}:${place.line})` : ''}`;
  }

  appliesTo(channel: ChannelInfo, { name, reads }: ChannelMessage): boolean {
    const { messages } = this.config;
    if (!(channel.role === undefined ? this.appliesToPlugin(channel) : this.appliesToClient(channel))) return false;
    return !messages || messages.includes(reads ? 'reads' : 'writes') || fitsAny(messages, name);
  }

  verdict(channel: ChannelInfo): CachedVerdict {
    const { action, text } = this.config;
    if (action === 'allow') return undefined;
    if (action === 'refuse') return this.refusal('REFUSED', text);
    return () => this.meter(channel);
  }

  private appliesToPlugin({ owner = '', name = '' }: ChannelInfo): boolean {
    const { plugins, channels, roles, clients } = this.config;
    if (roles || clients || (plugins && !plugins.some((pattern) => fitsOwner(pattern, owner)))) return false;
    return !channels || fitsAny(channels, name);
  }

  private appliesToClient({ role = '', name = '' }: ChannelInfo): boolean {
    const { plugins, channels, roles, clients } = this.config;
    if (plugins || channels || (roles && !fitsAny(roles, role))) return false;
    return !clients || fitsAny(clients, name);
  }

  private meter(channel: ChannelInfo): RuleRefusal | undefined {
    const { 'per-second': perSecond = 1, burst = Math.ceil(perSecond), text } = this.config;
    const wait = this.bucketOf(channel, perSecond, burst).take();
    if (wait === 0) return undefined;
    const limit = `more than ${perSecond} a second (burst ${burst}); the next may go in ${wait} ms`;
    return this.refusal('RATE_LIMITED', text === undefined ? limit : `${limit}; ${text}`);
  }

  private bucketOf(channel: ChannelInfo, perSecond: number, burst: number): TokenBucket {
    const { role, owner } = channel;
    const known = role === undefined ? this.buckets.get(owner) : this.ofClients.get(channel);
    if (known) return known;
    const bucket = new TokenBucket(perSecond, burst, this.now);
    if (role === undefined) this.buckets.set(owner, bucket);
    else this.ofClients.set(channel, bucket);
    return bucket;
  }

  private refusal(code: RefusalCode, text: string | undefined): RuleRefusal {
    const why = code === 'REFUSED' ? `refused by ${this.label}` : `limited by ${this.label}`;
    return { ...refuse(code, text === undefined ? why : `${why}: ${text}`), rule: this };
  }
}

/** A pattern without a slash is for a plugin with all its callers: `remote` fits the owner `remote/read-token`. */
function fitsOwner(pattern: string, owner: string): boolean {
  return fits(pattern, pattern.includes('/') ? owner : owner.split('/', 1)[0]);
}
