/** `--misbehave NAME[=VALUE]` of the mock, as the mock takes it. */

import { FAULT_NAMES, type FaultName, type Misbehaviour } from '../../../mock-vpp/index.js';
import { didYouMean } from '../../nearest.js';
import { UsageError } from '../errors.js';
import { durationOption } from '../option-values.js';

type Values = { readonly [K in FaultName]: (value: string) => Misbehaviour[K] };

const names = (value: string) => value.split(',');
const messages = (value: string) => ({ messages: names(value) });
const time = (value: string) => (/^\d+$/.test(value) ? Number(value) : durationOption(value));
const bytes = (value: string) => ({ bytes: Number(value) });

/** Meanings of a VALUE that is no JSON; without a VALUE it is `true`. */
const VALUES: Values = {
  delay: time,
  late: (value) => ({ ms: time(value) }),
  silent: messages,
  split: bytes,
  merge: (value) => ({ ms: time(value) }),
  stall: () => true,
  closeMidFrame: messages,
  close: messages,
  wrongCrc: names,
  garbage: messages,
  oversize: messages,
  truncate: messages,
  trailing: messages,
  stray: messages,
  wrongType: messages,
  vppBugs: () => true,
};

const NEEDS_VALUE: ReadonlySet<FaultName> = new Set(['delay', 'late']);

/** `closeMidFrame` → `close-mid-frame`, as options are written. */
export const optionNames = FAULT_NAMES.map((name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));

/** Adds one `NAME[=VALUE]` to `before`. Throws UsageError. */
export function addMisbehaviour(text: string, before: Misbehaviour = {}): Misbehaviour {
  const [, wanted, value] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  const at = Math.max(optionNames.indexOf(wanted), (FAULT_NAMES as readonly string[]).indexOf(wanted));
  if (at < 0) {
    const hint = didYouMean(wanted, optionNames).text || `; it knows ${optionNames.join(', ')}`;
    throw new UsageError(`--misbehave ${text}: the mock has no such misbehaviour${hint}`);
  }
  const name = FAULT_NAMES[at];
  if (value === undefined && NEEDS_VALUE.has(name)) {
    throw new UsageError(`--misbehave ${text}: it needs a duration, as ${wanted}=50ms`);
  }
  return { ...before, [name]: value === undefined ? true : faultValue(name, value, text) };
}

function faultValue(name: FaultName, value: string, text: string): unknown {
  try {
    return value.startsWith('{') ? JSON.parse(value) : VALUES[name](value);
  } catch (error) {
    throw new UsageError(`--misbehave ${text}: ${(error as Error).message}`);
  }
}
