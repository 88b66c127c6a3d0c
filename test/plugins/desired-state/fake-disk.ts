/**
 * A file system in memory that can end the agent at any step: as a kill, which leaves what was done so far, or as a loss of power, which
 * leaves what was synced.
 */

import { posix } from 'node:path';
import type { FileSystem } from '../../../src/plugins/desired-state/store/file-system.js';

interface Content {
  text: string;
  /** As it is on disk. */
  synced: string;
}

/** Holds the next reading of a file up: `reached` resolves when it begins, and it goes on with `release`. */
export function holdReading(disk: FakeDisk, name: string): { readonly reached: Promise<void>; release(): void } {
  const [begun, goOn] = [gate(), gate()];
  disk.beforeRead = async (path) => {
    if (posix.basename(path) !== name) return;
    begun.open();
    await goOn.passed;
  };
  return { reached: begun.passed, release: goOn.open };
}

function gate(): { readonly passed: Promise<void>; open(): void } {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

export class Ended extends Error {}

export class FakeDisk implements FileSystem {
  /** Calls that change something. */
  steps = 0;
  /** Steps after which the agent has ended; the last one is half done. */
  endAfter = Number.POSITIVE_INFINITY;
  /** Throws the system's error of a full disk while true. */
  full = false;
  /** Called with the path before a file is read: a test holds it up there, or lets it fail. */
  beforeRead: (path: string) => Promise<void> | void = () => {};
  private names = new Map<string, Content>();
  private syncedNames = new Map<string, Content>();

  /** The disk that the next agent finds. */
  after(end: 'kill' | 'power loss'): FakeDisk {
    const next = new FakeDisk();
    const isKill = end === 'kill';
    for (const [path, { text, synced }] of isKill ? this.names : this.syncedNames) {
      const left = isKill ? text : synced;
      next.names.set(path, { text: left, synced: left });
    }
    next.syncedNames = new Map(next.names);
    return next;
  }

  paths(): string[] {
    return [...this.names.keys()].sort();
  }

  /** Writes as another process does. */
  replaceText(path: string, change: (text: string) => string): void {
    const text = change(this.names.get(path)?.text ?? '');
    this.names.set(path, { text, synced: text });
  }

  async makeFolder(): Promise<void> {}

  async list(path: string): Promise<readonly string[]> {
    return this.paths().flatMap((each) => (posix.dirname(each) === path ? [posix.basename(each)] : []));
  }

  async read(path: string): Promise<string | undefined> {
    await this.beforeRead(path);
    return this.names.get(path)?.text;
  }

  async write(path: string, text: string): Promise<void> {
    this.step(() => this.names.set(path, { text: text.slice(0, text.length / 2), synced: '' }));
    this.names.set(path, { text, synced: '' });
  }

  async append(path: string, text: string): Promise<void> {
    const content = this.names.get(path) ?? { text: '', synced: '' };
    this.names.set(path, content);
    this.step(() => {
      content.text += text.slice(0, text.length / 2);
    });
    content.text += text;
  }

  async sync(path: string): Promise<void> {
    this.step();
    const content = this.names.get(path);
    if (content !== undefined) content.synced = content.text;
  }

  async rename(from: string, to: string): Promise<void> {
    this.step();
    const content = this.names.get(from);
    if (content === undefined) throw new Error(`there is no ${from}`);
    this.names.delete(from);
    this.names.set(to, content);
  }

  async syncFolder(path: string): Promise<void> {
    this.step();
    const inside = (each: string) => posix.dirname(each) === path;
    for (const each of this.syncedNames.keys())
      if (inside(each) && !this.names.has(each)) this.syncedNames.delete(each);
    for (const [each, content] of this.names) if (inside(each)) this.syncedNames.set(each, content);
  }

  async remove(path: string): Promise<void> {
    this.step();
    this.names.delete(path);
  }

  private step(half: () => void = () => {}): void {
    if (this.full) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    this.steps += 1;
    if (this.steps < this.endAfter) return;
    if (this.steps === this.endAfter) half();
    throw new Ended('the agent has ended');
  }
}
