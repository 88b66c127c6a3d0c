/**
 * Values written as text (in a query, on a command line), with the types that a JSON Schema gives them. What does not
 * fit stays as it is: the operation refuses it, with its path and the reason.
 */

export type JsonSchema = Readonly<Record<string, unknown>>;

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const HEX = /^0x[0-9a-f]+$/i;

/** The forms that a value may have: references followed, alternatives side by side. `root` is what references begin at. */
export function formsOf(root: JsonSchema, schema: unknown, seen: ReadonlySet<unknown> = new Set()): JsonSchema[] {
  if (!isSchema(schema) || seen.has(schema)) return [];
  const within = new Set([...seen, schema]);
  if (typeof schema.$ref === 'string') return formsOf(root, follow(root, schema.$ref), within);
  const branches = [schema.anyOf, schema.oneOf, schema.allOf].filter(Array.isArray).flat();
  if (branches.length > 0) return branches.flatMap((branch) => formsOf(root, branch, within));
  return Array.isArray(schema.type) ? schema.type.map((type) => ({ ...schema, type })) : [schema];
}

/** Several texts for one value: a list, unless there is one text and it may be something else. */
export function fromTexts(root: JsonSchema, schema: unknown, texts: readonly string[]): unknown {
  const forms = formsOf(root, schema);
  const list = forms.find(({ type }) => type === 'array');
  if (texts.length === 1 && (list === undefined || texts[0].startsWith('[') || forms.length > 1)) {
    return fromText(root, schema, texts[0]);
  }
  return texts.map((text) => (list === undefined ? text : fromText(root, list.items, text)));
}

/** One text for one value. */
export function fromText(root: JsonSchema, schema: unknown, text: string): unknown {
  const forms = formsOf(root, schema);
  const types = new Set(forms.flatMap(({ type }) => (type === undefined ? [] : [type])));
  const fixed = forms.flatMap((form) => ('const' in form ? [form.const] : Array.isArray(form.enum) ? form.enum : []));
  const match = fixed.find((value) => String(value) === text);
  if (match !== undefined) return match;
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  if ((types.has('integer') || types.has('number')) && (NUMBER.test(text) || HEX.test(text))) return Number(text);
  if (types.has('null') && text === 'null') return null;
  const isOpen =
    forms.length === 0 || forms.some(({ type, enum: values }) => type === undefined && values === undefined);
  if ((types.has('object') && text.startsWith('{')) || (types.has('array') && text.startsWith('['))) return json(text);
  if (types.has('string')) return text;
  return isOpen ? json(text) : text;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** `#/components/schemas/x`, `#/$defs/x` */
function follow(root: JsonSchema, reference: string): unknown {
  if (!reference.startsWith('#')) return undefined;
  const steps = reference.slice(1).split('/').slice(1);
  return steps.reduce<unknown>((at, step) => {
    const key = unescapeStep(step);
    return isSchema(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }, root);
}

/** One step of a JSON pointer, as the key that it means. */
export const unescapeStep = (step: string) => step.replaceAll('~1', '/').replaceAll('~0', '~');

export const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
