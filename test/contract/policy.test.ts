/** The policy of an agent over a real socket: rules in effect, changed while it runs, audited and counted. */

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAgent } from '../../src/agent/index.js';
import { govppPlugin } from '../../src/plugins/govpp/plugin.js';
import { policyPlugin } from '../../src/plugins/policy/plugin.js';
import { Rule } from '../../src/plugins/policy/rule.js';
import { Mux } from '../../src/sdk/mux.js';
import { directoryWith, recordingLog, taker } from '../agent/support.js';
import { testMock } from '../support/mock.js';

/** An agent with plugins that only hand out their Mux, by name. */
async function agentWith(policy: string | undefined, names = ['lab', 'billing']) {
  const mock = await testMock();
  const { log, text } = recordingLog('info');
  const configDir = directoryWith({
    'govpp.conf': `binapi-socket-path: ${mock.socket}\nhealth-check-probe: none\n`,
    ...(policy === undefined ? {} : { 'policy.yaml': policy }),
  });
  const users = new Map(names.map((name) => [name, taker({ mux: Mux }, name)]));
  const agent = await createAgent({
    plugins: [govppPlugin(), policyPlugin, ...[...users.values()].map(({ plugin }) => plugin)],
    configDir,
    log,
    env: {},
    watch: true,
  });
  onTestFinished(() => agent.close());
  await agent.start();
  const muxOf = (name: string): Mux => users.get(name)!.taken().mux;
  await muxOf(names[0]).ready();
  const file = join(configDir, 'policy.yaml');
  return { mock, agent, text, muxOf, file, policy: () => agent.status.status.details.policy };
}

const untilTrue = (check: () => unknown) => vi.waitFor(check, { interval: 10 });

