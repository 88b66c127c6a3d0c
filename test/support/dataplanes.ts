/** An agent with several dataplanes, each a mock of its own with a wish of its own. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { MockOptions } from '../../mock-vpp/index.js';
import { createAgent } from '../../src/agent/boot/create-agent.js';
import { builtIns } from '../../src/plugins/built-ins.js';
import { Http, MAIN, Mux, named } from '../../src/sdk/index.js';
import { directoryWith, recordingLog, taker } from '../agent/support.js';
import { testMock } from './mock.js';

/** Quick, so that tests need not wait: of the connection of every dataplane. */
const QUICK = {
  'health-check-probe-interval': '50ms',
  'health-check-reply-timeout': '100ms',
  'retry-connect-timeout': '20ms',
};

/** Plugins that run once for each dataplane. */
const OF_EACH = ['desired-state', 'operations'];

export interface SeveralOptions {
  /** Further entries of agent.yaml. */
  readonly plugins?: readonly unknown[];
  /** Further files of the configuration. */
  readonly files?: Readonly<Record<string, string>>;
  /** Stats sockets in govpp.conf, by dataplane. */
  readonly statsSockets?: Readonly<Record<string, string>>;
  /** Options of the mock of each dataplane. */
  readonly mocks?: (dataplane: string) => Partial<MockOptions>;
}

/** Mocks by name, and the files of an agent for them. */
export async function severalMocks(
  others: readonly string[],
  { plugins = [], files = {}, statsSockets = {}, mocks: optionsOf = () => ({}) }: SeveralOptions = {},
) {
  const names = [MAIN, ...others];
  const mocks = new Map(await Promise.all(names.map(async (name) => [name, await testMock(optionsOf(name))] as const)));
  const mockOf = (name: string) => mocks.get(name) ?? mocks.get(MAIN)!;
  const stateDir = mkdtempSync(join(tmpdir(), 'vppmux-wishes-'));
  onTestFinished(() => rmSync(stateDir, { recursive: true, force: true }));
  const endpointOf = (name: string) => ({
    'binapi-socket-path': mockOf(name).socket,
    ...(statsSockets[name] !== undefined && { 'stats-socket-path': statsSockets[name] }),
  });
  const endpoints = others.map((name) => [name, endpointOf(name)]);
  const ofEach = names.flatMap((dataplane) => OF_EACH.map((plugin) => ({ plugin, dataplane })));
  const wishConf = (dataplane: string) =>
    dataplane === MAIN ? 'desired-state.conf' : `desired-state-${dataplane}.conf`;
  const configDir = directoryWith({
    'agent.yaml': JSON.stringify({
      plugins: ['govpp', 'http', 'health', 'gateway', ...ofEach, ...plugins, 'user'],
    }),
    'govpp.conf': JSON.stringify({
      ...endpointOf(MAIN),
      dataplanes: Object.fromEntries(endpoints),
      ...QUICK,
    }),
    'http.conf': JSON.stringify({ endpoint: '127.0.0.1:0', 'loopback-access': 'write' }),
    ...Object.fromEntries(names.map((name) => [wishConf(name), JSON.stringify({ 'state-dir': stateDir })])),
    ...files,
  });
  return { names, mockOf, configDir };
}

/** All of it, running and connected. */
export async function severalDataplanes(others: readonly string[], options: SeveralOptions = {}) {
  const { names, mockOf, configDir } = await severalMocks(others, options);
  const { log, text, lines } = recordingLog('info');
  const tokens = Object.fromEntries(names.map((name) => [name, named(Mux, name)]));
  const user = taker({ ...tokens, http: Http });
  const agent = await createAgent({ builtIns: { ...builtIns, user: user.plugin }, configDir, log, env: {} });
  onTestFinished(() => agent.close());
  await agent.start();
  const services = user.taken() as Readonly<Record<string, unknown>>;
  const muxOf = (name: string) => services[name] as Mux;
  await Promise.all(names.map((name) => muxOf(name).ready()));
  const client = agent.operations.open({ name: 'test', access: 'write' });
  return { agent, client, names, mockOf, muxOf, configDir, text, lines, server: (services.http as Http).server };
}
