/** A field of a form, with its complaint below it. */

import { useId } from 'preact/hooks';
import type { FieldSpec } from './field-spec.js';

interface Props {
  readonly field: FieldSpec;
  readonly value: string;
  readonly complaint?: string;
  readonly onValue: (value: string) => void;
}

export function Field({ field, value, complaint, onValue }: Props) {
  const { label, placeholder, options, number, lines, required, hint } = field;
  const id = useId();
  const about = [hint && `${id}-hint`, complaint && `${id}-why`].filter(Boolean).join(' ');
  const common = {
    id,
    value,
    'aria-invalid': complaint !== undefined,
    'aria-required': required,
    'aria-describedby': about || undefined,
  };
  const text = { ...common, placeholder, autocomplete: 'off', spellcheck: false } as const;
  return (
    <div class="field">
      <label for={id}>
        {label}
        {required && <span class="unit"> needed</span>}
      </label>
      {options ? (
        <select {...common} onChange={({ currentTarget }) => onValue(currentTarget.value)}>
          {options.map(([each, shown]) => (
            <option key={each} value={each}>
              {shown}
            </option>
          ))}
        </select>
      ) : lines ? (
        <textarea {...text} rows={4} onInput={({ currentTarget }) => onValue(currentTarget.value)} />
      ) : (
        <input
          {...text}
          type="text"
          inputMode={number ? 'numeric' : undefined}
          onInput={({ currentTarget }) => onValue(currentTarget.value)}
        />
      )}
      {hint && (
        <span id={`${id}-hint`} class="quiet hint">
          {hint}
        </span>
      )}
      {complaint && (
        <span id={`${id}-why`} class="complaint" role="alert">
          {complaint}
        </span>
      )}
    </div>
  );
}
