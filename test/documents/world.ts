/** The world that commands and programs of documents run against: an agent as `npm start` runs it, or a mock alone. */

import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { type MockOptions, type MockVpp, startMock } from '../../mock-vpp/index.js';
import { builtTree, root } from '../support/built.js';
import { ownAgents } from '../support/own-agents.js';
import { sharedPath } from '../support/shared.js';
import { Shell } from './shell.js';

/**
 * `agent`: with its embedded mock; `mock`: no agent; `both`: an agent and a mock; `nothing`: no VPP either; `release`: a mock
 * with all definitions of VPP 26.06, but one plugin's.
 */
export type WorldKind = 'agent' | 'mock' | 'both' | 'nothing' | 'release';

/** The `write-token` of the agent. */
export const TOKEN = 'a-token-of-the-documents-tests-0123456789';

export interface World {
  readonly folder: string;
  readonly shell: Shell;
  /** API socket of the VPP that is there; where there is none, a path without a socket. */
  readonly socket: string;
  /** Stats socket of the mock. */
  readonly statsSocket: string;
  /** HOST:PORT of the agent, where one runs. */
  readonly agent: string | undefined;
  /** The mock alone, where one runs. */
  readonly mock: MockVpp | undefined;
  readonly env: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

export async function startWorld(kind: WorldKind): Promise<World> {
  builtTree();
  const base = mkdtempSync(join(tmpdir(), 'vppmux-doc-'));
  const folder = join(base, 'clone');
  furnish(folder);
  const socket = join(folder, 'vpp.sock');
  const statsSocket = join(folder, 'stats.sock');
  const mock =
    kind === 'agent' || kind === 'nothing'
      ? undefined
      : await startMock({ socket, stats: { socket: statsSocket }, ...mockOptions(kind, folder) });
  const agent = kind === 'agent' || kind === 'both' ? await startAgent(folder, mock?.socket) : undefined;
  const there = { folder, mock, statsSocket, agent: agent?.url, socket: agent?.socket ?? socket };
  const env = { VPP_API_SOCKET: there.socket, ...ownAgents(folder) };
  const stop = async () => {
    await agent?.stop();
    await mock?.stop();
    rmSync(base, { recursive: true, force: true });
  };
  return { ...there, env, shell: new Shell(folder, env), stop };
}

/** A release: without the plugin abf, as where VPP has not loaded it. */
function mockOptions(kind: WorldKind, folder: string): Partial<MockOptions> {
  if (kind !== 'release') return {};
  const all = sharedPath('vpp-api', '26.06');
  const apiDir = join(folder, 'api');
  cpSync(all, apiDir, { recursive: true, filter: (path) => basename(path) !== 'abf.api.json' });
  return { apiDir, version: '26.06-release' };
}

/** The folder of somebody who has vppmux installed, and a copy of conf/ that is changed as little as it can be. */
function furnish(folder: string): void {
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  for (const name of ['ws', '@types', 'rxjs', 'zod']) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  symlinkSync(root, join(folder, 'node_modules', 'vppmux'));
  writeFileSync(join(folder, 'package.json'), '{ "name": "reader", "private": true, "type": "module" }\n');
  cpSync(join(root, 'conf'), join(folder, 'conf'), { recursive: true });
  rmSync(join(folder, 'conf', 'http.conf'));
  const http = ['endpoint: 127.0.0.1:0', `write-token: ${TOKEN}`, ''].join('\n');
  writeFileSync(join(folder, 'conf', 'http.conf'), http, { mode: 0o600 });
  writeFileSync(join(folder, 'conf', 'desired-state.conf'), `state-dir: ${join(folder, 'wishes')}\n`);
  // Else it speaks in between every ten seconds.
  writeFileSync(join(folder, 'conf', 'interface-lister.conf'), 'every: 1h\n');
  writeFileSync(join(folder, 'conf', 'trace.conf'), 'enabled: true\nring: 1000\n');
}

/** As `npm start` does; with `socket`, against the VPP there. */
async function startAgent(folder: string, socket: string | undefined) {
  const args = [join(root, 'bin', 'vppmux.js'), 'run', '--config-dir', 'conf'];
  args.push(...(socket === undefined ? ['--mock', 'always'] : ['--socket', socket]));
  const env = { PATH: process.env.PATH, HOME: folder, ...ownAgents(folder) };
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const found = (pattern: RegExp) => lines.map((line) => pattern.exec(line)?.[1]).find((text) => text !== undefined);
  const ended = new Promise<void>((resolve) => void child.once('close', () => resolve()));
  const running = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      if (found(/"msg":"(connected to VPP)/)) resolve();
    });
  });
  await Promise.race([running, ended]);
  const [own, url] = [socket ?? found(/export VPP_API_SOCKET=([^"]+)"/), found(/listening at http:\/\/([^"]+)"/)];
  if (own === undefined || url === undefined) throw new Error(`the agent did not start:\n${lines.join('\n')}`);
  return { socket: own, url, stop: () => interrupted(child, ended) };
}

async function interrupted(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGINT');
  await ended;
  if (child.exitCode !== 0) throw new Error(`the agent ended with exit code ${child.exitCode}`);
}
