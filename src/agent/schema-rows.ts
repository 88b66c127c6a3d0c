/** A JSON Schema as rows for a person: a key with its type, default and description. */

/** As zod writes it; other keys are of no interest here. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface SchemaRow {
  /** Dotted where it is nested: `dataplanes.primary`, `rules[].action`. */
  readonly key: string;
  readonly type: string;
  /** JSON text, `required`, or empty for what may be left out. */
  readonly byDefault: string;
  readonly description: string;
}

/** A row for each key, and for the keys in it. */
export function schemaRows(schema: JsonSchema, prefix = ''): SchemaRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, own]) => {
    const key = prefix + name;
    const row = {
      key,
      type: typeText(own),
      byDefault: defaultText(own, schema.required?.includes(name) ?? false),
      description: own.description ?? '',
    };
    const inner = own.properties ? schemaRows(own, `${key}.`) : schemaRows(own.items ?? {}, `${key}[].`);
    return [row, ...inner];
  });
}

/** Keys with keys in them have theirs in rows of their own. */
function defaultText({ properties, default: byDefault }: JsonSchema, required: boolean): string {
  if (byDefault === undefined) return required ? 'required' : '';
  return properties ? '' : textOf(byDefault);
}

/** `integer 1 … 10`, `up | down`, `list of text`. */
export function typeText(schema: JsonSchema): string {
  const { type, title, items, minimum, maximum } = schema;
  if (title !== undefined) return title;
  if (schema.const !== undefined) return textOf(schema.const);
  if (schema.enum) return schema.enum.map((value) => (typeof value === 'string' ? value : textOf(value))).join(' | ');
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return choice.map(typeText).join(', or ');
  if (typeof type !== 'string') return type?.map((one) => NAMES[one] ?? one).join(', or ') ?? 'anything';
  if (type === 'array') return items ? `list of ${typeText(items)}` : 'list';
  const { additionalProperties: values } = schema;
  if (type === 'object' && typeof values === 'object') return `names → ${typeText(values)}`;
  return `${NAMES[type] ?? type}${rangeText(minimum, maximum)}`;
}

const NAMES: Readonly<Record<string, string>> = { string: 'text', boolean: 'true | false', object: 'keys' };

/** zod gives every integer the limits of what a number can hold. */
function rangeText(minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER): string {
  const [from, to] = [minimum !== Number.MIN_SAFE_INTEGER, maximum !== Number.MAX_SAFE_INTEGER];
  if (from && to) return ` ${minimum} … ${maximum}`;
  return from ? ` from ${minimum}` : to ? ` up to ${maximum}` : '';
}

const textOf = (value: unknown) => (value === '' ? '""' : typeof value === 'string' ? value : JSON.stringify(value));
