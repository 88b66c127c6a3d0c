/**
 * Starts and closes plugins:
 *
 *   new ──start──▶ starting ──▶ running ──close──▶ draining ──▶ closing ──▶ closed
 *                     └── a step fails, or close() is called ────────▲
 *
 * Start: create and init of each plugin in order, then every afterInit. Close: every drain, then in reverse order each plugin
 * whose init succeeded, whatever happens to the others.
 */

import { debug } from '../../debug.js';
import { isA } from '../../thrown.js';
import { AgentError } from '../errors.js';
import { INTERRUPTED } from '../lifetime/budget.js';
import type { OperationsRegistry } from '../operations/registry.js';
import type { Timing } from '../status/timings.js';
import type { ServiceContainer } from './container.js';
import { createInstance } from './create-instance.js';
import { drainPlugins } from './drain-plugins.js';
import type { PluginRecord, RunningPlugin } from './plugin-record.js';
import { runStep } from './run-step.js';
import { skipFailed, withDependents } from './skip-failed.js';
import { stopPlugins, stopSome } from './stop-plugins.js';

export interface Budgets {
  /** Milliseconds for each init and each afterInit. */
  readonly startMs: number;
  /** Milliseconds for all `close` together. */
  readonly stopMs: number;
}

/** Reason for the end of a skipped plugin. */
const FAILED = 'its start failed';

type State = 'new' | 'starting' | 'running' | 'draining' | 'closing' | 'closed';

export class LifeCycle {
  readonly timings: Timing[] = [];
  private runningPlugins: RunningPlugin[] = [];
  private readonly interrupt = new AbortController();
  private current: State = 'new';
  private starting: Promise<void> | undefined;
  private closing: Promise<void> | undefined;

  constructor(
    readonly records: readonly PluginRecord[],
    readonly container: ServiceContainer,
    readonly operations: OperationsRegistry,
    readonly budgets: Budgets,
    /** Called when a plugin does not close properly after a failed start, which throws another error. */
    readonly onCloseFailed: (error: AgentError) => void,
  ) {}

  get state(): State {
    return this.current;
  }

  /** Names of the running plugins, in start order. */
  get running(): string[] {
    return this.runningPlugins.map(({ record }) => record.plugin.name);
  }

  /**
   * Starts all plugins. When one fails, the started ones are closed again and its PLUGIN_FAILED or PLUGIN_TIMEOUT is
   * thrown. A `close()` meanwhile ends the start early and without an error.
   */
  start(): Promise<void> {
    if (this.current !== 'new') throw new AgentError('BAD_STATE', `an agent starts once; this one is ${this.current}`);
    this.current = 'starting';
    this.starting = this.startAll();
    return this.starting;
  }

  /** Drains and closes all plugins. Rejects with an AggregateError of the ones that did not close properly. */
  close(): Promise<void> {
    this.closing ??= this.closeOnce();
    return this.closing;
  }

  private async closeOnce(): Promise<void> {
    this.interrupt.abort();
    await this.starting?.catch(() => {});
    if (this.current === 'closed') return;
    if (this.current === 'running') {
      this.current = 'draining';
      await drainPlugins(this.runningPlugins);
    }
    const errors = await this.stopAll();
    if (errors.length > 0) throw new AggregateError(errors, errors.map((error) => error.message).join('; '));
  }

  private async stopAll(): Promise<AgentError[]> {
    this.current = 'closing';
    const errors = await stopPlugins(this.runningPlugins, this.operations, this.budgets.stopMs, this.timings);
    this.current = 'closed';
    return errors;
  }

  private async startAll(): Promise<void> {
    try {
      for (const record of this.records) await this.stepOrSkip(record, () => this.init(record));
      for (const running of [...this.runningPlugins]) {
        // One that requires a plugin that failed meanwhile is closed already.
        if (this.runningPlugins.includes(running)) await this.stepOrSkip(running.record, () => this.afterInit(running));
      }
      if (this.interrupt.signal.aborted) return;
      for (const { record } of this.runningPlugins) record.status.life('ok', 'running');
      this.current = 'running';
    } catch (failure) {
      for (const error of await this.stopAll()) this.onCloseFailed(error);
      throw failure;
    }
  }

  private async stepOrSkip(record: PluginRecord, step: () => Promise<void>): Promise<void> {
    if (this.interrupt.signal.aborted) return;
    try {
      await step();
    } catch (error) {
      if (!isA(error, AgentError)) throw error;
      skipFailed(record, error);
      await this.skip(record);
    }
  }

  /**
   * Ends an optional plugin that failed. One whose init succeeded is closed, after the plugins that require its
   * services.
   */
  private async skip(record: PluginRecord): Promise<void> {
    const { plugin, control, end } = record;
    const { operations, budgets, timings } = this;
    const gone = withDependents(record, this.runningPlugins);
    debug.plugins?.(
      `going on without ${plugin.name}; closed for it: ${gone.map((running) => running.record.plugin.name).join(', ') || 'none'}`,
    );
    this.runningPlugins = this.runningPlugins.filter((running) => !gone.includes(running));
    for (const running of gone) this.container.withdraw(running.record.plugin);
    const errors = await stopSome(gone, FAILED, operations, budgets.stopMs, timings);
    for (const each of errors) this.onCloseFailed(each);
    await control.end();
    await operations.dismiss(plugin.name, end.because(FAILED), budgets.stopMs);
  }

  private async init(record: PluginRecord): Promise<void> {
    const { plugin, log, status, end } = record;
    status.life('init', 'starting');
    try {
      const { closing, ended } = end;
      const services = await this.container.servicesFor(plugin, { log, status, closing, ended });
      const run = async () => {
        const created = createInstance(record, services);
        await created.init?.();
        return created;
      };
      // An init that was given up may still succeed; then it is closed here.
      const instance = await this.step(record, 'init', run, (created) => created.close?.());
      if (instance === INTERRUPTED) return end.complete('the agent is closing');
      this.runningPlugins.push({ record, instance });
      this.container.publish(plugin, instance.provide);
      this.container.contribute(plugin, instance.contribute, ended);
      this.operations.register({
        plugin: plugin.name,
        dataplane: plugin.dataplane,
        concurrency: plugin.concurrency,
        implementations: instance.operations ?? [],
        hooks: instance,
        log,
        loop: record.loop,
      });
      status.life('init', 'initialised');
    } catch (error) {
      end.announce();
      const isUp = this.runningPlugins.some((running) => running.record === record);
      if (!isUp) end.complete(FAILED);
      throw error;
    }
  }

  private async afterInit({ record, instance }: RunningPlugin): Promise<void> {
    try {
      if ((await this.step(record, 'afterInit', () => instance.afterInit?.())) === INTERRUPTED) return;
    } catch (error) {
      record.end.announce();
      throw error;
    }
    record.control.begin(instance);
  }

  private step<T>(
    record: PluginRecord,
    step: 'init' | 'afterInit',
    run: () => T | Promise<T>,
    undo?: (result: T) => unknown,
  ): Promise<T | typeof INTERRUPTED> {
    const { budgets, timings } = this;
    return runStep(record, { step, run, undo, budgetMs: budgets.startMs, interrupt: this.interrupt.signal, timings });
  }
}
