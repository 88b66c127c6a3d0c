/** The first lines of a file of the log: the contents as they were when it was made. All behind them are transactions. */

import { StoreError } from '../errors.js';
import type { Change } from '../store.js';
import { Contents } from './contents.js';
import type { LogFile } from './log-file.js';
import { headerLine, type TransactionLine, written } from './records.js';

export interface WholeFile {
  readonly fresh: Contents;
  /** Revision of the first lines. */
  readonly first: number;
  /** Changes of the transactions behind them. */
  readonly news: readonly { readonly changes: readonly Change[]; readonly revision: number }[];
}

type Apply = (contents: Contents, transaction: TransactionLine, where: string) => readonly Change[];

/** Reads a file that was just opened, to its end; news are those after a revision. @throws StoreError */
export async function readWhole(file: LogFile, after: number, apply: Apply): Promise<WholeFile> {
  let fresh: Contents | undefined;
  let first = 0;
  const news: { readonly changes: readonly Change[]; readonly revision: number }[] = [];
  for await (const { line, where } of file.read()) {
    if (fresh === undefined) {
      if (!('header' in line)) throw new StoreError('STORE_DAMAGED', `${where}: is no beginning of a fleet's store`);
      first = line.header.revision;
      fresh = new Contents(line.header.id, first);
    } else if ('transaction' in line) {
      const changes = apply(fresh, line.transaction, where);
      if (changes.length > 0 && fresh.revision > after) news.push({ changes, revision: fresh.revision });
    } else if ('header' in line || fresh.revision > first) {
      throw new StoreError('STORE_DAMAGED', `${where}: stands in the wrong place`);
    } else if ('lease' in line) {
      fresh.grant(line.lease);
    } else {
      fresh.load(line.held);
    }
  }
  if (fresh === undefined) throw new StoreError('STORE_DAMAGED', `${file.path}: has no beginning`);
  return { fresh, first, news };
}

/** The lines of a new file with these contents. */
export function* wholeLines(contents: Contents): Generator<string> {
  const { id, revision, leases } = contents;
  yield JSON.stringify(headerLine(id, revision));
  for (const [lease, { ttl }] of leases) yield JSON.stringify({ lease: lease.toString(16), ttl });
  for (const { key, value, createRevision: c, modRevision: m, version: n, lease } of contents.below('')) {
    const l = lease === 0n ? {} : { l: lease.toString(16) };
    yield JSON.stringify({ k: key, ...written(value), c, m, n, ...l });
  }
}
