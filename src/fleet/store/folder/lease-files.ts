/**
 * Leases in a folder: a file each, which its holder touches. A lease whose file is missing, or has not been touched for its time, has
 * ended, and whoever notices writes that to the log. The log decides: a holder whose lease is not there has lost it.
 */

import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { fileError } from '../errors.js';
import type { HeldLease } from './contents.js';

/** The last look at a lease's file. */
interface Seen {
  readonly touched: number;
  /** When it was touched, by this process's clock, which nobody sets. */
  readonly since: number;
  /** The time of day was ahead of that clock by this. */
  readonly ahead: number;
  /** Before this there is no need to look again. */
  readonly until: number;
}

/** Milliseconds after which a file without a lease is removed: its holder was killed between the two. */
const LEFT_MS = 60_000;
/** Milliseconds by which the time of day may drift between two looks; beyond them somebody has set it. */
const DRIFT_MS = 1000;

/** How long ago it was touched, by the time of day; where that was set since the last look, nobody knows, and its time begins now. */
function ageOf(touched: number, ahead: number, last: Seen | undefined): number {
  const isSet = last !== undefined && Math.abs(ahead - last.ahead) > DRIFT_MS;
  return isSet ? 0 : Math.max(0, performance.now() + ahead - touched);
}

export class LeaseFiles {
  private readonly seen = new Map<bigint, Seen>();
  readonly folder: string;

  constructor(folder: string) {
    this.folder = join(folder, 'leases');
  }

  async make(id: bigint): Promise<void> {
    try {
      const { mode } = await fs.stat(this.folder);
      const handle = await fs.open(this.path(id), 'wx', mode & 0o666);
      try {
        await handle.chmod(mode & 0o666);
        await handle.write(`held by process ${process.pid}\n`);
      } finally {
        await handle.close();
      }
    } catch (error) {
      throw fileError(error, `making ${this.path(id)}`);
    }
  }

  /** False where the file is gone: the lease has ended. */
  async touch(id: bigint): Promise<boolean> {
    const now = new Date();
    try {
      await fs.utimes(this.path(id), now, now);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw fileError(error, `renewing ${this.path(id)}`);
    }
  }

  async remove(id: bigint): Promise<void> {
    this.seen.delete(id);
    await fs.rm(this.path(id), { force: true }).catch(() => {});
  }

  /** Leases that have ended. */
  async ended(leases: ReadonlyMap<bigint, HeldLease>): Promise<bigint[]> {
    const found: bigint[] = [];
    const now = performance.now();
    for (const [id, { ttl }] of leases) {
      if (now < (this.seen.get(id)?.until ?? 0)) continue;
      if (await this.hasEnded(id, ttl * 1000)) found.push(id);
    }
    for (const id of this.seen.keys()) if (!leases.has(id)) this.seen.delete(id);
    return found;
  }

  private async hasEnded(id: bigint, ttlMs: number): Promise<boolean> {
    const touched = await fs.stat(this.path(id)).then(
      ({ mtimeMs }) => mtimeMs,
      (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? undefined : Date.now()),
    );
    if (touched === undefined) return true;
    const now = performance.now();
    const ahead = Date.now() - now;
    const last = this.seen.get(id);
    const since = last?.touched === touched ? last.since : now - ageOf(touched, ahead, last);
    const left = since + ttlMs - now;
    this.seen.set(id, { touched, since, ahead, until: now + left });
    return left <= 0;
  }

  /** Removes files that no lease is behind. */
  async tidy(leases: ReadonlyMap<bigint, HeldLease>): Promise<void> {
    for (const name of await fs.readdir(this.folder).catch(() => [])) {
      if (!/^[0-9a-f]{1,16}$/.test(name) || leases.has(BigInt(`0x${name}`))) continue;
      const path = join(this.folder, name);
      const status = await fs.stat(path).catch(() => undefined);
      if (status && Date.now() - status.mtimeMs > LEFT_MS) await fs.rm(path, { force: true }).catch(() => {});
    }
  }

  private path(id: bigint): string {
    return join(this.folder, id.toString(16));
  }
}
