/**
 * Compares two VPPs, or two releases of the definitions, message by message: the same, different in which
 * fields, gone, or only without its plugin. Data in, data out; `Connection.compatibility` and
 * `vppmux compat` fetch the data.
 */

import { didYouMean } from '../../nearest.js';
import type { MessageDef, Service } from '../schema/model.js';
import type { Compatibility, FieldChange, MessageCompatibility } from '../types.js';
import { fieldChanges } from './field-changes.js';
import { usesOf } from './uses.js';
import { otherVersions } from './versions.js';

/** Messages that are known of one side. */
export interface CompatSide {
  readonly find: (name: string) => MessageDef | undefined;
  /** CRC, also of a message whose definition cannot be used. Default: that of `find`. */
  readonly crcOf?: (name: string) => string | undefined;
  /** Names of the definitions. */
  readonly names: Iterable<string>;
  /** The table of the running VPP; undefined where there are definitions only. */
  readonly table?: ReadonlyMap<string, { readonly crc: string }>;
  /** The same side, with the definitions that `table` has where several files define a message differently. */
  readonly forTable?: (table: ReadonlyMap<string, { readonly crc: string }>) => CompatSide;
}

/** Compares `names` and the messages that they use; without names everything, new messages included. */
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

/** Chooses definitions for the VPP of the other side, where a side without a VPP leaves a choice. */
function beside(side: CompatSide, { table }: CompatSide): CompatSide {
  return (side.table === undefined && table !== undefined && side.forTable?.(table)) || side;
}

function crcOf(name: string, side: CompatSide): string | undefined {
  return side.crcOf ? side.crcOf(name) : side.find(name)?.crc;
}

interface Sides {
  readonly before: CompatSide;
  readonly after: CompatSide;
  /** API files of which the running VPP has at least one message; undefined where the other side is no running VPP. */
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

/** Definition of the message with the CRC that this side has. */
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

/** Describes how a request is answered. A reply next to the details of a dump changes nothing for its user. */
function answerOf(service: Service | undefined): string | undefined {
  if (service === undefined) return undefined;
  const { kind, reply, details, cursor } = service;
  if (kind === 'oneway') return 'not at all';
  if (kind === 'unary') return `with ${reply}`;
  return kind === 'dump' ? `with ${details}` : `with ${details}, then ${reply}${cursor ? ' (cursor)' : ''}`;
}

/** True for values that were added to an enum: VPP does that without another CRC, and it harms no program. */
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

/** Gives `ip.api.json` for `/usr/share/vpp/api/core/ip.api.json`: definitions from elsewhere have other paths. */
export function fileName(file: string): string {
  return file.replace(/^.*[\\/]/, '');
}

function wholeOf(before: CompatSide, after: CompatSide): string[] {
  const own = before.table?.keys() ?? before.names;
  const other = after.table?.keys() ?? after.names;
  return [...new Set([...own, ...other])].sort();
}
