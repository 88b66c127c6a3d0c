/** A command for one operation, made of its description: options from its keys, help from its texts. */

import { Command, Option } from 'commander';
import { formsOf, itemsOf, type JsonSchema, valuesOf } from '../../json-schema/json-schema.js';
import { footer, helpLayout } from '../output/help-layout.js';
import { type RemoteOperation, wordsOf } from './remote-operation.js';

/** An option that stands for a key. */
export interface KeyOption {
  readonly key: string;
  /** Key in `command.opts()`: strings in the order given; true or false for a flag. */
  readonly attribute: string;
  readonly flag: string;
  /** Key in `command.opts()` of the file option, where the items of the key may be lines of a file. */
  readonly fileAttribute?: string;
  readonly fileFlag?: string;
}

export interface OperationCommand {
  readonly command: Command;
  readonly keys: readonly KeyOption[];
}

/** `addShared` adds the options that every operation has; none of a key may take their place. */
export function operationCommand(
  operation: RemoteOperation,
  addShared: (command: Command) => Command,
): OperationCommand {
  const command = new Command(`vppmux op ${wordsOf(operation)}`)
    .description(`${operation.summary}.${operation.description === '' ? '' : `\n\n${operation.description}`}`)
    .usage(['[options]', ...operation.arguments.map((key) => `[${argumentName(operation, key)}]`), '[-]'].join(' '))
    .argument('[values...]');
  const shared = addShared(new Command()).options;
  const taken = new Set(['--help', ...shared.map(({ long }) => long ?? '')]);
  const keys = [...operation.keys].map(([key, schema]) => addKey(command, operation, key, schema, taken));
  addShared(command)
    .helpOption('-h, --help', 'show this')
    .helpCommand(false)
    .addHelpText('after', footer(`\n${notesOf(operation, keys)}`))
    .configureHelp({ ...helpLayout, visibleArguments: () => [] });
  return { command, keys };
}

function addKey(
  command: Command,
  operation: RemoteOperation,
  key: string,
  schema: JsonSchema,
  taken: Set<string>,
): KeyOption {
  const forms = formsOf(operation.document, schema);
  const types = new Set(forms.map(({ type }) => type));
  const flag = freeFlag(key, taken);
  const gather = (text: string, before: unknown) => [...(Array.isArray(before) ? before : []), text];
  const option = new Option(
    `${flag} ${placeholder(operation.document, schema)}`,
    about(operation, key, schema),
  ).argParser(gather);
  command.addOption(option);
  const made = { key, attribute: option.attributeName(), flag };
  if (types.has('boolean')) command.addOption(new Option(flag.replace('--', '--no-')).hideHelp());
  if (!isLines(schema, forms)) return made;
  const fileFlag = freeFlag(`${key}-file`, taken);
  const file = new Option(`${fileFlag} <file>`, `${flag} from a file, an item a line (text or JSON); - is stdin`);
  command.addOption(file);
  return { ...made, fileAttribute: file.attributeName(), fileFlag };
}

/** `swIfIndex` → `--sw-if-index`; `--input-…` where that is another option, or would mean its opposite. */
function freeFlag(key: string, taken: Set<string>): string {
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
  const flag = taken.has(`--${words}`) || words.startsWith('no-') ? `--input-${words}` : `--${words}`;
  taken.add(flag);
  return flag;
}

function placeholder(root: JsonSchema, schema: JsonSchema): string {
  const forms = formsOf(root, schema);
  const list = forms.find(({ type }) => type === 'array');
  if (list !== undefined && forms.length === 1) return placeholder(root, itemsOf(list));
  if (forms.some(({ type }) => type === 'boolean')) return '[true|false]';
  const words = forms.flatMap((form) => {
    const values = valuesOf(form) ?? [];
    return values.length > 0 && values.length <= 8 ? values.map(String) : [WORDS[String(form.type)] ?? 'json'];
  });
  return `<${[...new Set(words)].join('|') || 'json'}>`;
}

const WORDS: Readonly<Record<string, string>> = { string: 'string', integer: 'number', number: 'number', null: 'null' };

function about(operation: RemoteOperation, key: string, schema: JsonSchema): string {
  const forms = formsOf(operation.document, schema);
  const notes = [
    ...(operation.required.has(key) ? ['required'] : []),
    ...(forms.some(({ type }) => type === 'array') ? ['again for each item'] : []),
    ...(schema.default === undefined ? [] : [`default ${JSON.stringify(schema.default)}`]),
  ];
  return `${schema.description ?? ''}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`.trim();
}

const isLines = (schema: JsonSchema, forms: readonly JsonSchema[]) =>
  [schema, ...forms].some((form) => form['x-lines'] === true);

const argumentName = ({ keys, document }: RemoteOperation, key: string) =>
  formsOf(document, keys.get(key)).some(({ type }) => type === 'array') ? `${key}...` : key;

function notesOf({ access, keys }: RemoteOperation, options: readonly KeyOption[]): string {
  const files = options.flatMap(({ fileFlag }) => fileFlag ?? []);
  return [
    `It ${access === 'write' ? 'writes: the agent must let this caller write' : 'only reads'}.`,
    ...(keys.size > 0 ? ['- takes the input, or what of it has no option here, as a JSON object from stdin.'] : []),
    ...(files.length > 0 ? [`Empty lines of ${files.join(', ')}, and those that begin with #, are skipped.`] : []),
  ].join('\n\n');
}
