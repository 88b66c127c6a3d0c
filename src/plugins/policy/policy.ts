/** The rules in force, as a listener of the data events. */

import type { CachedVerdict, ChannelInfo, ChannelMessage, DataListener, Refused } from '../../mux/index.js';
import type { Audit } from './audit.js';
import type { PolicyConfig } from './config.js';
import { Rule, type RuleRefusal } from './rule.js';

/** In `/status`, rules that refused are shown up to so many. */
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

  /** Other rules, from the next decision on. What their rates allow begins anew. */
  replace({ rules, default: otherwise }: PolicyConfig): void {
    this.rules = rules.map((rule, i) => new Rule(rule, i + 1, this.now));
    this.fallback = new Rule({ action: otherwise }, 0, this.now);
  }

  /** Whether anything could be refused: without that nobody needs to listen. */
  get isNeeded(): boolean {
    return [...this.rules, this.fallback].some(({ config }) => config.action !== 'allow');
  }

  firstMessage(session: ChannelInfo, message: ChannelMessage): CachedVerdict {
    const rule = this.rules.find((each) => each.isAbout(session, message)) ?? this.fallback;
    return rule.verdict(session);
  }

  refused(session: ChannelInfo, message: ChannelMessage, refusal: Refused): void {
    this.refusedInAll++;
    if (isByRule(refusal)) refusal.rule.refused++;
    const why = isByRule(refusal) ? refusal.rule.label : refusal.text;
    this.audit.refused(session, message.name, why, refusal, message.reads);
  }

  /** For `/status`: each value as it is when it is shown. */
  get shown() {
    const policy = this;
    return {
      get rules() {
        return policy.rules.length;
      },
      get default() {
        return policy.fallback.config.action;
      },
      /** Since the start, by whatever rules were in force. */
      get refused() {
        return policy.refusedInAll;
      },
      /** Of the rules in force, those that refused most. */
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

/** Else the channel refused it by itself, as it only reads, or it is never sent. */
function isByRule(refusal: Refused): refusal is RuleRefusal {
  return 'rule' in refusal;
}
