/** The fields of a form. */

import { Field } from './field.js';
import type { FieldSpec, Values } from './field-spec.js';

interface Props {
  readonly fields: readonly FieldSpec[];
  readonly values: Values;
  /** What is wrong with the value of a key. */
  readonly complaintOf: (key: string) => string | undefined;
  readonly onValues: (values: Values) => void;
}

export function Fields({ fields, values, complaintOf, onValues }: Props) {
  return (
    <>
      {fields.map((field) => (
        <Field
          key={field.key}
          field={field}
          value={values[field.key] ?? ''}
          complaint={complaintOf(field.key)}
          onValue={(value) => onValues({ ...values, [field.key]: value })}
        />
      ))}
    </>
  );
}

/** What the agent has refused, and the value that it is about: `table`, `routes[3].prefix`. */
export interface Refusal {
  readonly message: string;
  readonly path?: string;
}

/** The refusal's words for the field that it is about. */
export const complaintAt =
  (refusal: Refusal | undefined) =>
  (key: string): string | undefined =>
    refusal !== undefined && refusal.path?.split(/[.[]/)[0] === key ? refusal.message : undefined;
