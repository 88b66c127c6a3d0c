/** Tables of options as the documentation writes them. */

import type { OptionGroup, OptionSpec } from '../../src/mux/index.js';

export interface OptionRow {
  readonly path: string;
  readonly option: OptionSpec;
}

type Table = Readonly<Record<string, OptionSpec | OptionGroup>>;

/** Each single option, those of groups by `health.probe`, and each group that may be missing. */
export function rowsOf(table: object, under = ''): OptionRow[] {
  return Object.entries(table as Table).flatMap(([key, spec]): OptionRow[] => {
    if (!('options' in spec)) return [{ path: under + key, option: spec }];
    const inner = rowsOf(spec.options, `${under}${key}.`);
    if (spec.onDemand === undefined) return inner;
    const otherwise = spec.onDemand === 'switch' ? 'false' : 'none';
    return [{ path: under + key, option: { text: spec.text, otherwise, problem: () => undefined } }, ...inner];
  });
}

const MiB = 1024 * 1024;

/** A default as the documentation writes it. */
export function shownDefault({ default: value, unit, otherwise }: OptionSpec): string {
  if (value === undefined) return otherwise ?? '';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  if (unit === 'bytes' && Number(value) % MiB === 0) return `${Number(value) / MiB} MiB`;
  return typeof value === 'string' ? `\`${value}\`` : String(value);
}

/** Its row in the table of a document. */
export const rowOf = ({ path, option }: OptionRow) => {
  const unit = option.unit === 'ms' && option.default !== undefined ? ' ms' : '';
  return `| \`${path}\` | ${shownDefault(option)}${unit} | ${option.text} |`;
};
