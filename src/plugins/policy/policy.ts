/** The rules in effect, as a listener of the data events. */

import type { CachedVerdict, ChannelInfo, ChannelMessage, DataListener, Refused } from '../../mux/index.js';
import type { Audit } from './audit.js';
import type { PolicyConfig } from './config.js';
import { Rule, type RuleRefusal } from './rule.js';

/** Number of rules that `/status` shows as refusing. */
const SHOWN = 20;

export class Policy implements DataListener {
  readonly name = 'policy';
  private rules: readonly Rule[] = [];
  private fallback!: Rule;
  private refusedInAll = 0;

  constructor(
    config: PolicyConfig,
    private readonly audit: Audit,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.replace(config);
  }

  /** Replaces the rules, from the next decision on. Their rates begin anew. */
  replace({ rules, default: otherwise }: PolicyConfig): void {
    this.rules = rules.map((rule, i) => new Rule(rule, i + 1, this.now));
    this.fallback = new Rule({ action: otherwise }, 0, this.now);
  }

  /** Whether anything could be refused; otherwise nobody needs to listen. */
  get isNeeded(): boolean {
    return [...this.rules, this.fallback].some(({ config }) => config.action !== 'allow');
  }

  firstMessage(channel: ChannelInfo, message: ChannelMessage): CachedVerdict {
    const rule = this.rules.find((each) => each.appliesTo(channel, message)) ?? this.fallback;
    return rule.verdict(channel);
  }

  refused(channel: ChannelInfo, message: ChannelMessage, refusal: Refused): void {
    this.refusedInAll++;
    if (isByRule(refusal)) refusal.rule.refused++;
    const why = isByRule(refusal) ? refusal.rule.label : refusal.text;
    this.audit.refused(channel, message.name, why, refusal, message.reads);
  }

  /** The section of `/status`, whose values are read when it is shown. */
  get shown() {
    const policy = this;
    return {
      get rules() {
        return policy.rules.length;
      },
      get default() {
        return policy.fallback.config.action;
      },
      /** Refusals since the start, by whatever rules were in effect. */
      get refused() {
        return policy.refusedInAll;
      },
      /** The rules in effect that refused most. */
      get refusedBy() {
        return policy.refusing();
      },
    };
  }

  private refusing() {
    const refusing = [...this.rules, this.fallback].filter(({ refused }) => refused > 0);
    return refusing
      .sort((a, b) => b.refused - a.refused)
      .slice(0, SHOWN)
      .map(({ label, config, refused }) => ({ rule: label, action: config.action, refused }));
  }
}

/** Whether a rule refused it; otherwise the channel did, as it only reads, or the message is never sent. */
function isByRule(refusal: Refused): refusal is RuleRefusal {
  return 'rule' in refusal;
}
