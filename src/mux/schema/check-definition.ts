/** One definition of an `.api.json` file, checked: names, lengths, numbers, and that each stands where it belongs. */

import type { SchemaError } from '../errors.js';
import {
  type AliasEntry,
  type EnumEntry,
  type FieldEntry,
  invalid,
  type Place,
  pathOf,
  type ServiceEntry,
  type StructEntry,
} from './api-file.js';
import { isObject, type JsonObject } from './json-object.js';
import { MAX_FIELDS, MAX_LENGTH } from './limits.js';
import { isFieldName, isIdentifier } from './names.js';
import { shown } from './shown.js';

function checkName(place: Place, entry: unknown): asserts entry is [string, ...unknown[]] {
  if (!Array.isArray(entry)) throw invalid(place.file, pathOf(place), `a list is expected, not ${shown(entry)}`);
  if (!isIdentifier(entry[0])) throw invalid(place.file, pathOf(place, 0), `${shown(entry[0])} is not a name`);
}

export function checkStruct<S extends StructEntry['section']>(
  place: Place & { section: S },
  entry: unknown,
): StructEntry {
  checkName(place, entry);
  const { file, section, at } = place;
  const last = entry[entry.length - 1];
  const info = isObject(last) ? last : undefined;
  if (entry.length > MAX_FIELDS + 2) {
    throw invalid(file, pathOf(place), `${entry.length - 1} fields are too many; ${MAX_FIELDS} is the most`);
  }
  const fields: FieldEntry[] = [];
  const seen = new Set<string>();
  for (let i = 1; i < (info ? entry.length - 1 : entry.length); i++) {
    const field = checkField(place, i, entry[i]);
    if (seen.has(field.name)) throw invalid(file, pathOf(place, i, '[1]'), `field ${field.name} is there twice`);
    seen.add(field.name);
    fields.push(field);
  }
  let crc: string | undefined;
  if (section === 'messages') crc = checkCrc(place, entry.length - 1, info?.crc);
  const options = info?.options;
  if (options !== undefined && !isObject(options)) {
    throw invalid(file, pathOf(place, entry.length - 1, '.options'), `an object is expected, not ${shown(options)}`);
  }
  for (const option in options ?? {}) {
    if (isFieldName(option)) continue;
    throw invalid(file, pathOf(place, entry.length - 1, '.options'), `${shown(option)} is not an option's name`);
  }
  const comment = typeof info?.comment === 'string' ? info.comment : undefined;
  return { file, section, at, name: entry[0], fields, crc, options: options ?? {}, comment };
}

function checkCrc(place: Place, at: number, crc: unknown): string {
  const digits = crcDigits(crc);
  if (digits !== undefined) return digits;
  throw invalid(place.file, pathOf(place, at, '.crc'), `a CRC such as "0x51077d14" is expected, not ${shown(crc)}`);
}

export function crcDigits(crc: unknown): string | undefined {
  const digits = typeof crc === 'string' ? /^0x([0-9a-fA-F]{1,8})$/.exec(crc)?.[1] : undefined;
  return digits?.toLowerCase().padStart(8, '0');
}

function checkField(place: Place, at: number, entry: unknown): FieldEntry {
  const wrong = (index: number, problem: string) => invalid(place.file, pathOf(place, at, `[${index}]`), problem);
  if (!Array.isArray(entry)) {
    throw invalid(place.file, pathOf(place, at), `a field [type, name, …] is expected, not ${shown(entry)}`);
  }
  const [type, name] = entry;
  if (!isIdentifier(type)) throw wrong(0, `${shown(type)} is not a type's name`);
  if (!isFieldName(name)) throw wrong(1, `${shown(name)} is not a field's name`);
  let end = entry.length;
  const last: unknown = entry[end - 1];
  let info: JsonObject | undefined;
  if (end > 2 && isObject(last)) {
    info = last;
    end--;
  }
  const length = end > 2 ? checkLength(entry[2], (problem) => wrong(2, problem)) : undefined;
  const count: unknown = end > 3 ? entry[3] : undefined;
  if (count !== undefined && !isFieldName(count)) throw wrong(3, `${shown(count)} is not a field's name`);
  if (count !== undefined && length !== 0) throw wrong(2, `a counted array has the length 0, not ${length}`);
  if (end > 4) throw wrong(4, `nothing is expected here, not ${shown(entry[4])}`);
  if (info === undefined) return { type, name, length, count, at };
  const { limit } = info;
  if (limit !== undefined && !(typeof limit === 'number' && Number.isSafeInteger(limit) && limit >= 0)) {
    throw invalid(place.file, pathOf(place, at, `[${end}].limit`), `a count is expected, not ${shown(limit)}`);
  }
  return { type, name, length, count, default: info.default, limit, at };
}

