/** Fields of forms, and the input that they make. */

export type Values = Readonly<Record<string, string>>;

export interface FieldSpec {
  readonly key: string;
  readonly label: string;
  readonly placeholder?: string;
  /** The value is sent as a number. */
  readonly number?: boolean;
  /** Values to choose from; the empty one is not sent. */
  readonly options?: readonly (readonly [value: string, text: string])[];
  /** Several lines. */
  readonly lines?: boolean;
  readonly required?: boolean;
  /** A few words below it. */
  readonly hint?: string;
}

/** What is not filled in is not sent; what is no number is sent as it is, and refused with its place. */
export function inputOf(fields: readonly FieldSpec[], values: Values): Record<string, unknown> {
  const filled = fields.filter(({ key }) => (values[key] ?? '').trim() !== '');
  return Object.fromEntries(
    filled.map(({ key, number }) => {
      const text = values[key].trim();
      return [key, number && /^-?\d+$/.test(text) ? Number(text) : text];
    }),
  );
}
