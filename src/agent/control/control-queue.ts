/**
 * The control events of one plugin: in the order in which they were published, one at a time, from its `afterInit` on
 * until it closes. What was published before waits for it; what is left at the end is dropped.
 *
 * A hook that fails is logged in one line and makes the plugin `degraded` until a later one succeeds. One that takes
 * longer than its time budget is logged as well, and the plugin's further events wait for it: never two hooks at a time.
 */

import type { Logger } from 'pino';
import { showDuration } from '../../duration.js';
import type { ConfigState } from '../config/config-state.js';
import { reasonOf, stackOf } from '../errors.js';
import { INTERRUPTED, OVERDUE, within } from '../lifetime/budget.js';
import { secretMask } from '../log/redact.js';
import type { DataplaneEvent, RedundancyEvent } from '../plugin/control-events.js';
import type { AnyInstance } from '../plugin/plugin.js';
import type { LoopWatch } from '../process/loop-watch.js';
import type { StatusEntry } from '../status/status-entry.js';
import { ConfigInEffect } from './config-in-effect.js';

/** Events that may wait for a plugin. Beyond, the oldest are dropped, but never the newest configuration. */
const MOST_WAITING = 100;
/** Time that the close of a plugin waits for a hook that still runs. */
const END_MS = 100;

/** Result of a job that had nothing to do, which says nothing about its hook. */
const SKIPPED = Symbol('skipped');

const REFUSED = 'it has refused its configuration (config in /status, and the log, say why)';

type Hook = 'configuration' | 'dataplane' | 'redundancy' | 'saveState';

interface Job {
  readonly hook: Hook;
  run(plugin: AnyInstance): unknown;
}

/** The plugin whose events they are, with everything that their outcome is reported to. */
export interface QueueOwner {
  readonly name: string;
  readonly log: Logger;
  readonly status: StatusEntry;
  readonly loop: LoopWatch;
  readonly state: ConfigState;
}

export class ControlQueue {
  private readonly waiting: Job[] = [];
  private readonly stop = new AbortController();
  private plugin: AnyInstance | undefined;
  private running: Promise<void> | undefined;
  private overdue = false;
  private ended = false;
  private dropsLogged = false;
  /** Result of its last `saveState`, and whether that was after the last change of role. */
  private saved: { readonly state: unknown; readonly fresh: boolean } = { state: undefined, fresh: false };
  private readonly inEffect: ConfigInEffect;

  constructor(
    readonly owner: QueueOwner,
    config: unknown,
    readonly budgetMs: number,
  ) {
    this.inEffect = new ConfigInEffect(config, owner);
  }

  /** The configuration in effect. */
  get config(): unknown {
    return this.inEffect.value;
  }

  /** Starts to deliver. */
  begin(plugin: AnyInstance): void {
    this.plugin = plugin;
    this.next();
  }

  /** Stops delivering. Resolves when the running hook has returned, or after END_MS. */
  async end(): Promise<void> {
    this.ended = true;
    this.waiting.length = 0;
    if (this.running && !this.overdue) await within(() => this.running, END_MS);
    this.stop.abort();
  }

  dataplane(event: DataplaneEvent): void {
    this.add({ hook: 'dataplane', run: (plugin) => plugin.dataplane?.(event) });
  }

  redundancy(event: Omit<RedundancyEvent, 'state'>): void {
    this.add({ hook: 'saveState', run: (plugin) => (this.saved.fresh ? SKIPPED : this.save(plugin)) });
    this.add({
      hook: 'redundancy',
      run: (plugin) => {
        this.saved = { ...this.saved, fresh: false };
        return plugin.redundancy?.({ ...event, state: this.saved.state });
      },
    });
  }

  /** Resolves when the plugin has returned its state, or after the time budget. */
  async saveState(): Promise<void> {
    if (!this.plugin?.saveState || this.ended) return;
    const asked = new Promise<void>((resolve) => {
      this.add({ hook: 'saveState', run: (plugin) => this.save(plugin).finally(resolve) });
    });
    await within(() => asked, this.budgetMs, { signal: this.stop.signal });
  }

