import { describe, expect, it } from 'vitest';
import type { Log } from '../../../src/agent/plugin/services.js';
import type { ChannelInfo, ChannelMessage, Refusal } from '../../../src/mux/index.js';
import { Audit } from '../../../src/plugins/policy/audit.js';
import { policyConfig } from '../../../src/plugins/policy/config.js';
import { Policy } from '../../../src/plugins/policy/policy.js';

const silent = { warn() {} } as unknown as Log;

function policyOf(config: object, now = () => 0) {
  const policy = new Policy(policyConfig.parse(config), new Audit(silent), now);
  const ask = (owner: string | undefined, name: string, { reads = false, channel = '' } = {}): Refusal | undefined => {
    const session: ChannelInfo = { id: 1, name: channel, owner, access: 'write' };
    const message = { name, reads, kind: 'request' } as ChannelMessage;
    const standing = policy.firstMessage(session, message);
    const verdict = typeof standing === 'function' ? standing(message) : standing;
    if (verdict) policy.refused(session, message, verdict);
    return verdict;
  };
  return { policy, ask };
}

describe('policy', () => {
  it('the first rule that fits: decides', () => {
    const { ask } = policyOf({
      rules: [
        { plugins: 'lab-*', messages: ['reads', 'create_loopback'], action: 'allow' },
        { plugins: 'lab-*', action: 'refuse', text: 'labs look only' },
        { channels: 'import ?', messages: 'writes', action: 'refuse' },
      ],
    });
    expect(ask('lab-1', 'show_version', { reads: true })).toBeUndefined();
    expect(ask('lab-1', 'create_loopback')).toBeUndefined();
    expect(ask('lab-1', 'delete_loopback')).toMatchObject({
      refuse: 'REFUSED',
      text: 'refused by rule 2: labs look only',
    });
    expect(ask('other', 'delete_loopback')).toBeUndefined();
    expect(ask('other', 'delete_loopback', { channel: 'import 1' })).toMatchObject({ text: 'refused by rule 3' });
    expect(ask('other', 'sw_interface_dump', { channel: 'import 1', reads: true })).toBeUndefined();
  });

  it('default refuse: what no rule fits is refused, also of channels that are nobody’s', () => {
    const { ask, policy } = policyOf({ default: 'refuse', rules: [{ plugins: 'a', action: 'allow' }] });
    expect(ask('a', 'x')).toBeUndefined();
    expect(ask('b', 'x')).toMatchObject({ text: 'refused by the default' });
    expect(ask(undefined, 'x')).toMatchObject({ refuse: 'REFUSED' });
    expect(policy.shown).toMatchObject({
      default: 'refuse',
      refused: 2,
      refusedBy: [{ rule: 'the default', refused: 2 }],
    });
  });

  it('callers of a plugin: a rule for the plugin fits them, and one for a caller fits nobody else', () => {
    const { ask } = policyOf({
      rules: [
        { plugins: 'remote/read-*', messages: 'show_*', action: 'allow' },
        { plugins: 'remote/read-token', action: 'refuse' },
        { plugins: 'rem?te', messages: 'create_*', action: 'refuse' },
      ],
    });
    expect(ask('remote/read-token', 'show_version')).toBeUndefined();
    expect(ask('remote/read-token', 'delete_loopback')).toMatchObject({ text: 'refused by rule 2' });
    expect(ask('remote/write-token', 'delete_loopback')).toBeUndefined();
    expect(ask('remote/write-token', 'create_loopback')).toMatchObject({ text: 'refused by rule 3' });
    expect(ask('remote', 'create_loopback')).toMatchObject({ text: 'refused by rule 3' });
    expect(ask('remote', 'delete_loopback')).toBeUndefined();
  });

  const clientOf = (policy: Policy) => (role: string, name: string, message: string) =>
    policy.firstMessage({ id: 7, name, owner: role, role, access: 'write' }, {
      ...{ name: message, reads: false, kind: 'request' },
    } as ChannelMessage);

  it('rules for clients: by role and name; rules for plugins do not fit them, even where a role is called like a plugin', () => {
    const { policy, ask } = policyOf({
      rules: [
        { plugins: 'billing', action: 'allow' },
        { roles: 'guests', clients: 'lab-*', messages: 'create_*', action: 'refuse' },
        { roles: ['guests', 'billing'], messages: 'delete_*', action: 'refuse' },
      ],
    });
    const client = clientOf(policy);
    expect(client('guests', 'lab-1', 'create_loopback')).toMatchObject({ text: 'refused by rule 2' });
    expect(client('guests', 'calico', 'create_loopback')).toBeUndefined();
    expect(client('billing', 'x', 'delete_loopback')).toMatchObject({ text: 'refused by rule 3' });
    expect(ask('billing', 'delete_loopback')).toBeUndefined();
    expect(ask('guests', 'delete_loopback')).toBeUndefined();
  });

  it('a rule for plugins and clients at once: is refused', () => {
    const rules = [{ plugins: 'a', clients: 'b', action: 'allow' }];
    expect(() => policyConfig.parse({ rules })).toThrow('plugins and channels are for plugins');
  });

  it('rate: each client has its own', () => {
    const { policy } = policyOf({ rules: [{ roles: '*', action: 'rate', 'per-second': 1 }] });
    const ask = (channel: ChannelInfo) => {
      const message = { name: 'x', reads: false, kind: 'request' } as ChannelMessage;
      const verdict = policy.firstMessage(channel, message);
      return typeof verdict === 'function' ? verdict(message)?.refuse : verdict;
    };
    const [one, two] = [1, 2].map((id) => ({
      id,
      name: 'gopher',
      owner: 'api',
      role: 'api',
      access: 'write' as const,
    }));
    expect([ask(one), ask(one), ask(two), ask(two)]).toEqual([undefined, 'RATE_LIMITED', undefined, 'RATE_LIMITED']);
  });

  it('rate: each plugin has its own burst; more is refused with the time to wait', () => {
    let now = 0;
    const rules = [{ messages: 'writes', action: 'rate', 'per-second': 2, burst: 3, text: 'gently' }];
    const { ask } = policyOf({ rules }, () => now);
    const codes = (who: string, n: number) => Array.from({ length: n }, () => ask(who, 'x')?.refuse);
    expect(codes('a', 4)).toEqual([undefined, undefined, undefined, 'RATE_LIMITED']);
    expect(codes('b', 1)).toEqual([undefined]);
    expect(ask('a', 'x')?.text).toBe(
      'limited by rule 1: more than 2 a second (burst 3); the next may go in 500 ms; gently',
    );
    now = 500;
    expect(codes('a', 2)).toEqual([undefined, 'RATE_LIMITED']);
  });

  it('other rules: begin to count anew, the total goes on', () => {
    const { ask, policy } = policyOf({ rules: [{ messages: 'x', action: 'refuse' }] });
    ask('a', 'x');
    policy.replace(policyConfig.parse({ rules: [{ messages: 'y', action: 'refuse' }] }));
    ask('a', 'x');
    ask('a', 'y');
    expect(policy.shown).toMatchObject({ rules: 1, refused: 2, refusedBy: [{ rule: 'rule 1', refused: 1 }] });
    expect(JSON.parse(JSON.stringify(policy.shown))).toMatchObject({ refused: 2 });
  });

  it('no rule that refuses: nobody needs to listen', () => {
    expect(policyOf({}).policy.isNeeded).toBe(false);
    expect(policyOf({ rules: [{ action: 'allow' }] }).policy.isNeeded).toBe(false);
    expect(policyOf({ default: 'refuse' }).policy.isNeeded).toBe(true);
  });
});
