/**
 * Plain data as YAML that parsers of YAML 1.1 and 1.2 read alike.
 *
 * The library takes a third of a millisecond for a route. Structs, lists, numbers and plain words, most of each value, are written without it.
 */

import { Document, visit } from 'yaml';
import { printable } from './printable.js';

const WORD = /^[A-Za-z_][\w./-]*$/;
/** Words with a meaning in YAML 1.1. */
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
const IP4 = /^\d+\.\d+\.\d+\.\d+(?:\/\d+)?$/;
/** With two colons in a row and a length behind it, it is neither a key nor a number of YAML 1.1. */
const IP6_PREFIX = /^[0-9a-f][0-9a-f:]*\/\d+$/;
const POSITIVE = /^[1-9]\d*$/;

export interface YamlOptions {
  /** Whether a key that is a positive number is written as one: `100:`, not `"100":`. Default false. */
  readonly numberedKeys?: boolean;
}

/** Text of a value of JSON, without a line feed at the end. */
export const yamlText = (value: unknown, options: YamlOptions = {}): string => linesOf(value, options).join('\n');

function linesOf(value: unknown, options: YamlOptions): string[] {
  if (isFilledStruct(value)) return membersOf(value).flatMap((member) => memberLines(member, options));
  if (isFilledList(value)) return value.flatMap((item) => itemLines(item, options));
  return [plainText(value) ?? libraryLines(value)].flat();
}

function memberLines([name, value]: readonly [string, unknown], options: YamlOptions): string[] {
  const key = keyText(name, options);
  if (isFilledStruct(value) || isFilledList(value)) {
    return [`${key}:`, ...linesOf(value, options).map((line) => `  ${line}`)];
  }
  const plain = plainText(value);
  if (plain !== undefined) return [`${key}: ${plain}`];
  const [first, ...rest] = libraryLines({ k: value });
  return [key + first.slice(1), ...rest];
}

function itemLines(value: unknown, options: YamlOptions): string[] {
  if (isFilledStruct(value) || isFilledList(value))
    return linesOf(value, options).map((line, at) => `${at === 0 ? '- ' : '  '}${line}`);
  const plain = plainText(value);
  return plain === undefined ? libraryLines([value]) : [`- ${plain}`];
}

function keyText(name: string, { numberedKeys = false }: YamlOptions): string {
  return isPlainWord(name) || (numberedKeys && POSITIVE.test(name)) ? name : JSON.stringify(name);
}

/** Undefined where more has to be known of YAML. */
function plainText(value: unknown): string | undefined {
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' && (isPlainWord(value) || isAddress(value)) ? value : undefined;
}

const isAddress = (text: string) => IP4.test(text) || (text.includes('::') && IP6_PREFIX.test(text));

/** YAML 1.1 takes an exponent without a point in front of it for text: `1.0e-7`, not `1e-7`. */
const numberText = (value: number) => String(value).replace(/^(-?\d+)e/, '$1.0e');

const isPlainWord = (text: string) => WORD.test(text) && !RESERVED.test(text);
const isFilledStruct = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && membersOf(value).length > 0;
/** As in JSON, a member that is undefined is none. */
const membersOf = (value: object) => Object.entries(value).filter(([, member]) => member !== undefined);
const isFilledList = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.length > 0;

function libraryLines(value: unknown): string[] {
  const document = new Document(value, {
    // Quotes what YAML 1.1 takes for something else: `off`, `0o7`, a MAC of decimal digits.
    compat: 'yaml-1.1',
    aliasDuplicateObjects: false,
  });
  visit(document, {
    Scalar(_, scalar) {
      if (typeof scalar.value !== 'string') return;
      // The output's escapes (`\u202e`) stand for a character between double quotes only. A plain = is a type of YAML 1.1.
      if (scalar.value === '=' || printable(scalar.value) !== scalar.value) scalar.type = 'QUOTE_DOUBLE';
    },
  });
  // Spaces before the line feed may belong to a text of several lines.
  return document.toString({ lineWidth: 0 }).replace(/\n$/, '').split('\n');
}
