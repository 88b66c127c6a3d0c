/** Numbers in few columns: three digits and a letter; a dash for what is not known. */

const UNKNOWN = '-';
const STEPS = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
/** Digits of a count that is written in full. */
const FULL = 9;

/** `1.23M` of 1234567 */
export const short = (value: number | undefined): string => scaled(value, 1000, STEPS, '');

/** `1.50 GiB` */
export const bytes = (value: number | undefined): string => scaled(value, 1024, BINARY, ' ');

/** All digits, where that are not too many. */
export function count(value: number | undefined): string {
  if (value === undefined) return UNKNOWN;
  const text = String(Math.round(value));
  return text.length <= FULL ? text : short(value);
}

export function percent(share: number | undefined): string {
  return share === undefined ? UNKNOWN : `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)} %`;
}

export function milliseconds(ms: number | undefined): string {
  if (ms === undefined) return UNKNOWN;
  if (ms < 1000) return `${fixed(ms)} ms`;
  return ms < 100_000 ? `${fixed(ms / 1000)} s` : age(ms);
}

const UNITS: readonly (readonly [seconds: number, unit: string])[] = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
];

/** `3 d 4 h`: the two largest parts. */
export function age(ms: number | undefined): string {
  if (ms === undefined) return UNKNOWN;
  let rest = Math.max(0, Math.floor(ms / 1000));
  const parts = UNITS.map(([seconds, unit]) => {
    const whole = Math.floor(rest / seconds);
    rest -= whole * seconds;
    return { whole, text: `${whole} ${unit}` };
  });
  const first = parts.findIndex(({ whole }) => whole > 0);
  if (first < 0) return '0 s';
  const shown = parts.slice(first, first + 2).filter(({ whole }) => whole > 0);
  return shown.map(({ text }) => text).join(' ');
}

/** `14:03:07`, local time. */
export function clock(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}

function scaled(value: number | undefined, base: number, units: readonly string[], gap: string): string {
  if (value === undefined || !Number.isFinite(value)) return UNKNOWN;
  let [rest, step] = [value, 0];
  // A number that would be written as 1000 belongs to the next unit.
  while (Math.abs(rest) >= base - 0.5 && step < units.length - 1) [rest, step] = [rest / base, step + 1];
  const number = step === 0 && Number.isInteger(rest) ? String(rest) : fixed(rest);
  return `${number}${gap}${units[step]}`;
}

/** Three digits. */
function fixed(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size >= 99.95 || size === 0 ? 0 : size >= 9.995 ? 1 : 2);
}
