/**
 * Two VPPs, or two releases of the definitions, message by message: what stays, what is different in which
 * field, what is gone, what only lacks its plugin. Data in, data out; `Connection.compatibility` and
 * `vppmux compat` fetch the data.
 */

import { didYouMean } from '../../nearest.js';
import type { MessageDef, Service } from '../schema/model.js';
import type { Compatibility, FieldChange, MessageCompatibility } from '../types.js';
import { fieldChanges } from './field-changes.js';
import { usesOf } from './uses.js';
import { otherVersions } from './versions.js';

/** The known messages of one of the two. */
export interface CompatSide {
  readonly find: (name: string) => MessageDef | undefined;
  /** Also of a message whose definition cannot be used. Left out: that of `find`. */
  readonly crcOf?: (name: string) => string | undefined;
  /** Names of the definitions. */
  readonly names: Iterable<string>;
  /** The table of the running VPP; undefined where there are definitions only. */
  readonly table?: ReadonlyMap<string, { readonly crc: string }>;
  /** The same, but of messages that it defines differently in several files those that `table` has. */
  readonly forTable?: (table: ReadonlyMap<string, { readonly crc: string }>) => CompatSide;
}

/** Compares `names` and all they bring along; without names everything, what is new included. */
export function compatibility(was: CompatSide, is: CompatSide, names?: readonly string[]): Compatibility {
  const [before, after] = [beside(was, is), beside(is, was)];
  const find = (name: string) => before.find(name) ?? after.find(name);
  const uses = names ? usesOf(names, find) : new Map(wholeOf(before, after).map((name) => [name, []]));
  const sides: Sides = { before, after, loaded: loadedFiles(before, after) };
  const messages = [...uses].map(([name, usedBy]): MessageCompatibility => {
    const found = compare(name, sides);
    return usedBy.length > 0 ? { ...found, usedBy } : found;
  });
  return { compatible: messages.every(({ verdict }) => verdict === 'same' || verdict === 'new'), messages };
}

/** Definitions without a VPP are meant for the other side's, where they leave a choice. */
function beside(side: CompatSide, { table }: CompatSide): CompatSide {
  return (side.table === undefined && table !== undefined && side.forTable?.(table)) || side;
}

function crcOf(name: string, side: CompatSide): string | undefined {
  return side.crcOf ? side.crcOf(name) : side.find(name)?.crc;
}

interface Sides {
  readonly before: CompatSide;
  readonly after: CompatSide;
  /** API files of which the running VPP has at least one message; undefined where the other side is none. */
  readonly loaded: ReadonlySet<string> | undefined;
}

function compare(name: string, sides: Sides): MessageCompatibility {
  const { before, after } = sides;
  const had = before.table?.get(name)?.crc ?? crcOf(name, before);
  const has = after.table ? after.table.get(name)?.crc : crcOf(name, after);
  const def = before.find(name) ?? after.find(name);
  const file = def && fileName(def.file);
  const base = { name, file, crc: { before: had, after: has } };
  if (has === undefined) return { ...base, ...missing(name, file, had !== undefined, sides) };
  const replacedBy = replacementOf(after.find(name));
  const advice = replacedBy ? `; replaced by ${replacedBy}, use that` : '';
  if (had === undefined) return { ...base, verdict: 'new', reason: `only there${advice}`, replacedBy };
  const changes = changesOf(definition(name, had, before), definition(name, has, after));
  if (had === has && (changes ?? []).every(isHarmless)) {
    return { ...base, verdict: 'same', reason: `the same${advice}`, changes, replacedBy };
  }
  const how = changes ? '' : '; which fields is not known';
  const reason = `defined differently: CRC ${had} → ${has}${how}${advice}`;
  return { ...base, verdict: 'changed', reason, changes, replacedBy };
}

function missing(
  name: string,
  file: string | undefined,
  had: boolean,
  { before, after, loaded }: Sides,
): Pick<MessageCompatibility, 'verdict' | 'reason' | 'replacedBy' | 'nearest'> {
  if (file !== undefined && loaded?.has(file) === false) {
    const plugin = `no message of ${file} is in the running VPP's table`;
    return { verdict: 'not-loaded', reason: `${plugin}: its plugin is not loaded, or not in this build` };
  }
  const names = [...(after.table?.keys() ?? after.names)];
  if (!had) {
    const { near, text } = didYouMean(name, names);
    return { verdict: 'unknown', reason: `neither side has it${text}`, nearest: near };
  }
  const replacedBy = replacementOf(before.find(name));
  const versions = otherVersions(name, names);
  const hint = replacedBy
    ? `; replaced by ${replacedBy}`
    : versions.length > 0
      ? `; there is ${versions.join(', ')}`
      : '';
  return { verdict: 'gone', reason: `gone${hint}`, replacedBy, nearest: versions };
}

/** The definition of exactly the message that this side has. */
function definition(name: string, crc: string, side: CompatSide): MessageDef | undefined {
  const found = side.find(name);
  return found?.crc === crc ? found : undefined;
}

function changesOf(before: MessageDef | undefined, after: MessageDef | undefined): FieldChange[] | undefined {
  if (before === undefined || after === undefined) return undefined;
  const [was, is] = [answerOf(before.service), answerOf(after.service)];
  const answer: FieldChange[] = was === is ? [] : [{ path: '', kind: 'answer', before: was, after: is }];
  return [...answer, ...fieldChanges(before.fields, after.fields)];
}

/** How a request is answered. What may come beside the details of a dump changes nothing for its user. */
function answerOf(service: Service | undefined): string | undefined {
  if (service === undefined) return undefined;
  const { kind, reply, details, cursor } = service;
  if (kind === 'oneway') return 'not at all';
  if (kind === 'unary') return `with ${reply}`;
  return kind === 'dump' ? `with ${details}` : `with ${details}, then ${reply}${cursor ? ' (cursor)' : ''}`;
}

/** VPP adds values to enums without another CRC; whoever does not know them is not harmed. */
function isHarmless({ kind, before }: FieldChange): boolean {
  return kind === 'value' && before === undefined;
}

function replacementOf(def: MessageDef | undefined): string | undefined {
  const name = def?.options.replaced_by;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function loadedFiles(before: CompatSide, { table, find }: CompatSide): Set<string> | undefined {
  if (table === undefined) return undefined;
  const defs = [...table.keys()].map((name) => find(name) ?? before.find(name));
  return new Set(defs.filter((def) => def !== undefined).map(({ file }) => fileName(file)));
}

/** `ip.api.json` of `/usr/share/vpp/api/core/ip.api.json`: definitions from elsewhere have other paths. */
export function fileName(file: string): string {
  return file.replace(/^.*[\\/]/, '');
}

function wholeOf(before: CompatSide, after: CompatSide): string[] {
  const own = before.table?.keys() ?? before.names;
  const other = after.table?.keys() ?? after.names;
  return [...new Set([...own, ...other])].sort();
}
