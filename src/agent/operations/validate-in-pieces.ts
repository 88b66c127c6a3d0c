/**
 * Validates a value against a schema without blocking the event loop. Lists of thousands are checked a piece at a time, up
 * to the first invalid piece: zod checks a list in one go and collects all issues, which takes seconds for a million routes.
 */

import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { checksOf, ofAnything, wrapped } from '../../zod-insides.js';

/** Items checked before the event loop runs: a few milliseconds, if each is wrong in several ways. */
const PIECE = 1000;

export interface Invalid {
  readonly success: false;
  readonly issues: readonly z.core.$ZodIssue[];
  /** Whether these are all issues; otherwise the rest of the long lists has not been checked. */
  readonly complete: boolean;
}

export type Validation = { readonly success: true; readonly data: unknown } | Invalid;

/** Validates `value`. `goOn` is called after each piece, and ends it by throwing. */
export async function validateInPieces(schema: z.ZodType, value: unknown, goOn: () => void): Promise<Validation> {
  const lists = longLists(schema, value);
  if (lists.length === 0) return whole(schema, value);
  const frame = await whole(withoutItems(schema as z.ZodObject, lists), value);
  if (!frame.success) return { ...frame, complete: false };
  const data: Record<string, unknown> = { ...(frame.data as object) };
  for (const [i, { key, array }] of lists.entries()) {
    const items = await checkList(z.array(array.element), key, data[key] as readonly unknown[], goOn);
    if (!items.success) return { ...items, complete: items.complete && i === lists.length - 1 };
    data[key] = items.data;
  }
  return { success: true, data };
}

async function whole(schema: z.ZodType, value: unknown): Promise<Validation> {
  const checked = await schema.safeParseAsync(value);
  return checked.success ? checked : { success: false, issues: checked.error.issues, complete: true };
}

interface LongList {
  readonly key: string;
  readonly array: z.ZodArray;
}

/** The long lists right in the value whose items are independent of each other. */
function longLists(schema: z.ZodType, value: unknown): LongList[] {
  if (!(schema instanceof z.ZodObject) || hasChecks(schema) || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, list]) => {
    if (!Array.isArray(list) || list.length <= PIECE || !Object.hasOwn(schema.shape, key)) return [];
    const array = arrayIn(schema.shape[key]);
    const isPlain = array !== undefined && checksOf(array).every((check) => LENGTHS.has(check));
    return isPlain ? [{ key, array }] : [];
  });
}

const LENGTHS: ReadonlySet<string> = new Set(['min_length', 'max_length', 'length_equals']);

const hasChecks = (schema: z.ZodType) => checksOf(schema).length > 0;

/** The array behind wrappers that do not change a value that is present. */
function arrayIn(schema: z.core.$ZodType): z.ZodArray | undefined {
  if (schema instanceof z.ZodArray) return schema;
  const isWrapper =
    schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault;
  const inner = isWrapper && !hasChecks(schema) ? wrapped(schema) : undefined;
  return inner && arrayIn(inner);
}

/** The schema with the lists of any items; their lengths and messages stay. */
function withoutItems(schema: z.ZodObject, lists: readonly LongList[]): z.ZodObject {
  const anyItems = lists.map(({ key, array }) => [key, ofAnything(array)]);
  return schema.extend(Object.fromEntries(anyItems));
}

async function checkList(
  schema: z.ZodType,
  key: string,
  list: readonly unknown[],
  goOn: () => void,
): Promise<Validation> {
  const data: unknown[] = [];
  for (let from = 0; from < list.length; from += PIECE) {
    const piece = await whole(schema, list.slice(from, from + PIECE));
    if (!piece.success) {
      const issues = piece.issues.map((issue) => {
        const [index, ...rest] = issue.path;
        return { ...issue, path: [key, from + Number(index), ...rest] };
      });
      return { success: false, issues, complete: from + PIECE >= list.length };
    }
    for (const item of piece.data as readonly unknown[]) data.push(item);
    await setImmediate();
    goOn();
  }
  return { success: true, data };
}
