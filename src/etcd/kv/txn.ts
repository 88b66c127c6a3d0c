/** Transactions: if all comparisons hold, the one list of requests is carried out, else the other; all of it in one revision. */

import type { RequestOptions, Rpc } from '../link/rpc.js';
import type { Content, KeyValue, Prefix } from '../types.js';
import { RESULT, TARGET } from '../wire/messages.js';
import { TXN } from '../wire/methods.js';
import { bytesOf, keyValue, rangeOf, shownKey } from './ranges.js';

/** One comparison: `{ key, create: 0 }` holds where the key is not there; `is` defaults to `equal`. */
export type Comparison = {
  readonly key: Content;
  readonly is?: keyof typeof RESULT;
} & (
  | { readonly create: number }
  | { readonly mod: number }
  | { readonly version: number }
  | { readonly value: Content }
  | { readonly lease: bigint }
);

export type Operation =
  | { readonly put: Content; readonly value: Content; readonly lease?: bigint; readonly prevKv?: boolean }
  | { readonly delete: Content | Prefix; readonly prevKv?: boolean }
  | { readonly get: Content | Prefix; readonly limit?: number };

export interface Transaction {
  readonly compare?: readonly Comparison[];
  readonly success?: readonly Operation[];
  readonly failure?: readonly Operation[];
}

/** The answer of one operation: what a get found, or what a put or delete replaced where `prevKv` asks for it. */
export interface OperationResult {
  readonly kvs: readonly KeyValue[];
  /** Keys that a delete removed. */
  readonly deleted: number;
}

export interface TransactionResult {
  /** True where the comparisons held. */
  readonly succeeded: boolean;
  /** One for each operation of the list that was carried out. */
  readonly results: readonly OperationResult[];
  readonly revision: number;
}

export async function transact(
  rpc: Rpc,
  transaction: Transaction,
  options?: RequestOptions,
): Promise<TransactionResult> {
  const { compare = [], success = [], failure = [] } = transaction;
  const request = {
    compare: compare.map(comparison),
    success: success.map(operation),
    failure: failure.map(operation),
  };
  const { header, succeeded, responses } = await rpc.request(TXN, request, options, keyOf(transaction));
  const results = responses.map(({ range, put, delete: deleted }): OperationResult => {
    const prev = put?.prevKv === undefined ? [] : [put.prevKv];
    const raw = range?.kvs ?? deleted?.prevKvs ?? prev;
    return { kvs: raw.map(keyValue), deleted: deleted?.deleted ?? 0 };
  });
  return { succeeded, results, revision: header?.revision ?? 0 };
}

function comparison(one: Comparison) {
  const { key, is = 'equal' } = one;
  const common = { key: bytesOf(key), result: RESULT[is] };
  if ('create' in one) return { ...common, target: TARGET.create, create: one.create };
  if ('mod' in one) return { ...common, target: TARGET.mod, mod: one.mod };
  if ('version' in one) return { ...common, target: TARGET.version, version: one.version };
  if ('lease' in one) return { ...common, target: TARGET.lease, lease: one.lease };
  return { ...common, target: TARGET.value, value: bytesOf(one.value) };
}

function operation(one: Operation) {
  if ('put' in one) {
    const { put: key, value, lease, prevKv } = one;
    return { put: { key: bytesOf(key), value: bytesOf(value), lease, prevKv } };
  }
  if ('delete' in one) return { delete: { ...rangeOf(one.delete), prevKv: one.prevKv } };
  return { range: { ...rangeOf(one.get), limit: one.limit } };
}

/** The keys that it changes, for the error. */
function keyOf({ success = [] }: Transaction): { readonly key?: string } {
  const keys = success.flatMap((one) => ('put' in one ? [one.put] : 'delete' in one ? [one.delete] : []));
  return keys.length === 0 ? {} : { key: keys.map(shownKey).join(', ') };
}
