/**
 * Takes a plugin through its whole life in an agent of its own, as an agent would: load, configuration, what it needs,
 * start; its operations, metrics, clients, control events, a VPP that goes away and comes back; close, and what is left then.
 */

import type { Logger } from 'pino';
import { tokenName } from '../../agent/for-cli.js';
import { AgentError, createLog, type Plugin, type PluginArguments } from '../../agent/index.js';
import { problemsOf } from '../doctor/config-check.js';
import type { Finding } from '../output/finding.js';
import { CONNECT_MS, dataplaneFinding, redundancyFinding, reloadFinding } from './control-findings.js';
import { configFinding, operationFindings } from './declaration-findings.js';
import { handlesFinding } from './handles-finding.js';
import { checkLeftovers, collectUncaughtErrors, takeStock } from './leftovers.js';
import { agentPlaces, loadNamedPlugin, type PluginFlags } from './load-plugin.js';
import { metricFindings } from './metric-findings.js';
import { recordSteps } from './recorded-plugin.js';
import { startFindings, stopFindings } from './start-and-stop.js';
import { showMs } from './steps.js';
import { type CheckContext, createTestAgent, type TestAgent } from './test-agent.js';

export interface CheckOptions extends PluginFlags {
  readonly reference: string;
  readonly args: PluginArguments;
  readonly config?: string;
  /** Further plugins that it needs, as it is named. */
  readonly with: readonly string[];
  /** Called with each line of the agent's log. */
  readonly onLog: (line: LogLine) => void;
  readonly signal: AbortSignal;
}

export interface LogLine {
  readonly level: string;
  readonly plugin?: string;
  readonly msg: string;
}

/** Finding after finding, as they are known. Throws the reason of `signal` when that is aborted. */
export async function* checkPlugin(subject: CheckOptions): AsyncGenerator<Finding> {
  const uncaught = collectUncaughtErrors();
  const before = takeStock();
  try {
    const plugin = yield* load(subject);
    if (plugin) yield* wholeLife(plugin, subject);
    if (plugin) yield* checkLeftovers(plugin, before, uncaught.errors);
  } finally {
    uncaught.stop();
  }
}

async function* load({ reference, ...flags }: CheckOptions): AsyncGenerator<Finding, Plugin | undefined> {
  const began = performance.now();
  try {
    const plugin = await loadNamedPlugin(reference, flags);
    const detail = `${plugin.name} ${plugin.version}, agent API ${plugin.agentApi}; loaded in ${showMs(performance.now() - began)}`;
    const fix = 'say what it is for: "description" in definePlugin';
    yield plugin.description === ''
      ? { check: 'plugin', ok: 'warn', detail: `${detail}; it has no description`, fix }
      : { check: 'plugin', ok: 'yes', detail };
    return plugin;
  } catch (error) {
    yield* refusals('plugin', error);
    return undefined;
  }
}

async function* wholeLife(plugin: Plugin, subject: CheckOptions): AsyncGenerator<Finding> {
  const { signal, configDir, config } = subject;
  const stalls: string[] = [];
  const log = logFor((line) => {
    if (line.msg.startsWith(STALL) && PLUGINS_WORK.has(line.level)) stalls.push(line.msg);
    subject.onLog(line);
  });
  const recorded = recordSteps(plugin, subject.args);
  let testAgent: TestAgent;
  try {
    const others = await Promise.all(subject.with.map((reference) => loadNamedPlugin(reference, { configDir })));
    testAgent = await createTestAgent({ plugin: recorded.plugin, others, config, configDir, log });
  } catch (error) {
    yield* refusals('config', error);
    return;
  }
  const interrupt = () => void testAgent.close().catch(() => {});
  signal.addEventListener('abort', interrupt);
  try {
    yield configFinding(plugin, config);
    yield needsFinding(plugin, testAgent);
    const { config: budgets } = agentPlaces(configDir);
    const running = { recorded, testAgent, controlMs: budgets['control-timeout'], signal };
    const isUp = yield* startFindings(running, budgets['start-timeout']);
    if (isUp) yield* runningFindings(running);
    yield* stopFindings(running, isUp, budgets['stop-timeout']);
    for (const detail of stalls) yield { check: 'event loop', ok: 'warn', detail };
  } finally {
    signal.removeEventListener('abort', interrupt);
    await testAgent.close().catch(() => {});
  }
}

async function* runningFindings(running: CheckContext): AsyncGenerator<Finding> {
  const { testAgent, signal } = running;
  await testAgent.services.mux?.ready({ timeoutMs: CONNECT_MS, signal });
  yield* operationFindings(running);
  yield* metricFindings(running);
  for (const finding of [handlesFinding, reloadFinding, redundancyFinding, dataplaneFinding]) {
    yield await finding(running);
    signal.throwIfAborted();
  }
}

/** Beginning of the agent's message about a blocked event loop. */
const STALL = 'the event loop was blocked';
/** Log levels at which the plugin is blamed; below them the machine was busy, or it was the start itself. */
const PLUGINS_WORK: ReadonlySet<string> = new Set(['error', 'warn']);

function logFor(hear: (line: LogLine) => void): Logger {
  return createLog({ level: 'debug', pretty: false, stream: { write: (line) => hear(JSON.parse(line)) } });
}

/** Findings for an error that keeps the agent from being assembled. */
function* refusals(check: string, error: unknown): Generator<Finding> {
  if (!(error instanceof AgentError)) throw error;
  const isConfig = error.code === 'CONFIG_INVALID' || error.code === 'CONFIG_NOT_FOUND';
  for (const detail of problemsOf(error))
    yield { check: isConfig || check === 'plugin' ? check : 'needs', ok: 'no', detail };
}

function needsFinding({ requires }: Plugin, { agent }: TestAgent): Finding {
  const needs = Object.values(requires).map((token) => {
    const provider = agent.plugins.find((other) => Object.values(other.provides).includes(token));
    return `${tokenName(token)}${provider ? ` of ${provider.name}` : ''}`;
  });
  return { check: 'needs', ok: 'yes', detail: needs.join(', ') || 'nothing' };
}
