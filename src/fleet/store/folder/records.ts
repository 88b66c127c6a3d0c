/**
 * The log's lines: JSON, checked by whoever reads them, since anybody with rights may have written them.
 *
 *   {"vppmux":"fleet store","format":1,"id":"…","revision":7}   first line: the store, and the revision that the file begins with
 *   {"lease":"a1","ttl":15}  {"k":"key","v":"text",…}           what there was in that revision
 *   {"r":8,"w":"…","c":[{"k":"key","v":"text"},{"d":"key"}]}    one transaction each; `b` in place of `v`: base64
 *   {"r":9,"w":"…","close":true}                                the next file goes on
 */

import * as z from 'zod';
import { StoreError } from '../errors.js';

const revision = z.int().min(1);
const leaseId = z.string().regex(/^[0-9a-f]{1,16}$/);
const ttl = z.int().min(1).max(86_400);
const value = { v: z.string().optional(), b: z.base64().optional() };

const header = z.strictObject({
  vppmux: z.literal('fleet store'),
  format: z.int(),
  id: z.string().min(1).max(64),
  revision,
});
const lease = z.strictObject({ lease: leaseId, ttl });
const held = z.strictObject({ k: z.string(), ...value, c: revision, m: revision, n: revision, l: leaseId.optional() });
const put = z.strictObject({ k: z.string(), ...value, l: leaseId.optional() });
const removal = z.strictObject({ d: z.string() });
const transaction = z.strictObject({
  r: revision,
  /** Tells its writer that this one is its own. */
  w: z.string().max(64),
  c: z.array(z.union([put, removal])).optional(),
  grant: lease.optional(),
  end: z.array(leaseId).optional(),
  close: z.literal(true).optional(),
});

export type HeaderLine = z.output<typeof header>;
export type LeaseLine = z.output<typeof lease>;
export type HeldLine = z.output<typeof held>;
export type TransactionLine = z.output<typeof transaction>;

export type LogLine =
  | { readonly header: HeaderLine }
  | { readonly lease: LeaseLine }
  | { readonly held: HeldLine }
  | { readonly transaction: TransactionLine };

const FORMAT = 1;

/**
 * Undefined for text that is no JSON: the part of a line that a full disk or a crash left of a write; it never counted.
 * @throws StoreError STORE_DAMAGED for JSON of another form
 */
export function parseLine(text: string, where: string): LogLine | undefined {
  const json = jsonOf(text);
  if (json === undefined) return undefined;
  const form =
    'r' in json ? transaction : 'k' in json ? held : 'lease' in json ? lease : 'vppmux' in json ? header : undefined;
  const parsed = form?.safeParse(json);
  if (!parsed?.success) {
    const issue = parsed?.error.issues[0];
    const why = issue === undefined ? 'JSON of another program' : `${issue.path.join('.') || 'line'}: ${issue.message}`;
    throw new StoreError('STORE_DAMAGED', `${where}: is no line of a fleet's store: ${why}`);
  }
  const { data } = parsed;
  if ('r' in data) return { transaction: data };
  if ('k' in data) return { held: data };
  if ('lease' in data) return { lease: data };
  if (data.format !== FORMAT) {
    throw new StoreError('STORE_DAMAGED', `${where}: has format ${data.format}; this vppmux knows format ${FORMAT}`);
  }
  return { header: data };
}

function jsonOf(text: string): object | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? json : {};
  } catch {
    return undefined;
  }
}

export const headerLine = (id: string, revision: number): HeaderLine => ({
  vppmux: 'fleet store',
  format: FORMAT,
  id,
  revision,
});

/** A value as text where it is text and that is shorter, else as base64: never more than 4/3 of its bytes. */
export function written(bytes: Buffer): { readonly v: string } | { readonly b: string } {
  const text = bytes.toString('utf8');
  const isShort = JSON.stringify(text).length <= Math.ceil(bytes.length / 3) * 4 + 2;
  return isShort && Buffer.from(text).equals(bytes) ? { v: text } : { b: bytes.toString('base64') };
}

export const contentOf = ({ v, b }: { readonly v?: string; readonly b?: string }): Buffer =>
  b === undefined ? Buffer.from(v ?? '') : Buffer.from(b, 'base64');

export const leaseOf = (text: string | undefined): bigint => (text === undefined ? 0n : BigInt(`0x${text}`));
