/** The fields of a form for a JSON Schema, and the input that they make. */

import type { FieldSpec, Values } from '../../parts/field-spec.js';
import type { Declared, Schema } from './declared.js';

export interface SchemaField extends FieldSpec {
  readonly read: (text: string) => unknown;
}

/** A value that a field cannot be read as; the message says what it has to be. */
class Unreadable extends Error {}

export function fieldsOf({ input }: Declared): readonly SchemaField[] {
  const required = new Set(input.required ?? []);
  return Object.entries(input.properties ?? {}).map(([key, schema]) => fieldOf(key, schema, required.has(key)));
}

function fieldOf(key: string, schema: Schema, isNeeded: boolean): SchemaField {
  const required = isNeeded && schema.default === undefined;
  const common = {
    key,
    label: key,
    required,
    hint: schema.description,
    ...(schema.default !== undefined && textOf(schema.default) !== '[]' && { placeholder: textOf(schema.default) }),
  };
  const choices = choicesOf(schema);
  if (choices !== undefined) {
    const fallback = schema.default === undefined ? '' : ` (${textOf(schema.default)})`;
    const options = choices.map((each) => [textOf(each), textOf(each)] as const);
    return {
      ...common,
      options: [['', required ? 'choose …' : `default${fallback}`], ...options],
      read: (text) => choices.find((each) => textOf(each) === text),
    };
  }
  const { type } = schema;
  if (type === 'integer' || type === 'number')
    return { ...common, number: true, read: (text) => numberIn(text, schema) };
  if (type === 'array' && takesText(schema.items)) return { ...common, lines: true, read: linesIn };
  if (type === 'object' || (type === 'array' && !takesText(schema.items))) {
    return { ...common, lines: true, hint: `${schema.description ?? ''} (JSON)`.trim(), read: jsonIn };
  }
  return { ...common, read: (text) => text };
}

/** Values to choose from: of an enum, a boolean, or a union of such. */
function choicesOf({ type, enum: values, const: only, anyOf }: Schema): readonly unknown[] | undefined {
  if (values !== undefined) return values;
  if (only !== undefined) return [only];
  if (type === 'boolean') return [true, false];
  if (anyOf === undefined) return undefined;
  const all = anyOf.map(choicesOf);
  return all.every((each) => each !== undefined) ? all.flat() : undefined;
}

/** Whether an item of a list may be text. */
function takesText(items: Schema | undefined): boolean {
  if (items === undefined) return false;
  return items.type === 'string' || (items.type === undefined && (items.anyOf?.some(takesText) ?? true));
}

export interface FormInput {
  readonly input: Readonly<Record<string, unknown>>;
  /** By key: what is wrong with it. */
  readonly complaints: Readonly<Record<string, string>>;
}

export function readForm(fields: readonly SchemaField[], values: Values): FormInput {
  const input: Record<string, unknown> = {};
  const complaints: Record<string, string> = {};
  for (const { key, required, read } of fields) {
    const text = (values[key] ?? '').trim();
    if (text === '') {
      if (required) complaints[key] = 'is needed';
      continue;
    }
    try {
      input[key] = read(text);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      complaints[key] = error.message;
    }
  }
  return { input, complaints };
}

function numberIn(text: string, { type, minimum, maximum }: Schema): number {
  const value = Number(text);
  if (!Number.isFinite(value) || (type === 'integer' && !Number.isInteger(value)))
    throw new Unreadable(type === 'integer' ? 'must be a whole number' : 'must be a number');
  if (minimum !== undefined && value < minimum) throw new Unreadable(`must be ${minimum} or more`);
  if (maximum !== undefined && value > maximum) throw new Unreadable(`must be ${maximum} or less`);
  return value;
}

const linesIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unreadable('must be JSON');
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
