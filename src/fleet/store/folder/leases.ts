/** Leases of a store in a folder: those that this process holds, and the end of those that nobody renews. */

import { randomBytes } from 'node:crypto';
import { isNotAllowed, StoreError } from '../errors.js';
import { FolderLease } from './lease.js';
import { LeaseFiles } from './lease-files.js';
import type { Log } from './log.js';
import type { LogWriter } from './log-writer.js';

export interface LeasesParts {
  readonly folder: string;
  readonly log: Log;
  readonly writer: LogWriter;
  /** Runs one piece of work on the log at a time. */
  readonly exclusive: <T>(work: () => Promise<T>) => Promise<T>;
  /** Called when there is one more, or one less. */
  readonly onCount: () => void;
}

export class FolderLeases {
  readonly files: LeaseFiles;
  private readonly held = new Set<FolderLease>();
  private isClosed = false;

  constructor(private readonly parts: LeasesParts) {
    this.files = new LeaseFiles(parts.folder);
  }

  get count(): number {
    return this.held.size;
  }

  /** @throws StoreError */
  async grant(ttlSeconds: number): Promise<FolderLease> {
    const { writer, exclusive, onCount } = this.parts;
    const id = randomBytes(8).readBigUInt64BE() >> 1n || 1n;
    const ttl = Math.max(1, Math.ceil(ttlSeconds));
    // The file is there first: a lease without one has ended.
    await this.files.make(id);
    try {
      await exclusive(() => writer.commit(() => ({ grant: { lease: id.toString(16), ttl } })));
      // The store was closed meanwhile, and nobody would renew it.
      if (this.isClosed) throw closed();
    } catch (error) {
      await this.files.remove(id);
      throw error;
    }
    const lease = new FolderLease(
      id,
      ttl * 1000,
      this.files,
      (ended) => exclusive(() => this.end([ended])),
      (ended) => {
        this.held.delete(ended);
        onCount();
      },
    );
    this.held.add(lease);
    onCount();
    return lease;
  }

  /** Ends what has not been renewed, whoever holds it, and tells the holders of this process what others have ended. */
  async sweep(): Promise<void> {
    const { log } = this.parts;
    const ended = await this.files.ended(log.contents.leases);
    if (ended.length > 0) {
      await this.end(ended).catch((error: unknown) => {
        // Somebody who may write does it.
        if (!isNotAllowed(error)) throw error;
      });
    }
    for (const lease of this.held) if (!log.contents.leases.has(lease.id)) lease.lose();
  }

  /** Gives all of them back; there are no more from now on. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.held].map((lease) => lease.revoke()));
  }

  private async end(ids: readonly bigint[]): Promise<void> {
    await this.parts.writer.commit(({ leases }) => {
      const present = ids.filter((id) => leases.has(id));
      if (present.length === 0) return undefined;
      const keys = present.flatMap((id) => [...(leases.get(id)?.keys ?? [])]);
      return { c: keys.map((d) => ({ d })), end: present.map((id) => id.toString(16)) };
    });
    for (const id of ids) await this.files.remove(id);
  }
}

export const closed = () => new StoreError('STORE_CLOSED', 'the store was closed by this program');
