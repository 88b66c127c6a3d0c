/**
 * Starts and closes plugins:
 *
 *   new ──start──▶ starting ──▶ running ──close──▶ closing ──▶ closed
 *                     └── a step fails, or close() is called ──▲
 *
 * Start: create and init of each plugin in order, then every afterInit. Close: in reverse order, each plugin whose init
 * succeeded, whatever happens to the others.
 */

import { isA } from '../../thrown.js';
import { showDuration } from '../config/duration.js';
import { AgentError, reasonOf, stackOf } from '../errors.js';
import { INTERRUPTED, OVERDUE, within } from '../lifetime/budget.js';
import type { OperationsRegistry } from '../operations/registry.js';
import type { Timing } from '../timings.js';
import type { ServiceContainer } from './container.js';
import { createdBy } from './create-instance.js';
import type { Member, Up } from './plugin-record.js';
import { goneWith, goOnWithout } from './skip-failed.js';
import { closeInTurn, takeDown } from './stop-plugins.js';

export interface Budgets {
  /** Milliseconds for each init and each afterInit. */
  readonly startMs: number;
  /** Milliseconds for all `close` together. */
  readonly stopMs: number;
}

/** Reason for the end of a skipped plugin. */
const FAILED = 'its start failed';

type State = 'new' | 'starting' | 'running' | 'closing' | 'closed';

