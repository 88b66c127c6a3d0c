/** Whether a misbehaviour makes sense, before it begins: a misspelt name would do nothing, and a test would prove nothing. */
import { didYouMean, type Schema } from '../../src/mux/internal.js';
import type { FaultName, Misbehaviour } from './index.js';

/** Kind of an option's value. `names`: message names, one or several; `size`: a whole number from 1; `fields`: checked when they are sent. */
type Kind = 'names' | 'name' | 'whole' | 'size' | 'time' | 'fields';

const WHICH = { messages: 'names', after: 'whole', count: 'whole' } as const;

interface Form {
  /** The options that an object may have. */
  readonly options?: Readonly<Record<string, Kind>>;
  /** Kind of the value that it takes in place of an object. */
  readonly plain?: Kind;
  /** The option that is required. */
  readonly needs?: string;
}

const FORMS: Readonly<Record<FaultName, Form>> = {
  delay: { plain: 'time', needs: 'a number of milliseconds' },
  late: { options: { ...WHICH, ms: 'time' }, needs: 'ms' },
  silent: { options: WHICH },
  split: { options: { bytes: 'size' } },
  merge: { options: { ms: 'time' } },
  stall: {},
  closeMidFrame: { options: { ...WHICH, bytes: 'whole' } },
  close: { options: WHICH },
  wrongCrc: { plain: 'names' },
  garbage: { options: { ...WHICH, bytes: 'whole' } },
  oversize: { options: { ...WHICH, bytes: 'whole' } },
  truncate: { options: { ...WHICH, bytes: 'whole' } },
  trailing: { options: { ...WHICH, bytes: 'whole' } },
  stray: { options: { ...WHICH, reply: 'name', context: 'whole', fields: 'fields' } },
  wrongType: { options: { ...WHICH, reply: 'name' } },
  vppBugs: {},
};

/** Throws RangeError that names the fault, the mistake and the right value. */
export function checkMisbehaviour(wanted: Misbehaviour, schema: Schema): void {
  for (const [name, given] of Object.entries(wanted)) {
    const form = FORMS[name as FaultName] as Form | undefined;
    const problem = form && given !== undefined ? problemOf(given, form, schema) : undefined;
    if (problem !== undefined) throw new RangeError(`${name}: ${problem}`);
  }
}

function problemOf(given: unknown, { options, plain, needs }: Form, schema: Schema): string | undefined {
  if (given === true) return needs && `it needs ${needs}`;
  if (plain !== undefined) return valueProblem(given, plain, schema);
  if (options === undefined) return 'it takes no options but true';
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return 'an object of options is expected';
  if (needs !== undefined && !(needs in given)) return `it needs ${needs}`;
  for (const [key, value] of Object.entries(given)) {
    const names = Object.keys(options);
    if (!names.includes(key))
      return `no option ${key}${didYouMean(key, names).text || `; there are ${names.join(', ')}`}`;
    const problem = value === undefined ? undefined : valueProblem(value, options[key], schema);
    if (problem !== undefined) return `${key}: ${problem}`;
  }
  return undefined;
}

function valueProblem(value: unknown, kind: Kind, schema: Schema): string | undefined {
  switch (kind) {
    case 'size':
      return Number.isSafeInteger(value) && Number(value) > 0 ? undefined : 'a whole number above 0 is expected';
    case 'whole':
      return Number.isSafeInteger(value) && Number(value) >= 0 ? undefined : 'a whole number is expected';
    case 'time':
      return typeof value === 'number' && value >= 0 ? undefined : 'a number of milliseconds is expected';
    case 'fields':
      return typeof value === 'object' && value !== null ? undefined : 'an object of fields is expected';
    default: {
      const names: readonly unknown[] = kind === 'names' && Array.isArray(value) ? value : [value];
      const strange = names.find((name) => typeof name !== 'string' || schema.find(name) === undefined);
      if (strange === undefined) return undefined;
      const { text } = didYouMean(String(strange), schema.model.messages.keys());
      return `there is no message ${String(strange)} in the mock's definitions${text}`;
    }
  }
}