  /**
   * Queues checked configuration, which may differ from the one in effect, with the file that it is from, or would be.
   */
  configuration(after: unknown, file: string): void {
    const change = async (plugin: AnyInstance) =>
      (await this.inEffect.change(plugin, after, file)) ? undefined : SKIPPED;
    this.add({ hook: 'configuration', run: change });
  }

  /** Whether its plugin runs: it has started, and was neither skipped nor closed. */
  get isServed(): boolean {
    return this.plugin !== undefined && !this.ended;
  }

  /**
   * Takes checked configuration of a plugin that was skipped: a change is logged, and takes effect at the next start.
   */
  configurationOfSkipped(after: unknown, file: string): Promise<unknown> {
    return this.inEffect.change({}, after, file);
  }

  private async save(plugin: AnyInstance): Promise<void> {
    if (plugin.saveState) this.saved = { state: await plugin.saveState(), fresh: true };
  }

  private add(job: Job): void {
    if (this.ended || (this.plugin && !hasHook(this.plugin, job))) return;
    this.waiting.push(job);
    if (this.waiting.length > MOST_WAITING) {
      const newest = this.waiting.findLast(({ hook }) => hook === 'configuration');
      this.waiting.splice(this.waiting[0] === newest ? 1 : 0, 1);
      if (!this.dropsLogged) {
        this.owner.log.warn(`more than ${MOST_WAITING} control events wait for it; the oldest are dropped`);
      }
      this.dropsLogged = true;
    }
    this.next();
  }

  private next(): void {
    const plugin = this.plugin;
    if (this.running || !plugin || this.ended) return;
    let job = this.waiting.shift();
    while (job && !hasHook(plugin, job)) job = this.waiting.shift();
    if (!job) return;
    this.running = this.deliver(job, plugin).finally(() => {
      this.running = undefined;
      this.next();
    });
  }

  /** Never rejects. */
  private async deliver({ hook, run }: Job, plugin: AnyInstance): Promise<void> {
    // Leaves the stack of the publisher, which is another plugin.
    await undefined;
    if (this.ended) return;
    const { name, log, status, loop } = this.owner;
    const leave = loop.enter(name, hook);
    try {
      let late: Promise<unknown> | undefined;
      const outcome = await within(() => loop.call(name, hook, () => run(plugin)), this.budgetMs, {
        signal: this.stop.signal,
        late: (running) => {
          late = running;
        },
      });
      if (outcome === INTERRUPTED) return;
      if (outcome === OVERDUE) {
        this.overdue = true;
        const text = `its ${hook} has not returned within ${showDuration(this.budgetMs)} (control-timeout in agent.yaml)`;
        log.error(`plugin ${name}: ${text}; its further control events wait for it`);
        status.control(hook, text);
        await late;
        log.info(`its ${hook} has returned after all`);
      }
      if (outcome !== SKIPPED) status.control(hook, undefined);
    } catch (error) {
      const isConfig = hook === 'configuration';
      const reason = reasonOf(error);
      const text = `its ${hook} failed: ${isConfig ? secretMask(this.inEffect.involved)(reason) : reason}`;
      const line = `plugin ${name}: ${text}${isConfig ? '; the previous configuration stays in effect' : ''}`;
      log.error(stackOf(error), line);
      // Anybody may read /readiness, which names neither files nor keys.
      status.control(hook, isConfig ? REFUSED : text);
      if (isConfig) this.inEffect.refused(line);
    } finally {
      this.overdue = false;
      leave();
    }
  }
}

/** Whether a plugin has the hook of a job. Changed configuration concerns every plugin. */
function hasHook(plugin: AnyInstance, { hook }: Job): boolean {
  return hook === 'configuration' || plugin[hook] !== undefined;
}
