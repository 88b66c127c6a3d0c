import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { interfaceSetState, systemCli, systemVersion } from '../../../src/plugins/index.js';
import { directoryWith } from '../../agent/support.js';
import { ownApiDir, socketPath } from '../../support/mock.js';
import { clientOf, mocked } from './support.js';

it('system.version: of VPP and of the agent', async () => {
  const { client } = await mocked({ version: '26.06-x', buildDate: '2026-06-24T00:00:00', buildDirectory: '/b' });
  expect(await client.call(systemVersion, {})).toEqual({
    program: 'vpe',
    version: '26.06-x',
    buildDate: '2026-06-24T00:00:00',
    buildDirectory: '/b',
    agent: 'vppmux',
    agentVersion: expect.stringMatching(/^\d+\.\d+\.\d+/),
  });
});

describe('system.cli', () => {
  it('off by default: EPERM, which says how to turn it on', async () => {
    const { mock, client } = await mocked();
    await expect(client.call(systemCli, { command: 'show version' })).rejects.toMatchObject({
      code: 'EPERM',
      message: 'system.cli is off; "cli: true" in operations.conf turns it on',
    });
    expect(mock.received('cli_inband')).toBe(0);
  });

  it('on: gives what VPP prints, and a warning in the log', async () => {
    const { client, text } = await mocked({}, { operations: { cli: true } });
    const { output } = await client.call(systemCli, { command: 'show version' });
    expect(output).toMatch(/^vpp v26\.06-mock built by mock/);
    expect(text()).toContain('operations warn: system.cli is on');
  });

  it('a command that VPP refuses: EINVAL with its words', async () => {
    const { client } = await mocked({}, { operations: { cli: true } });
    await expect(client.call(systemCli, { command: 'show bogus' })).rejects.toMatchObject({
      code: 'EINVAL',
      message: 'VPP refused the command "show bogus": show: unknown input `bogus\'',
    });
  });

  it('a refusal without words: its number', async () => {
    const { mock, client } = await mocked({}, { operations: { cli: true } });
    mock.handle('cli_inband', () => ({ retval: -7, reply: '' }));
    const call = client.call(systemCli, { command: 'clear x' });
    await expect(call).rejects.toMatchObject({ message: 'VPP refused the command "clear x": it said -7' });
  });

  it.each(['', '  ', 'show version\nset interface state loop0 up'])('%j: refused', async (command) => {
    const { client } = await mocked({}, { operations: { cli: true } });
    await expect(client.call(systemCli, { command })).rejects.toMatchObject({ code: 'INVALID_INPUT', path: 'command' });
  });

  it('turned on while the agent runs: counts at once', async () => {
    const { agent, client, configDir } = await mocked();
    await expect(client.call(systemCli, { command: 'show version' })).rejects.toMatchObject({ code: 'EPERM' });
    writeFileSync(join(configDir, 'operations.conf'), 'cli: true\n');
    agent.reload();
    const on = () =>
      client.call(systemCli, { command: 'show version' }).then(
        () => true,
        () => false,
      );
    await expect.poll(on).toBe(true);
  });
});

describe('every operation', () => {
  it('a client that only reads: may read, and writes nothing', async () => {
    const { mock, client } = await mocked({}, { access: 'read', operations: { cli: true } });
    await expect(client.call(systemVersion, {})).resolves.toMatchObject({ program: 'vpe' });
    await expect(client.call(interfaceSetState, { interface: 'local0', state: 'up' })).rejects.toMatchObject({
      code: 'READ_ONLY',
    });
    await expect(client.call(systemCli, { command: 'show version' })).rejects.toMatchObject({ code: 'READ_ONLY' });
    expect([mock.received('sw_interface_set_flags'), mock.received('cli_inband')]).toEqual([0, 0]);
  });

  it('says what it takes and gives: each key has a description', async () => {
    const { agent } = await mocked();
    const mute: string[] = [];
    const walk = (schema: unknown, path: string, named: boolean) => {
      if (typeof schema !== 'object' || schema === null) return;
      const { description, properties, items, anyOf } = schema as Record<string, unknown>;
      if (named && typeof description !== 'string') mute.push(path);
      for (const [key, each] of Object.entries(properties ?? {})) walk(each, `${path}.${key}`, true);
      walk(items, `${path}[]`, false);
      for (const each of (anyOf as unknown[] | undefined) ?? []) walk(each, path, false);
    };
    expect(agent.operations.catalogue).toHaveLength(18);
    for (const { operation, schemas } of agent.operations.catalogue) {
      walk(schemas.input, `${operation.name} input`, false);
      walk(schemas.output, `${operation.name} output`, false);
    }
    expect(mute).toEqual([]);
  });

  it('leaves no channel behind, whether it succeeds or not', async () => {
    const { client, mux } = await mocked();
    const before = mux.stats().channels;
    await client.call(systemVersion, {});
    await expect(client.call(interfaceSetState, { interface: 'x', state: 'up' })).rejects.toMatchObject({
      code: 'ENOENT',
    });
    expect(mux.stats().channels).toBe(before);
  });

  it('VPP away: ENOTCONN with the reason', async () => {
    const socket = socketPath();
    const { client } = await clientOf(socket, { away: true });
    for (const [name, input] of [
      ['system.version', {}],
      ['acl.list', {}],
      ['route.add', { routes: ['10.0.0.0/8 drop'] }],
    ] as const) {
      await expect(client.call(name, input)).rejects.toMatchObject({
        code: 'ENOTCONN',
        message: expect.stringContaining(socket),
      });
    }
  });

  it('VPP that does not answer: ETIMEDOUT', async () => {
    const { mock, client } = await mocked({}, { govpp: { 'reply-timeout': '50ms' } });
    mock.misbehave({ silent: { messages: 'show_version' } });
    await expect(client.call(systemVersion, {})).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  });

  it('a VPP without the ACL plugin: ENOTSUP, which names it', async () => {
    const apiDir = join(directoryWith({}), 'api');
    cpSync(ownApiDir, apiDir, { recursive: true });
    rmSync(join(apiDir, 'acl.api.json'));
    const { client } = await mocked({ apiDir }, { govpp: { 'api-dir': apiDir } });
    await expect(client.call('acl.list', {})).rejects.toMatchObject({
      code: 'ENOTSUP',
      message: 'this VPP has no ACLs: acl_plugin.so is not loaded (its message table has no acl_dump)',
    });
  });
});
