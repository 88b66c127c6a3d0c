/**
 * The control events of one plugin: in the order in which they were published, one at a time, from its `afterInit` on
 * until it closes. What was published before waits for it; what is left at the end is dropped.
 *
 * A hook that fails is told in one line and makes the plugin `degraded` until a later one succeeds. One that takes
 * longer than its budget is told as well, and the plugin's own further events wait for it: never two at once.
 */

import type { Logger } from 'pino';
import { showDuration } from '../config/duration.js';
import { reasonOf, stackOf } from '../errors.js';
import { INTERRUPTED, OVERDUE, within } from '../lifetime/budget.js';
import { secretMask } from '../log/redact.js';
import type { Part } from '../part.js';
import type { AnyInstance } from '../plugin.js';
import type { LoopWatch } from '../process/loop-watch.js';
import { ConfigInForce } from './config-in-force.js';
import type { ConfigState } from './config-state.js';
import type { DataplaneEvent, RedundancyEvent } from './events.js';

/** More events than this wait for no plugin: the oldest are dropped, but never the newest configuration. */
const MOST_WAITING = 100;
/** How long the close of a plugin waits for a hook that still runs. */
const END_MS = 100;

/** Given by a job that had nothing to do, which says nothing of its hook. */
const SKIPPED = Symbol('skipped');

const REFUSED = 'it has refused its configuration (config in /status, and the log, say why)';

type Hook = 'configuration' | 'dataplane' | 'redundancy' | 'saveState';

interface Job {
  readonly hook: Hook;
  run(plugin: AnyInstance): unknown;
}

/** Whose events they are, and who is told what becomes of them. */
export interface QueueOwner {
  readonly name: string;
  readonly log: Logger;
  readonly part: Part;
  readonly loop: LoopWatch;
  readonly state: ConfigState;
}

export class ControlQueue {
  readonly #waiting: Job[] = [];
  readonly #stop = new AbortController();
  #plugin: AnyInstance | undefined;
  #running: Promise<void> | undefined;
  #overdue = false;
  #ended = false;
  #toldOfDrops = false;
  /** What its `saveState` gave last, and whether that was after the last change of role. */
  #saved: { readonly state: unknown; readonly fresh: boolean } = { state: undefined, fresh: false };
  readonly #config: ConfigInForce;

  constructor(
    readonly owner: QueueOwner,
    config: unknown,
    readonly budgetMs: number,
  ) {
    this.#config = new ConfigInForce(config, owner);
  }

  /** The configuration in force. */
  get config(): unknown {
    return this.#config.value;
  }

  /** Delivers from now on. */
  begin(plugin: AnyInstance): void {
    this.#plugin = plugin;
    this.#next();
  }

  /** Delivers nothing more; resolves when the hook that runs has returned, or after a moment. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#waiting.length = 0;
    if (this.#running && !this.#overdue) await within(() => this.#running, END_MS);
    this.#stop.abort();
  }

  dataplane(event: DataplaneEvent): void {
    this.#add({ hook: 'dataplane', run: (plugin) => plugin.dataplane?.(event) });
  }

  redundancy(event: Omit<RedundancyEvent, 'state'>): void {
    this.#add({ hook: 'saveState', run: (plugin) => (this.#saved.fresh ? SKIPPED : this.#save(plugin)) });
    this.#add({
      hook: 'redundancy',
      run: (plugin) => {
        this.#saved = { ...this.#saved, fresh: false };
        return plugin.redundancy?.({ ...event, state: this.#saved.state });
      },
    });
  }

  /** Resolves when the plugin has handed over its state, or has failed to within the budget. */
  async saveState(): Promise<void> {
    if (!this.#plugin?.saveState || this.#ended) return;
    const asked = new Promise<void>((resolve) => {
      this.#add({ hook: 'saveState', run: (plugin) => this.#save(plugin).finally(resolve) });
    });
    await within(() => asked, this.budgetMs, { signal: this.#stop.signal });
  }

  /** Checked configuration that may differ from what is in force, and the file that it is from, or would be. */
  configuration(after: unknown, file: string): void {
    const change = async (plugin: AnyInstance) =>
      (await this.#config.change(plugin, after, file)) ? undefined : SKIPPED;
    this.#add({ hook: 'configuration', run: change });
  }

  /** Whether its plugin runs: not before its start, and no more once it was left out or closed. */
  get isServed(): boolean {
    return this.#plugin !== undefined && !this.#ended;
  }

  /** Checked configuration of a plugin that was left out: a change is told, and waits for the next start. */
  configurationOfLeftOut(after: unknown, file: string): Promise<unknown> {
    return this.#config.change({}, after, file);
  }

  async #save(plugin: AnyInstance): Promise<void> {
    if (plugin.saveState) this.#saved = { state: await plugin.saveState(), fresh: true };
  }

  #add(job: Job): void {
    if (this.#ended || (this.#plugin && !hasHook(this.#plugin, job))) return;
    this.#waiting.push(job);
    if (this.#waiting.length > MOST_WAITING) {
      const newest = this.#waiting.findLast(({ hook }) => hook === 'configuration');
      this.#waiting.splice(this.#waiting[0] === newest ? 1 : 0, 1);
      if (!this.#toldOfDrops) {
        this.owner.log.warn(`more than ${MOST_WAITING} control events wait for it; the oldest are dropped`);
      }
      this.#toldOfDrops = true;
    }
    this.#next();
  }

  #next(): void {
    const plugin = this.#plugin;
    if (this.#running || !plugin || this.#ended) return;
    let job = this.#waiting.shift();
    while (job && !hasHook(plugin, job)) job = this.#waiting.shift();
    if (!job) return;
    this.#running = this.#deliver(job, plugin).finally(() => {
      this.#running = undefined;
      this.#next();
    });
  }

  /** Never rejects. */
  async #deliver({ hook, run }: Job, plugin: AnyInstance): Promise<void> {
    // Not in the publisher's own stack: that is another plugin's.
    await undefined;
    if (this.#ended) return;
    const { name, log, part, loop } = this.owner;
    const leave = loop.enter(name, hook);
    try {
      let late: Promise<unknown> | undefined;
      const outcome = await within(() => loop.call(name, hook, () => run(plugin)), this.budgetMs, {
        signal: this.#stop.signal,
        late: (running) => {
          late = running;
        },
      });
      if (outcome === INTERRUPTED) return;
      if (outcome === OVERDUE) {
        this.#overdue = true;
        const text = `its ${hook} has not returned within ${showDuration(this.budgetMs)} (control-timeout in agent.yaml)`;
        log.error(`plugin ${name}: ${text}; its further control events wait for it`);
        part.control(hook, text);
        await late;
        log.info(`its ${hook} has returned after all`);
      }
      if (outcome !== SKIPPED) part.control(hook, undefined);
    } catch (error) {
      const isConfig = hook === 'configuration';
      const reason = reasonOf(error);
      const text = `its ${hook} failed: ${isConfig ? secretMask(this.#config.involved)(reason) : reason}`;
      const line = `plugin ${name}: ${text}${isConfig ? '; the configuration that was in force stays' : ''}`;
      log.error(stackOf(error), line);
      // Anybody may ask for /readiness: it names neither files nor keys.
      part.control(hook, isConfig ? REFUSED : text);
      if (isConfig) this.#config.refused(line);
    } finally {
      this.#overdue = false;
      leave();
    }
  }
}

/** Whether a job means anything to a plugin; of changed configuration every one is told. */
function hasHook(plugin: AnyInstance, { hook }: Job): boolean {
  return hook === 'configuration' || plugin[hook] !== undefined;
}