export class LifeCycle {
  readonly timings: Timing[] = [];
  #up: Up[] = [];
  readonly #interrupt = new AbortController();
  #state: State = 'new';
  #starting: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  constructor(
    readonly members: readonly Member[],
    readonly container: ServiceContainer,
    readonly operations: OperationsRegistry,
    readonly budgets: Budgets,
    /** Called when a plugin does not close properly after a failed start, which throws another error. */
    readonly onCloseFailed: (error: AgentError) => void,
  ) {}

  get state(): State {
    return this.#state;
  }

  /** Names of the running plugins, in start order. */
  get running(): string[] {
    return this.#up.map(({ member }) => member.plugin.name);
  }

  /**
   * Starts all plugins. When one fails, the started ones are closed again and its PLUGIN_FAILED or PLUGIN_TIMEOUT is
   * thrown. A `close()` meanwhile ends the start early and without an error.
   */
  start(): Promise<void> {
    if (this.#state !== 'new') throw new AgentError('BAD_STATE', `an agent starts once; this one is ${this.#state}`);
    this.#state = 'starting';
    this.#starting = this.#takeUp();
    return this.#starting;
  }

  /** Closes all plugins. Rejects with an AggregateError of the ones that did not close properly. */
  close(): Promise<void> {
    this.#closing ??= this.#closeOnce();
    return this.#closing;
  }

  async #closeOnce(): Promise<void> {
    this.#interrupt.abort();
    await this.#starting?.catch(() => {});
    if (this.#state === 'closed') return;
    const errors = await this.#takeDown();
    if (errors.length > 0) throw new AggregateError(errors, errors.map((error) => error.message).join('; '));
  }

  async #takeDown(): Promise<AgentError[]> {
    this.#state = 'closing';
    const errors = await takeDown(this.#up, this.operations, this.budgets.stopMs, this.timings);
    this.#state = 'closed';
    return errors;
  }

  async #takeUp(): Promise<void> {
    try {
      for (const member of this.members) await this.#unlessOptional(member, () => this.#init(member));
      for (const up of [...this.#up]) {
        // One that requires a plugin that failed meanwhile is closed already.
        if (this.#up.includes(up)) await this.#unlessOptional(up.member, () => this.#afterInit(up));
      }
      if (this.#interrupt.signal.aborted) return;
      for (const { member } of this.#up) member.part.life('ok', 'running');
      this.#state = 'running';
    } catch (failure) {
      for (const error of await this.#takeDown()) this.onCloseFailed(error);
      throw failure;
    }
  }

  async #unlessOptional(member: Member, step: () => Promise<void>): Promise<void> {
    if (this.#interrupt.signal.aborted) return;
    try {
      await step();
    } catch (error) {
      if (!isA(error, AgentError)) throw error;
      goOnWithout(member, error);
      await this.#leaveOut(member);
    }
  }

  /**
   * Ends an optional plugin that failed. One whose init succeeded is closed, after the plugins that require its
   * services.
   */
  async #leaveOut(member: Member): Promise<void> {
    const { plugin, control, end } = member;
    const { operations, budgets, timings } = this;
    const gone = goneWith(member, this.#up);
    this.#up = this.#up.filter((up) => !gone.includes(up));
    for (const up of gone) this.container.withdraw(up.member.plugin);
    const errors = await closeInTurn(gone, FAILED, operations, budgets.stopMs, timings);
    for (const each of errors) this.onCloseFailed(each);
    await control.end();
    await operations.dismiss(plugin.name, end.because(FAILED), budgets.stopMs);
  }

  async #init(member: Member): Promise<void> {
    const { plugin, log, part, end } = member;
    part.life('init', 'starting');
    try {
      const { closing, ended } = end;
      const services = await this.container.servicesFor(plugin, { log, status: part, closing, ended });
      const run = async () => {
        const created = createdBy(member, services);
        await created.init?.();
        return created;
      };
      // An init that was given up may still succeed; then it is closed here.
      const instance = await this.#step(member, 'init', run, (created) => created.close?.());
      if (instance === INTERRUPTED) return end.complete('the agent is closing');
      this.#up.push({ member, instance });
      this.container.publish(plugin, instance.provide);
      this.container.contribute(plugin, instance.contribute, ended);
      this.operations.register({
        plugin: plugin.name,
        concurrency: plugin.concurrency,
        implementations: instance.operations ?? [],
        hooks: instance,
        log,
        loop: member.loop,
      });
      part.life('init', 'initialised');
    } catch (error) {
      end.announce();
      const isUp = this.#up.some((up) => up.member === member);
      if (!isUp) end.complete(FAILED);
      throw error;
    }
  }

  async #afterInit({ member, instance }: Up): Promise<void> {
    try {
      if ((await this.#step(member, 'afterInit', () => instance.afterInit?.())) === INTERRUPTED) return;
    } catch (error) {
      member.end.announce();
      throw error;
    }
    member.control.begin(instance);
  }

  /**
   * Runs one step within its time budget. Throws PLUGIN_FAILED for its error, PLUGIN_TIMEOUT when it takes too long.
   */
  async #step<T>(
    member: Member,
    step: 'init' | 'afterInit',
    run: () => T | Promise<T>,
    undo: (result: T) => unknown = () => {},
  ): Promise<T | typeof INTERRUPTED> {
    const { name } = member.plugin;
    const late = (running: Promise<T>) => {
      running.then(undo).catch((error: unknown) => {
        member.log.warn(stackOf(error), `its ${step}, given up before, failed after all: ${reasonOf(error)}`);
      });
    };
    const began = performance.now();
    const leave = member.loop.enter(name, step);
    let failed = true;
    try {
      const outcome = await within(() => member.loop.call(name, step, run), this.budgets.startMs, {
        signal: this.#interrupt.signal,
        late,
      });
      if (outcome === OVERDUE) {
        const budget = showDuration(this.budgets.startMs);
        const text = `plugin ${name}: its ${step} has not finished within ${budget} (start-timeout in agent.yaml)`;
        throw new AgentError('PLUGIN_TIMEOUT', text, { plugin: name });
      }
      failed = false;
      return outcome;
    } catch (error) {
      if (isA(error, AgentError)) throw error;
      throw new AgentError('PLUGIN_FAILED', `plugin ${name}: its ${step} failed: ${reasonOf(error)}`, {
        plugin: name,
        cause: error,
      });
    } finally {
      leave();
      this.timings.push({ step, plugin: name, ms: performance.now() - began, failed });
    }
  }
}
