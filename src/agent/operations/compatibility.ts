/**
 * Compares two locks: which operations have changed, and whether callers notice. Input that is accepted today must be
 * accepted tomorrow, and output that is read today must still exist.
 */

import { isDeepStrictEqual } from 'node:util';
import type { LockedOperation, OperationsLock } from './lock.js';
import { breaches } from './schema-change.js';

export interface OperationChange {
  readonly operation: string;
  /** Whether an existing caller works as before. */
  readonly compatible: boolean;
  readonly text: string;
}

/** All changes from `before` to `after`, by operation. */
export function changesBetween(before: OperationsLock, after: OperationsLock): OperationChange[] {
  const names = [...new Set([...Object.keys(before.operations), ...Object.keys(after.operations)])].sort();
  return names.flatMap((name): OperationChange[] => {
    const [was, is] = [before.operations[name], after.operations[name]];
    if (is === undefined) return [{ operation: name, compatible: false, text: 'is gone' }];
    if (was === undefined) return [{ operation: name, compatible: true, text: 'is new' }];
    if (isDeepStrictEqual(was, is)) return [];
    const problems = incompatibilities(was, is);
    if (problems.length === 0) return [{ operation: name, compatible: true, text: 'takes or gives more than before' }];
    return problems.map((text) => ({ operation: name, compatible: false, text }));
  });
}

function incompatibilities(was: LockedOperation, is: LockedOperation): string[] {
  const problems: string[] = [];
  if (was.access !== is.access) problems.push(`access was ${was.access}, is ${is.access}`);
  if (was.arguments.some((key, i) => is.arguments[i] !== key)) {
    problems.push(`arguments were ${was.arguments.join(', ')}; are ${is.arguments.join(', ') || 'none'}`);
  }
  for (const flow of ['input', 'output'] as const) {
    for (const { path, text } of breaches(was[flow], is[flow], flow)) {
      problems.push(`${path === '' ? flow : `${flow} ${path}`}: ${text}`);
    }
  }
  return problems;
}