function checkLength(value: unknown, wrong: (problem: string) => SchemaError): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    throw wrong(`an array's length is expected, not ${shown(value)}`);
  }
  if (value > MAX_LENGTH) throw wrong(`an array of ${value} elements is too long; ${MAX_LENGTH} is the most`);
  return value;
}

export function checkEnum<S extends EnumEntry['section']>(place: Place & { section: S }, entry: unknown): EnumEntry {
  checkName(place, entry);
  const { file, section, at } = place;
  const last = entry[entry.length - 1];
  const info = isObject(last) ? last : undefined;
  const base = info?.enumtype ?? 'u32';
  if (!isIdentifier(base))
    throw invalid(file, pathOf(place, entry.length - 1, '.enumtype'), `${shown(base)} is no type`);
  const values = new Map<string, number>();
  for (let i = 1; i < (info ? entry.length - 1 : entry.length); i++) {
    const pair = entry[i];
    if (!Array.isArray(pair) || !isFieldName(pair[0])) {
      throw invalid(file, pathOf(place, i), `a pair [name, value] is expected, not ${shown(pair)}`);
    }
    if (values.has(pair[0])) throw invalid(file, pathOf(place, i, '[0]'), `${pair[0]} is there twice`);
    if (!Number.isSafeInteger(pair[1])) {
      throw invalid(file, pathOf(place, i, '[1]'), `an integer is expected, not ${shown(pair[1])}`);
    }
    values.set(pair[0], pair[1]);
  }
  return { file, section, at, name: entry[0], base, values };
}

export function checkAlias(file: string, name: string, entry: unknown): AliasEntry {
  if (!isIdentifier(name)) throw invalid(file, 'aliases', `${shown(name)} is not a name`);
  const place = { file, section: 'aliases', at: name } as const;
  if (!isObject(entry) || !isIdentifier(entry.type)) {
    throw invalid(file, pathOf(place), `an object with a type is expected, not ${shown(entry)}`);
  }
  if (entry.length === undefined) return { ...place, name, type: entry.type };
  const length = checkLength(entry.length, (problem) => invalid(file, pathOf(place, undefined, '.length'), problem));
  if (length === 0) throw invalid(file, pathOf(place, undefined, '.length'), 'an alias has a fixed length above 0');
  return { ...place, name, type: entry.type, length };
}

export function checkService(file: string, name: string, entry: unknown): ServiceEntry {
  if (!isIdentifier(name)) throw invalid(file, 'services', `${shown(name)} is not a name`);
  const place = { file, section: 'services', at: name } as const;
  const wrong = (key: string, problem: string) => invalid(file, pathOf(place, undefined, key), problem);
  if (!isObject(entry)) throw wrong('', `an object is expected, not ${shown(entry)}`);
  const { reply, stream, stream_msg: streamMessage, events } = entry;
  if (!isIdentifier(reply)) throw wrong('.reply', `${shown(reply)} is not a message's name`);
  if (stream !== undefined && typeof stream !== 'boolean') {
    throw wrong('.stream', `true or false is expected, not ${shown(stream)}`);
  }
  if (streamMessage !== undefined && !isIdentifier(streamMessage)) {
    throw wrong('.stream_msg', `${shown(streamMessage)} is not a message's name`);
  }
  if (events !== undefined && !(Array.isArray(events) && events.every(isIdentifier))) {
    throw wrong('.events', `a list of messages' names is expected, not ${shown(events)}`);
  }
  return {
    file,
    section: 'services',
    at: name,
    name,
    reply,
    stream: stream ?? false,
    streamMessage,
    events: events ?? [],
  };
}
