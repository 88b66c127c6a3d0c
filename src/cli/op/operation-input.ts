/** The input of an operation: options, values by position, a file of lines, JSON from stdin. */

import { fromTexts } from '../../json-schema/from-text.js';
import { formsOf, itemsOf, type JsonSchema } from '../../json-schema/json-schema.js';
import { reasonOf } from '../../thrown.js';
import { UsageError } from '../errors.js';
import { parseJsonObjects } from '../fields/json-lines.js';
import { readStdin } from '../fields/stdin.js';
import { readInput } from '../files/input.js';
import type { Host } from '../host.js';
import type { ItemLines } from './item-lines.js';
import type { KeyOption, OperationCommand } from './operation-command.js';
import { type RemoteOperation, wordsOf } from './remote-operation.js';

type Input = Record<string, unknown>;

const STDIN = '-';

export interface OperationInput {
  readonly input: Input;
  /** The file whose lines are the items of a key. */
  readonly lines?: ItemLines;
}

/** Input of a command that has been parsed. Types are what the operation's schema says; whether it fits, the agent says. */
export async function operationInput(
  host: Host,
  operation: RemoteOperation,
  { command, keys }: OperationCommand,
): Promise<OperationInput> {
  const given = command.opts() as Record<string, unknown>;
  const values = command.args.filter((value) => value !== STDIN);
  const wholeFromStdin = values.length < command.args.length;
  const readers = keys.filter(({ fileAttribute }) => fileAttribute !== undefined && given[fileAttribute] === STDIN);
  if (readers.length + (wholeFromStdin ? 1 : 0) > 1) throw new UsageError('stdin can be read once only');
  const input: Input = wholeFromStdin ? await fromStdin(host) : {};
  const set = (key: string, value: unknown, how: string) => {
    if (own.has(key)) throw new UsageError(`${how}: ${key} has a value already (${own.get(key)})`);
    own.set(key, how);
    input[key] = value;
  };
  const own = new Map<string, string>();
  let lines: ItemLines | undefined;
  for (const [key, texts] of byPosition(operation, values, keys)) {
    set(key, fromTexts(operation.document, operation.keys.get(key), texts), `'${texts.join(' ')}'`);
  }
  for (const { key, attribute, flag, fileAttribute, fileFlag } of keys) {
    const value = given[attribute];
    const schema = operation.keys.get(key);
    if (value !== undefined) {
      const texts = Array.isArray(value) ? (value as string[]) : [];
      set(key, texts.length > 0 ? fromTexts(operation.document, schema, texts) : value, flag);
    }
    const file = fileAttribute === undefined ? undefined : given[fileAttribute];
    if (typeof file !== 'string') continue;
    const items = await fromLines(host, operation, schema, file);
    set(key, items.values, `${fileFlag} ${file}`);
    lines ??= { ...items, key };
  }
  return { input, lines };
}

/** The last key takes all that is left, if it is a list. */
function byPosition(
  operation: RemoteOperation,
  values: readonly string[],
  options: readonly KeyOption[],
): [string, readonly string[]][] {
  const { arguments: names, document, keys } = operation;
  const last = names[names.length - 1];
  const isOpen = last !== undefined && formsOf(document, keys.get(last)).some(({ type }) => type === 'array');
  if (values.length > names.length && !isOpen) {
    const takes = names.length === 0 ? 'no values without an option' : names.join(', ');
    // `--table 7` is the way to show it, and a value too many.
    const renamed = options
      .filter(({ flag }) => flag.startsWith('--input-'))
      .map(({ key, flag }) => `${key} is ${flag}`);
    const more = [...renamed, '--help shows all'].join('; ');
    throw new UsageError(`'${values[names.length]}' is one too many: ${wordsOf(operation)} takes ${takes}; ${more}`);
  }
  return names.slice(0, values.length).map((key, i) => [key, isOpen && key === last ? values.slice(i) : [values[i]]]);
}

async function fromStdin(host: Host): Promise<Input> {
  const objects = parseJsonObjects((await readStdin(host.io, host.signal)) ?? '');
  if (objects.length > 1) throw new UsageError(`stdin has ${objects.length} objects; an operation takes one`);
  return { ...objects[0] };
}

/** An item a line: an object where it begins like one, else as an option would give it. */
async function fromLines(host: Host, { document }: RemoteOperation, schema: JsonSchema | undefined, file: string) {
  const text = file === STDIN ? ((await readStdin(host.io, host.signal)) ?? '') : readLines(file);
  const list = formsOf(document, schema).find(({ type }) => type === 'array');
  const items = itemsOf(list);
  const lines = text
    .split(/\r?\n/)
    .map((line, at) => ({ number: at + 1, text: line.trim() }))
    .filter((line) => line.text !== '' && !line.text.startsWith('#'));
  const source = file === STDIN ? 'stdin' : file;
  if (lines.length === 0 && Number(list?.minItems) > 0) {
    throw new UsageError(`${source} has no line (empty ones, and those that begin with #, do not count)`);
  }
  return { source, lines, values: lines.map((line) => fromTexts(document, items, [line.text])) };
}

function readLines(file: string): string {
  try {
    return readInput(file);
  } catch (error) {
    throw new UsageError(`${file}: ${reasonOf(error)}`);
  }
}
