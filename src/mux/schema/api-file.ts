/** The content of one `.api.json` file that passed `check-file.ts`: definitions by name, references unresolved. */

import { SchemaError } from '../errors.js';

/** Sections of a file that hold definitions. */
export type Section = 'types' | 'unions' | 'enums' | 'enumflags' | 'aliases' | 'messages';

/** The place of a definition: enough to name file and JSON path, built into text only when something is wrong. */
export interface Place {
  readonly file: string;
  readonly section: Section | 'services';
  /** Number within the section; the key where the section is an object. */
  readonly at: number | string;
}

export interface FieldEntry {
  readonly type: string;
  readonly name: string;
  /** 0 for a variable array. */
  readonly length?: number;
  readonly count?: string;
  readonly default?: unknown;
  readonly limit?: number;
  /** Position in the definition's array. */
  readonly at: number;
}

export interface StructEntry extends Place {
  readonly section: 'types' | 'unions' | 'messages';
  readonly name: string;
  readonly fields: readonly FieldEntry[];
  readonly crc?: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly comment?: string;
}

export interface EnumEntry extends Place {
  readonly section: 'enums' | 'enumflags';
  readonly name: string;
  readonly base: string;
  readonly values: ReadonlyMap<string, number>;
}

export interface AliasEntry extends Place {
  readonly section: 'aliases';
  readonly name: string;
  readonly type: string;
  readonly length?: number;
}

export interface ServiceEntry extends Place {
  readonly section: 'services';
  /** The request's. */
  readonly name: string;
  readonly reply: string;
  readonly stream: boolean;
  readonly streamMessage?: string;
  readonly events: readonly string[];
}

export type TypeEntry = StructEntry | EnumEntry | AliasEntry;

/** A definition that cannot be used. It spoils what refers to it, and nothing else. */
export interface DefinitionFault {
  readonly error: SchemaError;
  /** The name; undefined where not even that can be read. */
  readonly name?: string;
  /** A fault of a service is one of its request. */
  readonly of: 'type' | 'message' | 'service' | 'file';
  /** CRC of a message, where it could be read. */
  readonly crc?: string;
}

export interface ApiFile {
  readonly name: string;
  readonly version?: string;
  readonly crc?: string;
  readonly types: readonly TypeEntry[];
  readonly messages: readonly StructEntry[];
  readonly services: readonly ServiceEntry[];
  readonly faults: readonly DefinitionFault[];
}

export function invalid(file: string, path: string, problem: string, cause?: unknown): SchemaError {
  const where = path === '' ? file : `${file}: ${path}`;
  return new SchemaError('SCHEMA_INVALID', `${where}: ${problem}`, { file, path }, cause);
}

/** JSON path of a place, of its field `field` where given, and of what stands below that. */
export function pathOf(place: Place, field?: number, below = ''): string {
  const own = typeof place.at === 'number' ? `${place.section}[${place.at}]` : `${place.section}.${place.at}`;
  return field === undefined ? own + below : `${own}[${field}]${below}`;
}
