/** Report of a comparison, for people and as JSON lines. */

import type { Compatibility, FieldChange, MessageCompatibility, Verdict } from '../../mux/index.js';
import { GAP } from '../output/fit-columns.js';
import { hanging } from '../output/hanging.js';
import { wrapped } from '../output/wrap.js';
import type { NamedSide } from './sides.js';

/** Most important first. */
const VERDICTS: readonly Verdict[] = ['changed', 'gone', 'not-loaded', 'unknown', 'new', 'same'];
const WORDS: Readonly<Record<Verdict, string>> = {
  changed: 'changed',
  gone: 'gone',
  'not-loaded': 'not loaded',
  unknown: 'unknown',
  new: 'new',
  same: 'same',
};
const COLUMN = 12;
const HANG = 2;
/** Width below which changes of fields are not indented to the names. */
const NARROW = 60;

export type Counts = Readonly<Partial<Record<Verdict, number>>>;

export function countVerdicts({ messages }: Compatibility): Counts {
  const counts: Partial<Record<Verdict, number>> = {};
  for (const { verdict } of messages) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}

/** A line for each message, and a summary. */
export function* jsonReport(found: Compatibility, before: NamedSide, after: NamedSide): Generator<object> {
  yield* found.messages;
  const summary = { compatible: found.compatible, ...countVerdicts(found), before: before.label, after: after.label };
  yield { summary };
}

/**
 * Messages that are not as they were; plugins that are not loaded as a whole where `whole` files are meant, and what is new or the
 * same in numbers only. Messages asked for by name are always listed.
 */
export function* readableReport(
  found: Compatibility,
  sides: readonly [NamedSide, NamedSide],
  whole: boolean,
  width: number,
) {
  const [before, after] = sides;
  yield* wrapped(`${before.label} → ${after.label}`, width, HANG);
  const listed = found.messages.filter(({ verdict, usedBy }) =>
    whole ? isTold(verdict) : verdict !== 'same' || !usedBy,
  );
  for (const verdict of VERDICTS) {
    const those = listed.filter((each) => each.verdict === verdict);
    if (verdict === 'not-loaded' && whole) yield* filesNotLoaded(those, width);
    else for (const each of those) yield* messageLines(each, width);
  }
  const counts = countVerdicts(found);
  const parts = VERDICTS.filter((verdict) => counts[verdict]).map((verdict) => `${counts[verdict]} ${WORDS[verdict]}`);
  yield* wrapped(`${parts.reverse().join(', ')}: ${found.compatible ? 'compatible' : 'not compatible'}`, width, HANG);
}

const isTold = (verdict: Verdict) => verdict !== 'same' && verdict !== 'new';

function* messageLines({ name, verdict, reason, file, changes, usedBy }: MessageCompatibility, width: number) {
  const place = file === undefined ? '' : ` (${file})`;
  const user = usedBy ? `; it answers ${usedBy.join(', ')}` : '';
  yield* row(verdict, `${name}${place}${verdict === 'same' ? '' : `: ${reason}`}${user}`, width);
  const indent = ' '.repeat(width < NARROW ? HANG : COLUMN + HANG);
  for (const change of changes ?? []) yield* wrapped(indent + changeText(change), width, HANG);
}

function row(verdict: Verdict, text: string, width: number): string[] {
  return hanging([[WORDS[verdict].padEnd(COLUMN - GAP.length), text]], width);
}

function* filesNotLoaded(messages: readonly MessageCompatibility[], width: number) {
  const files = new Map<string, number>();
  for (const { file } of messages) files.set(file ?? '', (files.get(file ?? '') ?? 0) + 1);
  for (const [file, count] of files) {
    const text = `${file}: ${count} messages, all that it has; its plugin is not loaded, or not in this build`;
    yield* row('not-loaded', text, width);
  }
}

/** `route.paths[].weight: type u8 → u16` */
export function changeText({ path, kind, before, after }: FieldChange): string {
  const where = path === '' ? '' : `${path}: `;
  switch (kind) {
    case 'added':
      return `${where}added (${after})`;
    case 'removed':
      return `${where}removed (${before})`;
    case 'answer':
      return `answered ${after}, before ${before}`;
    case 'value':
      if (before === undefined) return `${where}value ${after} added`;
      return after === undefined ? `${where}value ${before} removed` : `${where}value ${before} → ${after}`;
    default:
      return `${where}${kind} ${before || 'none'} → ${after || 'none'}`;
  }
}
