/**
 * Readings of one VPP after another, and what they say together: rates between the last two, counts since VPP's start or since
 * they were cleared here.
 *
 * VPP writes the counters of its nodes at each heartbeat only, every 10 s by default. Their rates are between the last two
 * heartbeats that were seen; there are none before the second.
 */

import { type DropRow, dropRows } from './drop-rows.js';
import { type InterfaceRow, interfaceRows } from './interface-rows.js';
import { type NodeRow, nodeRows } from './node-rows.js';
import type { Reading } from './reading.js';

export interface Figures extends Pick<Reading, 'at' | 'system' | 'buffers' | 'memory'> {
  readonly interfaces: readonly InterfaceRow[];
  readonly nodes: readonly NodeRow[];
  readonly drops: readonly DropRow[];
  /** Since when counts are, milliseconds since 1970; undefined: since VPP's start. */
  readonly since?: number;
  /** When a restart of VPP was seen last. */
  readonly restartedAt?: number;
}

export class Counters {
  private now: Reading | undefined;
  private before: Reading | undefined;
  private base: Reading | undefined;
  /** Readings right after the last two heartbeats. */
  private beats: readonly Reading[] = [];
  private bootTime = 0n;
  private restartedAt: number | undefined;
  private known: Figures | undefined;

  accept(reading: Reading): void {
    this.noteBoot(reading);
    this.before = this.now;
    this.now = reading;
    this.known = undefined;
    if (this.before === undefined || this.before.system.heartbeat === reading.system.heartbeat) return;
    this.beats = [...this.beats, reading].slice(-2);
  }

  /** Notes that VPP could not be read: rates begin anew. */
  lost(): void {
    this.before = undefined;
    this.now = undefined;
    this.beats = [];
    this.known = undefined;
  }

  /** Counts from now on. */
  clear(): void {
    this.base = this.now ?? this.base;
    this.known = undefined;
  }

  /** Counts since VPP's start again. */
  unclear(): void {
    this.base = undefined;
    this.known = undefined;
  }

  /** Undefined while nothing has been read. */
  get figures(): Figures | undefined {
    if (this.now !== undefined) this.known ??= this.figuresOf(this.now);
    return this.known;
  }

  private figuresOf(now: Reading): Figures {
    const { before, base, restartedAt } = this;
    const [beatBefore, beat] = this.beats;
    const seconds = before && (now.monotonic - before.monotonic) / 1000;
    return {
      at: now.at,
      system: now.system,
      buffers: now.buffers,
      memory: now.memory,
      interfaces: interfaceRows({
        now: now.interfaces,
        before: before?.interfaces,
        seconds,
        base: base?.interfaces,
      }),
      drops: dropRows({ now: now.errors, before: before?.errors, seconds, base: base?.errors }),
      nodes: nodeRows({
        now: now.nodes,
        ...(beat && { before: beatBefore.nodes, seconds: (beat.monotonic - beatBefore.monotonic) / 1000 }),
        base: base?.nodes,
      }),
      ...(base && { since: base.at }),
      ...(restartedAt !== undefined && { restartedAt }),
    };
  }

  /** VPP sets its boot time soon after its start; until then it is 0. */
  private noteBoot({ at, system: { bootTime = 0n } }: Reading): void {
    if (this.bootTime !== 0n && bootTime !== 0n && bootTime !== this.bootTime) {
      this.lost();
      this.base = undefined;
      this.restartedAt = at;
    }
    if (bootTime !== 0n) this.bootTime = bootTime;
  }
}
