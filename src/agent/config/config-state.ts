/**
 * Problems of the configuration on disk while the agent runs, and changes that wait for a restart. Problems have two
 * sources: the files, each time they are read, and the plugins, which may refuse a value that their schema accepts.
 */

import type { ReadProblem } from './config-error.js';

/** A problem of the configuration on disk, as `/status` shows it. */
export interface ShownProblem {
  readonly file: string;
  /** The key within the file, as `dataplanes.primary`; empty when it is about the file as a whole. */
  readonly path: string;
  /** The line of the log. */
  readonly text: string;
  readonly since: Date;
}

/** A change that takes effect after a restart. */
export interface PendingRestart {
  /** Undefined for the agent's own keys, in agent.yaml. */
  readonly plugin?: string;
  /** Keys, never values. */
  readonly keys: readonly string[];
  readonly since: Date;
}

export interface ConfigStatus {
  /** Whether the files, as they are now, could be applied. Otherwise the last valid configuration is in effect. */
  readonly valid: boolean;
  readonly problems: readonly ShownProblem[];
  readonly pendingRestart: readonly PendingRestart[];
}

export const NOTHING_WRONG: ConfigStatus = { valid: true, problems: [], pendingRestart: [] };

/** Problems that `/status` shows; the log has all of them. */
const MOST_SHOWN = 100;

interface Refusal {
  readonly problem: ReadProblem;
  /** The value that was refused. Once the file holds another one, the refusal no longer counts. */
  readonly value: unknown;
}

export class ConfigState {
  private readProblems: readonly ReadProblem[] = [];
  private readonly refused = new Map<string, Refusal>();
  private readonly pendingRestarts = new Map<string | undefined, PendingRestart>();
  /** Time since when each problem, by its identity, has existed. */
  private since = new Map<string, Date>();
  private latest = NOTHING_WRONG;

  constructor(
    readonly changed: (status: ConfigStatus) => void,
    readonly now: () => Date = () => new Date(),
  ) {}

  get status(): ConfigStatus {
    return this.latest;
  }

  /**
   * Replaces the problems of the files, which have been read again. `isSame` says whether a plugin's file still holds the
   * value that the plugin has refused.
   */
  read(problems: readonly ReadProblem[], isSame: (plugin: string, refused: unknown) => boolean): void {
    this.readProblems = problems;
    for (const [plugin, { value }] of this.refused) if (!isSame(plugin, value)) this.refused.delete(plugin);
    this.refresh();
  }

  /** Records that a plugin has refused `value`. */
  refuse(plugin: string, problem: ReadProblem, value: unknown): void {
    this.refused.set(plugin, { problem, value });
    this.refresh();
  }

  /** Records that a plugin has accepted the configuration on disk. */
  accept(plugin: string): void {
    if (this.refused.delete(plugin)) this.refresh();
  }

  /** Replaces the keys of a plugin, or of the agent itself, that wait for a restart. */
  pending(plugin: string | undefined, keys: readonly string[]): void {
    const before = this.pendingRestarts.get(plugin);
    if (keys.join() === (before?.keys.join() ?? '')) return;
    if (keys.length === 0) this.pendingRestarts.delete(plugin);
    else {
      const since = before?.since ?? this.now();
      this.pendingRestarts.set(plugin, { ...(plugin !== undefined && { plugin }), keys: [...keys], since });
    }
    this.refresh();
  }

  private refresh(): void {
    const found = [...this.readProblems, ...[...this.refused.values()].map(({ problem }) => problem)];
    const since = new Map<string, Date>();
    // A problem that moves within its file, because a line above it was added, is the same problem.
    const problems = found.map((problem) => {
      const { file, path, message, text } = problem;
      const identity = JSON.stringify([file, path, message]);
      since.set(identity, this.since.get(identity) ?? this.now());
      return { file, path, text, since: since.get(identity) as Date };
    });
    this.since = since;
    this.latest = {
      valid: problems.length === 0,
      problems: problems.slice(0, MOST_SHOWN),
      pendingRestart: [...this.pendingRestarts.values()],
    };
    this.changed(this.latest);
  }
}

/** The reason in /readiness, which anybody may read: names neither files nor keys. */
export function configReason({ problems }: ConfigStatus): string {
  const files = new Set(problems.map(({ file }) => file)).size;
  const many = problems.length === MOST_SHOWN ? `${MOST_SHOWN} or more mistakes` : count(problems.length, 'mistake');
  return `configuration: ${many} in ${count(files, 'file')} on disk; the last valid configuration stays in effect (config in /status, and the log, say what is wrong)`;
}

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;
