/** Words that a command line can go on with: commands, their options, messages, fields, and names of enums. */

import { type Field, ownFields, shortEnumNames, unalias } from '../../mux/for-cli.js';
import type { Schema } from '../../mux/index.js';
import type { OptionNames } from './options-of.js';

/** Names that are known without a VPP. */
export interface Known {
  readonly commands: readonly string[];
  readonly options: OptionNames;
  /** Commands of the command, as `fleet` has. Default: none. */
  readonly own?: readonly string[];
  /** Undefined where no command has kept definitions yet. */
  readonly schema: Schema | undefined;
}

/** Roles and kinds of the messages that a command takes. */
const WANTED: Readonly<Record<string, (schema: Schema, name: string) => boolean>> = {
  call: (schema, name) => ['unary', 'oneway'].includes(kindOf(schema, name) ?? ''),
  dump: (schema, name) => ['dump', 'get'].includes(kindOf(schema, name) ?? ''),
  watch: (schema, name) => schema.model.messages.get(name)?.role === 'event',
  describe: () => true,
};

const kindOf = (schema: Schema, name: string) => schema.model.messages.get(name)?.service?.kind;

/** Candidates for the last of `words`, which begin with the command. */
export function candidates(words: readonly string[], { commands, options, own = [], schema }: Known): string[] {
  const last = words.at(-1) ?? '';
  const fitting = (all: Iterable<string>) => [...all].filter((each) => each.startsWith(last)).sort();
  if (words.length <= 1) return fitting(commands);
  if (last.startsWith('-')) return fitting(options.shown);
  if (words.length === 2 && own.length > 0) return fitting(own);
  const wanted = Object.hasOwn(WANTED, words[0]) ? WANTED[words[0]] : undefined;
  if (schema === undefined || wanted === undefined) return [];
  const isValue = (at: number) => options.valued.includes(words[at - 1]);
  if (isValue(words.length - 1)) return [];
  const name = words.slice(0, -1).find((word, at) => at > 0 && !word.startsWith('-') && !isValue(at));
  if (name === undefined || words[0] === 'describe') {
    return fitting(schema.model.messages.keys()).filter((each) => wanted(schema, each));
  }
  const def = schema.model.messages.get(name);
  return def === undefined ? [] : fieldWords(ownFields(def.fields), last);
}

/** Fields and values that begin with `word`, a path such as `route.paths[0].type=`. */
function fieldWords(fields: readonly Field[], word: string): string[] {
  const equals = word.indexOf('=');
  const path = equals < 0 ? word : word.slice(0, equals);
  const parts = path.split('.');
  const own = parts.pop() ?? '';
  const before = parts.map((part) => `${part}.`).join('');
  const within = parts.reduce<readonly Field[]>((from, part) => inner(from, part), fields);
  if (equals < 0)
    return within
      .map((field) => before + shown(field))
      .filter((each) => each.startsWith(word))
      .sort();
  const field = within.find((each) => each.name === own.replace(/\[\d+\]$/, ''));
  return valuesOf(field)
    .map((value) => `${path}=${value}`)
    .filter((each) => each.startsWith(word));
}

/** The fields of the struct that `part` names, as `paths[0]`. */
function inner(fields: readonly Field[], part: string): readonly Field[] {
  const name = part.replace(/\[\d+\]$/, '');
  const type = fields.find((field) => field.name === name)?.type;
  const plain = type && unalias(type);
  if (plain?.kind === 'struct') return plain.fields;
  return plain?.kind === 'union' ? plain.arms : [];
}

/** `name=`, `struct.`, `list[0].` */
function shown({ name, type, array }: Field): string {
  const plain = unalias(type);
  const isStruct =
    (plain.kind === 'struct' && plain.name !== 'address' && plain.name !== 'prefix') || plain.kind === 'union';
  if (!isStruct) return `${name}=`;
  return array === undefined ? `${name}.` : `${name}[0].`;
}

function valuesOf(field: Field | undefined): string[] {
  const plain = field && unalias(field.type);
  if (plain?.kind === 'enum') return [...shortEnumNames(plain).keys()];
  return plain?.kind === 'scalar' && plain.name === 'bool' ? ['true', 'false'] : [];
}