describe('policy', () => {
  it('rules: hold for those that they name; a refusal is an error, a log line and a number', async () => {
    const { mock, muxOf, text, policy } = await agentWith(
      'rules:\n  # only look\n  - plugins: lab\n    messages: writes\n    action: refuse\n    text: look, do not touch\n',
    );
    const [lab, billing] = [muxOf('lab').channel({ name: 'probe' }), muxOf('billing').newAPIChannel()];
    await expect(lab.request('show_version')).resolves.toMatchObject({ retval: 0 });
    for (let i = 0; i < 3; i++) {
      await expect(lab.request('create_loopback')).rejects.toMatchObject({
        code: 'REFUSED',
        outcome: 'not-sent',
        message: expect.stringContaining(
          '"probe" of lab) was refused and not sent: refused by rule 1 (policy.yaml:3): look, do not touch',
        ),
      });
    }
    await expect(billing.sendRequest('create_loopback').receiveReply()).resolves.toMatchObject({ retval: 0 });
    expect(mock.received('create_loopback')).toBe(1);
    expect(text().match(/policy warn: refused .*/g)).toEqual([
      'policy warn: refused create_loopback of lab (channel "probe"): rule 1 (policy.yaml:3)',
    ]);
    const shown = { rules: 1, default: 'allow', refused: 3 };
    expect(policy()).toMatchObject({ ...shown, refusedBy: [{ rule: 'rule 1 (policy.yaml:3)', refused: 3 }] });
    expect(muxOf('lab').stats().perChannel).toContainEqual(
      expect.objectContaining({ name: 'probe', owner: 'lab', requests: 1 }),
    );
  });

  it('a changed file: counts at once, also for channels that were decided before; a broken one changes nothing', async () => {
    const { muxOf, text, file } = await agentWith(undefined);
    const ch = muxOf('lab').channel();
    await ch.request('show_version');
    expect(text()).toContain('policy info: everything is allowed');
    writeFileSync(file, 'rules:\n  - messages: show_version\n    action: refuse\n');
    await untilTrue(() => expect(text()).toContain('policy info: 1 rule in effect, default: allow'));
    await expect(ch.request('show_version')).rejects.toMatchObject({ code: 'REFUSED' });
    await expect(ch.request('control_ping')).resolves.toMatchObject({ retval: 0 });
    writeFileSync(file, 'rules:\n  - messages: show_version\n    action: refuze\n');
    await untilTrue(() => expect(text()).toMatch(/policy\.yaml:3:13: rules\[0\]\.action: must be one of/));
    await expect(ch.request('show_version')).rejects.toMatchObject({ code: 'REFUSED' });
    rmSync(file);
    await untilTrue(() => expect(text().match(/everything is allowed/g)).toHaveLength(2));
    await expect(ch.request('show_version')).resolves.toMatchObject({ retval: 0 });
  });

  it.each([
    ['the first that refuses anything', undefined],
    ['beside others', 'rules:\n  - messages: cli_inband\n    action: refuse\n'],
  ])('a rule that comes while streams are open and requests wait, %s: both end with it at once', async (_, before) => {
    const { mock, muxOf, file } = await agentWith(before);
    const ch = muxOf('lab').channel({ requestBuffer: 1 });
    const events = ch.events('sw_interface_event');
    await events.ready();
    const next = events[Symbol.asyncIterator]().next();
    mock.misbehave({ silent: { messages: 'show_threads' } });
    const sent = ch.request('show_threads');
    const waits = ch.request('create_loopback');
    await untilTrue(() => expect(mock.received('show_threads')).toBe(1));
    writeFileSync(
      file,
      'rules:\n  - messages: [sw_interface_event, create_loopback, show_threads]\n    action: refuse\n',
    );
    await expect(next).rejects.toMatchObject({ code: 'REFUSED', messageName: 'sw_interface_event' });
    await expect(waits).rejects.toMatchObject({ code: 'REFUSED', outcome: 'not-sent' });
    ch.close();
    await expect(sent).rejects.toMatchObject({ outcome: 'unknown' });
    expect(mock.received('create_loopback')).toBe(0);
  });

  it('rules that only moved in the file: are told with their new lines', async () => {
    const rules = 'rules:\n  - messages: show_version\n    action: refuse\n';
    const { agent, muxOf, text, file } = await agentWith(rules);
    const refused = () => expect(muxOf('lab').channel().request('show_version')).rejects.toThrow(/REFUSED|refused/);
    await refused();
    writeFileSync(file, `# a remark\n\n${rules}`);
    agent.reload();
    await untilTrue(async () => {
      await refused();
      expect(text()).toContain('rule 1 (policy.yaml:4)');
    });
  });

  it('a read-only channel: what it refuses is in the log and in the count, also without rules', async () => {
    const { muxOf, text, policy, file } = await agentWith(undefined);
    const ch = muxOf('lab').channel({ access: 'read', name: 'wall' });
    const refused = () => expect(ch.request('create_loopback')).rejects.toMatchObject({ code: 'READ_ONLY' });
    await refused();
    const line = 'refused create_loopback of lab (channel "wall"): the channel only reads';
    expect(text()).toContain(line);
    expect(policy()).toMatchObject({ rules: 0, refused: 1, refusedBy: [] });
    writeFileSync(file, 'rules:\n  - messages: cli*\n    action: refuse\n');
    await untilTrue(() => expect(text()).toContain('1 rule in effect'));
    await refused();
    expect(policy()).toMatchObject({ rules: 1, refused: 2, refusedBy: [] });
  });

  it('a message that is never sent: is in the log and in the count, also without rules', async () => {
    const { muxOf, text, policy } = await agentWith(undefined);
    await expect(muxOf('lab').channel().request('rx_thread_exit')).rejects.toMatchObject({ code: 'FORBIDDEN_MESSAGE' });
    expect(text()).toContain('refused rx_thread_exit of lab: it is never sent: VPP ends a thread of its own');
    expect(policy()).toMatchObject({ rules: 0, refused: 1, refusedBy: [] });
  });

  it('want_*: a rule about it is about event subscriptions as well', async () => {
    const { muxOf } = await agentWith('rules:\n  - messages: "want_*"\n    action: refuse\n');
    const ch = muxOf('lab').channel();
    await expect(ch.request('want_interface_events', { enable_disable: 1 })).rejects.toMatchObject({ code: 'REFUSED' });
    await expect(ch.events('sw_interface_event').ready()).rejects.toMatchObject({ code: 'REFUSED' });
  });

  it('a rate: each plugin has its own, and what is too much is never sent', async () => {
    const { mock, muxOf } = await agentWith(
      'rules:\n  - messages: writes\n    action: rate\n    per-second: 0.001\n    burst: 2\n',
    );
    const codes = async (name: string) => {
      const ch = muxOf(name).channel();
      const all = await Promise.allSettled([1, 2, 3, 4].map(() => ch.request('create_loopback')));
      return all.map((each) => (each.status === 'rejected' ? each.reason.code : 'sent'));
    };
    expect(await codes('lab')).toEqual(['sent', 'sent', 'RATE_LIMITED', 'RATE_LIMITED']);
    expect(await codes('lab')).toEqual(['RATE_LIMITED', 'RATE_LIMITED', 'RATE_LIMITED', 'RATE_LIMITED']);
    expect(await codes('billing')).toEqual(['sent', 'sent', 'RATE_LIMITED', 'RATE_LIMITED']);
    expect(mock.received('create_loopback')).toBe(4);
  });

  it('a hundred rules: are gone through for the first message of its name in a channel, not for later ones nor for replies', async () => {
    const rules = Array.from({ length: 100 }, (_, i) => `  - messages: none_${i}\n    action: refuse\n`).join('');
    const { muxOf } = await agentWith(`rules:\n${rules}`);
    const looked = vi.spyOn(Rule.prototype, 'appliesTo');
    onTestFinished(() => looked.mockRestore());
    const [one, other] = [muxOf('lab').channel(), muxOf('billing').channel()];
    const work = async () => {
      for (const ch of [one, other]) await ch.request('show_version');
      await one.dump('sw_interface_dump').toArray();
    };
    await work();
    expect(looked).toHaveBeenCalledTimes(300);
    for (let i = 0; i < 50; i++) await work();
    expect(looked).toHaveBeenCalledTimes(300);
  });

  it('every way to be refused: a line in the log that says who, what and by which rule', async () => {
    const { muxOf, text, policy } = await agentWith(
      [
        'default: refuse',
        'rules:',
        '  - messages: create_loopback',
        '    action: rate',
        '    per-second: 0.001',
        '    burst: 1',
        '  - messages: [sw_interface_dump, want_interface_events, cli_inband]',
        '    action: refuse',
        '  - messages: "*_event"',
        '    action: allow',
      ].join('\n'),
    );
    const ch = muxOf('lab').channel({ name: 'probe' });
    const reader = muxOf('lab').channel({ name: 'wall', access: 'read' });
    const api = muxOf('billing').newAPIChannel();
    await ch.request('create_loopback');
    const refused = [
      () => ch.request('create_loopback'),
      () => ch.request('cli_inband'),
      () => ch.request('show_version'),
      () => ch.dump('sw_interface_dump').toArray(),
      () => ch.events('sw_interface_event').ready(),
      () => api.sendMultiRequest('sw_interface_dump').receiveReply(),
      () => api.sendRequest('show_threads').receiveReply(),
      () => reader.request('delete_loopback'),
    ];
    for (const attempt of refused) await expect(attempt()).rejects.toMatchObject({ outcome: 'not-sent' });
    expect(text().match(/(?<=policy warn: )refused .*/g)).toEqual([
      'refused create_loopback of lab (channel "probe"): rule 1 (policy.yaml:3)',
      'refused cli_inband of lab (channel "probe"): rule 2 (policy.yaml:7)',
      'refused show_version of lab (channel "probe"): the default',
      'refused sw_interface_dump of lab (channel "probe"): rule 2 (policy.yaml:7)',
      'refused want_interface_events of lab (channel "probe"): rule 2 (policy.yaml:7)',
      'refused sw_interface_dump of billing: rule 2 (policy.yaml:7)',
      'refused show_threads of billing: the default',
      'refused delete_loopback of lab (channel "wall"): the channel only reads',
    ]);
    expect(policy()).toMatchObject({ refused: refused.length });
  });

  it('default refuse: the connection itself goes on, and names that nothing bears are told', async () => {
    const { agent, muxOf, text } = await agentWith(
      'default: refuse\nrules:\n  - plugins: [lab, biling]\n    messages: [reads, sw_interface_dmp]\n    action: allow\n',
    );
    await expect(muxOf('lab').channel().dump('sw_interface_dump').toArray()).resolves.toHaveLength(1);
    await expect(muxOf('billing').channel().request('show_version')).rejects.toMatchObject({
      code: 'REFUSED',
      message: expect.stringContaining('refused by the default'),
    });
    expect(agent.status.status.overall).toBe('ok');
    expect(text()).toMatch(/policy\.yaml:3:14: no plugin that runs is called biling; did you mean "billing"\?/);
    await untilTrue(() =>
      expect(text()).toMatch(
        /policy\.yaml:4:15: no request or event of VPP is called sw_interface_dmp; did you mean "sw_interface_dump"\?/,
      ),
    );
  });

  it('a policy.yaml that is wrong: the agent does not start', async () => {
    await expect(agentWith('rules:\n  - mesages: cli\n    action: refuse\n')).rejects.toThrow(
      /policy\.yaml:2:5: unknown key "mesages"; did you mean "messages"\?/,
    );
  });
});
