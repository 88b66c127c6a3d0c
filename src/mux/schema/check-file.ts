/**
 * One `.api.json` file, checked by hand: nothing behind this module meets a value of the wrong JSON type
 * or a name outside the identifier grammar. (A schema library over each of 60,000 nodes would cost more
 * than all the rest of loading together.) What a definition refers to is `resolve.ts`'s business.
 *
 * A definition that does not pass is noted as a fault and skipped: the others of the file stay usable.
 */

import { SchemaError } from '../errors.js';
import {
  type ApiFile,
  type DefinitionFault,
  invalid,
  type Section,
  type ServiceEntry,
  type StructEntry,
  type TypeEntry,
} from './api-file.js';
import { checkAlias, checkEnum, checkService, checkStruct, crcDigits } from './check-definition.js';
import { isObject, type JsonObject, sameJson } from './json-object.js';
import { MAX_DEFINITIONS, MAX_FAULTS } from './limits.js';
import { isIdentifier } from './names.js';
import { shown } from './shown.js';

/**
 * Checks one file after the other. vppapigen writes what a file imports into that file too: nine types in ten
 * are word for word what an earlier file had, and are taken from there.
 */
export class FileChecker {
  private readonly seen = new Map<string, { readonly json: unknown; readonly entry: TypeEntry }>();
  private definitions = 0;
  private faults = 0;

  /** @throws SchemaError SCHEMA_INVALID when it is no API definition at all; lesser faults are in the result. */
  check(file: string, json: unknown): ApiFile {
    if (!isObject(json)) throw invalid(file, '', `an API definition is a JSON object, not ${shown(json)}`);
    this.count(file, json);
    const faults: DefinitionFault[] = [];
    const types: TypeEntry[] = [];
    const entries = (section: string) => sound(faults, { of: 'file' }, () => list(file, json, section)) ?? [];
    const named = (section: string) => sound(faults, { of: 'file' }, () => members(file, json, section)) ?? [];
    const addType = (section: Section, entry: unknown, name: unknown, make: () => TypeEntry) => {
      const type = sound(faults, { of: 'type', name: nameIn(name) }, () => this.once(section, name, entry, make));
      if (type !== undefined) types.push(type);
    };
    for (const section of ['types', 'unions'] as const) {
      entries(section).forEach((entry, at) => {
        addType(section, entry, first(entry), () => checkStruct({ file, section, at }, entry));
      });
    }
    for (const section of ['enums', 'enumflags'] as const) {
      entries(section).forEach((entry, at) => {
        addType(section, entry, first(entry), () => checkEnum({ file, section, at }, entry));
      });
    }
    for (const [name, entry] of named('aliases')) {
      addType('aliases', entry, name, () => checkAlias(file, name, entry));
    }
    const messages = entries('messages').flatMap((entry, at): StructEntry[] => {
      const fault = { of: 'message', name: nameIn(first(entry)), crc: crcIn(entry) } as const;
      return sound(faults, fault, () => [checkStruct({ file, section: 'messages', at }, entry)]) ?? [];
    });
    const services = named('services').flatMap(([name, entry]): ServiceEntry[] => {
      return sound(faults, { of: 'service', name: nameIn(name) }, () => [checkService(file, name, entry)]) ?? [];
    });
    this.faults += faults.length;
    const { options, vl_api_version: crc } = json;
    return {
      name: file,
      version: isObject(options) && typeof options.version === 'string' ? options.version : undefined,
      crc: typeof crc === 'string' ? crc : undefined,
      types,
      messages,
      services,
      faults,
    };
  }

  /** Refuses what is more than any VPP has, before it is looked at one by one: errors cost more than definitions. */
  private count(file: string, json: JsonObject): void {
    for (const section of SECTIONS) {
      const value = json[section];
      if (Array.isArray(value)) this.definitions += value.length;
      else if (isObject(value)) this.definitions += Object.keys(value).length;
    }
    if (this.definitions > MAX_DEFINITIONS) {
      throw invalid(file, '', `more than ${MAX_DEFINITIONS} definitions in all files so far are too many`);
    }
    if (this.faults > MAX_FAULTS) {
      throw invalid(
        file,
        '',
        `more than ${MAX_FAULTS} definitions of the files before it cannot be used; it is not read`,
      );
    }
  }

  private once(section: string, name: unknown, json: unknown, make: () => TypeEntry): TypeEntry {
    // Any other value there has a text that can throw; `make` refuses it.
    if (!isIdentifier(name)) return make();
    const key = `${section} ${name}`;
    const seen = this.seen.get(key);
    if (seen !== undefined && sameJson(seen.json, json)) return seen.entry;
    const entry = make();
    if (seen === undefined) this.seen.set(key, { json, entry });
    return entry;
  }
}

const SECTIONS = ['types', 'unions', 'enums', 'enumflags', 'aliases', 'messages', 'services'] as const;

/** The result of `make`; undefined, and a fault more, when it is refused. Where nearly nothing is right, the file is refused. */
function sound<T>(faults: DefinitionFault[], fault: Omit<DefinitionFault, 'error'>, make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    if (faults.length >= MAX_FAULTS) throw error;
    faults.push({ ...fault, error });
    return undefined;
  }
}

const first = (entry: unknown): unknown => (Array.isArray(entry) ? entry[0] : undefined);
const nameIn = (name: unknown): string | undefined => (isIdentifier(name) ? name : undefined);

/** The CRC of a message of which other parts may be wrong. */
function crcIn(entry: unknown): string | undefined {
  const info: unknown = Array.isArray(entry) ? entry[entry.length - 1] : undefined;
  return isObject(info) ? crcDigits(info.crc) : undefined;
}

function list(file: string, json: JsonObject, section: string): readonly unknown[] {
  const value = json[section];
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw invalid(file, section, `a list is expected, not ${shown(value)}`);
  return value;
}

function members(file: string, json: JsonObject, section: string): [string, unknown][] {
  const value = json[section];
  if (value === undefined) return [];
  if (!isObject(value)) throw invalid(file, section, `an object is expected, not ${shown(value)}`);
  return Object.entries(value);
}
