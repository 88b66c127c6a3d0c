/** A plan for people: a line for each change, and at the end how much it is. */

import { jsonLine } from '../../mux/for-cli.js';
import { cut } from '../output/display-width.js';
import { hanging } from '../output/hanging.js';
import { byReason, heldUp } from './by-reason.js';

/** A plan as the agent gives it, and as a command makes it. */
export interface ShownPlan {
  /** The first ones of all changes. */
  readonly changes: readonly ShownChange[];
  /** All of them. */
  readonly counts: Counts;
  readonly pending: readonly { readonly key: string; readonly reason: string }[];
}

export interface Counts {
  readonly create: number;
  readonly change: number;
  readonly delete: number;
  /** Objects that cannot be as they are wanted. */
  readonly pending: number;
}

export interface ShownChange {
  readonly action: 'create' | 'change' | 'delete';
  readonly key: string;
  readonly reason: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly messages: readonly ShownMessage[];
}

export interface ShownMessage {
  readonly name: string;
  readonly fields: unknown;
  readonly stopsWorkers: boolean;
}

export interface PlanTextOptions {
  /** Columns of a line. */
  readonly width: number;
  /** Whether the messages are shown below their change. Default false. */
  readonly messages?: boolean;
  /** Changes that are shown. Default: all. */
  readonly most?: number;
}

const SIGNS = { create: '+', change: '~', delete: '-' } as const;
/** Reasons that the sign says already. */
const PLAIN_REASONS = ['is not there', 'is not in the wish', 'differs'];

export function* planLines({ changes, pending }: ShownPlan, options: PlanTextOptions): Generator<string> {
  const { width, messages = false, most = Number.POSITIVE_INFINITY } = options;
  const shown = changes.slice(0, most);
  const rows = shown.map((change) => [`${SIGNS[change.action]} ${change.key}`, detailOf(change)]);
  if (!messages) yield* hanging(rows, width);
  else {
    for (const [at, change] of shown.entries()) {
      yield* hanging([rows[at]], width);
      for (const { name, fields, stopsWorkers } of change.messages)
        yield* hanging([[stopsWorkers ? '  *' : '   ', `${name} ${jsonLine(fields)}`]], width, ' ');
    }
  }
  if (changes.length > shown.length) yield `… ${changes.length - shown.length} more`;
  const obstacles = byReason(pending, ({ reason }) => reason).slice(0, most);
  yield* hanging(
    obstacles.map(([reason, group]) => heldUp('!', reason, group)),
    width,
  );
  const held = obstacles.reduce((sum, [, group]) => sum + group.length, 0);
  if (pending.length > held) yield `… ${pending.length - held} more that cannot be as wished`;
}

/** `3 changes: 2 created, 1 deleted; VPP's workers stop for 2 of 3 messages (*)` */
export function planSummary({ changes, counts }: ShownPlan): string {
  const total = counts.create + counts.change + counts.delete;
  const cannot = counts.pending === 0 ? '' : `; ${counted(counts.pending, 'object')} cannot be as wished (!)`;
  if (total === 0) return counts.pending === 0 ? 'nothing to do: VPP is as wished' : `nothing can be done${cannot}`;
  const parts = [
    [counts.create, 'created'],
    [counts.change, 'changed'],
    [counts.delete, 'deleted'],
  ].flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]));
  const isWhole = changes.length === total;
  return `${counted(total, 'change')}: ${parts.join(', ')}${isWhole ? costText(changes) : ''}${cannot}`;
}

function costText(changes: readonly ShownChange[]): string {
  const messages = changes.flatMap((change) => change.messages);
  const stopping = messages.filter(({ stopsWorkers }) => stopsWorkers).length;
  return `; VPP's workers stop for ${stopping} of ${counted(messages.length, 'message')}${stopping > 0 ? ' (*)' : ''}`;
}

function detailOf({ reason, before, after }: ShownChange): string {
  const words = PLAIN_REASONS.includes(reason) ? [] : [reason];
  if (before !== undefined && after !== undefined) words.unshift(differenceText(before, after));
  return words.join('; ');
}

/** `isUp: false → true, mtu: 1500 → 9000` */
function differenceText(before: unknown, after: unknown): string {
  if (!isStruct(before) || !isStruct(after)) return `${valueText(before)} → ${valueText(after)}`;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const parts = names.map((name) => [name, valueText(before[name]), valueText(after[name])]);
  return parts.flatMap(([name, old, now]) => (old === now ? [] : [`${name}: ${old} → ${now}`])).join(', ');
}

const LONGEST_VALUE = 120;

function valueText(value: unknown): string {
  if (value === undefined) return 'none';
  return cut(typeof value === 'string' ? value : jsonLine(value), LONGEST_VALUE);
}

const isStruct = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
