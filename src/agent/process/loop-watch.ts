/**
 * Detects, after the fact, that the event loop was blocked: meanwhile no reply was read and no health request answered.
 * Names the plugin that was active all that time, with its step or hook.
 *
 * The CPU time of the process decides whether the agent was busy or the machine: a process that got no CPU, or that was
 * suspended, has used next to none.
 */

import { showDuration } from '../../duration.js';

const EVERY_MS = 250;
/** Shorter blocks may be garbage collections, and are not reported. */
const REPORT_FROM_MS = 1000;
/** Share of the blocked time in CPU time from which on it was the agent's own work. */
const OWN_SHARE = 0.5;

export type Level = 'error' | 'warn' | 'info' | 'debug';

interface Stretch {
  readonly plugin: string;
  readonly doing: string;
  readonly from: number;
  to: number;
  /** Whether nothing else can have run meanwhile. */
  readonly alone: boolean;
}

export class LoopWatch {
  private stretches: Stretch[] = [];
  private timer: NodeJS.Timeout | undefined;
  private last = 0;
  private lastCpu = 0;
  private isStarting = false;

  constructor(
    readonly report: (level: Level, text: string) => void,
    /** CPU time of the process so far, in milliseconds. */
    readonly cpuMs: () => number = usedCpuMs,
  ) {}

  /** Starts to watch. Until `running()`, blocks by the agent itself are logged at debug only. */
  start(): void {
    this.isStarting = true;
    this.last = performance.now();
    this.lastCpu = this.cpuMs();
    this.timer = setInterval(() => this.look(), EVERY_MS).unref();
  }

  /** Records that the agent has started. */
  running(): void {
    if (this.timer) this.look();
    this.isStarting = false;
  }

  stop(): void {
    if (this.timer) this.look();
    clearInterval(this.timer);
    this.timer = undefined;
    this.stretches = [];
  }

  /** Records that a plugin begins an activity, which may wait in between. Returns the function that ends it. */
  enter(plugin: string, doing: string): () => void {
    return this.open(plugin, doing, false);
  }

  /** Calls a plugin's function, which alone has the loop until it returns, or first waits. */
  call<T>(plugin: string, doing: string, run: () => T): T {
    const leave = this.open(plugin, doing, true);
    try {
      return run();
    } finally {
      leave();
    }
  }

  /** Calls a plugin's function, and waits for its result. */
  async run<T>(plugin: string, doing: string, run: () => T | Promise<T>): Promise<T> {
    const leave = this.enter(plugin, doing);
    try {
      return await this.call(plugin, doing, run);
    } finally {
      leave();
    }
  }

  private open(plugin: string, doing: string, alone: boolean): () => void {
    if (!this.timer) return () => {};
    const stretch: Stretch = { plugin, doing, from: performance.now(), to: Number.POSITIVE_INFINITY, alone };
    this.stretches.push(stretch);
    return () => {
      stretch.to = performance.now();
    };
  }

  private look(): void {
    const [now, cpu] = [performance.now(), this.cpuMs()];
    const stoodMs = now - this.last - EVERY_MS;
    if (stoodMs >= REPORT_FROM_MS) this.analyse(stoodMs, cpu - this.lastCpu, now);
    this.last = now;
    this.lastCpu = cpu;
    this.stretches = this.stretches.filter(({ to }) => to > now);
  }

  private analyse(stoodMs: number, cpuMs: number, now: number): void {
    const suspects = this.suspects(stoodMs, now);
    const named = suspects.map(({ plugin, doing }) => `plugin ${plugin} in its ${doing}`);
    const stood = `the event loop was blocked for ${showDuration(stoodMs)}`;
    if (cpuMs < stoodMs * OWN_SHARE) {
      const used = `${stood}, in which the agent used ${showDuration(cpuMs)} of CPU`;
      const [only] = suspects.length === 1 && suspects[0].alone ? named : [];
      if (only) this.report('warn', `${used}: ${only} waited for something synchronously, or the machine was busy`);
      else this.report(this.isStarting ? 'debug' : 'info', `${used}: the machine was busy or suspended`);
    } else if (named.length > 0) {
      const all = `${named.length > 1 ? 'one of ' : ''}${named.join(', ')}`;
      this.report('error', `${stood}: ${all}; long work belongs in pieces or in a worker thread`);
    } else if (this.isStarting) this.report('debug', `${stood} while the agent was starting`);
    else this.report('error', `${stood}: ${UNKNOWN}`);
  }

  /** The activity that alone held the loop for most of that time, else all activities meanwhile. */
  private suspects(stoodMs: number, now: number): Stretch[] {
    const heldMs = ({ from, to }: Stretch) => Math.min(to, now) - Math.max(from, this.last);
    const certain = this.stretches.filter((stretch) => stretch.alone && heldMs(stretch) > stoodMs * OWN_SHARE);
    return certain.length > 0 ? certain : this.stretches.filter((stretch) => heldMs(stretch) >= stoodMs - 1);
  }
}

const UNKNOWN = 'in no step or hook of a plugin, so in a timer or a handler (node --cpu-prof shows whose)';

/** CPU time of all threads: garbage collection counts as the agent's work. */
function usedCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
