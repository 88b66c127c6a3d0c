/** What a comparison found, for people and as JSON lines. */

import type { Compatibility, MessageCompatibility, Verdict } from '../../mux/compat/compatibility.js';
import type { FieldChange } from '../../mux/compat/field-changes.js';
import type { NamedSide } from './sides.js';

/** In the order in which they matter. */
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
 * What is not as it was; plugins that are not loaded as a whole where `whole` files are meant, and what is new or the
 * same in numbers only. What was asked for by name is told in any case.
 */
export function* readableReport(found: Compatibility, sides: readonly [NamedSide, NamedSide], whole: boolean) {
  const [before, after] = sides;
  yield `${before.label} → ${after.label}`;
  const told = found.messages.filter(({ verdict, usedBy }) =>
    whole ? isTold(verdict) : verdict !== 'same' || !usedBy,
  );
  for (const verdict of VERDICTS) {
    const those = told.filter((each) => each.verdict === verdict);
    if (verdict === 'not-loaded' && whole) yield* filesNotLoaded(those);
    else for (const each of those) yield* messageLines(each);
  }
  const counts = countVerdicts(found);
  const parts = VERDICTS.filter((verdict) => counts[verdict]).map((verdict) => `${counts[verdict]} ${WORDS[verdict]}`);
  yield `${parts.reverse().join(', ')}: ${found.compatible ? 'compatible' : 'not compatible'}`;
}

const isTold = (verdict: Verdict) => verdict !== 'same' && verdict !== 'new';

function* messageLines({ name, verdict, reason, file, changes, usedBy }: MessageCompatibility) {
  const place = file === undefined ? '' : ` (${file})`;
  const user = usedBy ? `; it answers ${usedBy.join(', ')}` : '';
  yield `${WORDS[verdict].padEnd(COLUMN)}${name}${place}${verdict === 'same' ? '' : `: ${reason}`}${user}`;
  for (const change of changes ?? []) yield `${' '.repeat(COLUMN)}  ${changeText(change)}`;
}

function* filesNotLoaded(messages: readonly MessageCompatibility[]) {
  const files = new Map<string, number>();
  for (const { file } of messages) files.set(file ?? '', (files.get(file ?? '') ?? 0) + 1);
  for (const [file, count] of files) {
    yield `${WORDS['not-loaded'].padEnd(COLUMN)}${file}: ${count} messages, all that it has; its plugin is not loaded, or not in this build`;
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
