/** Numbers as operators read them: three digits and a unit of the field; a dash for what is not known. */

export const UNKNOWN = '–';

/** A number and its unit, apart, so that columns can align both. */
export interface Quantity {
  readonly number: string;
  readonly unit: string;
}

const STEPS = ['', 'k', 'M', 'G', 'T', 'P'] as const;
const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `1.23 Mpps` of 1234567 and `pps`. */
export function quantity(value: number | undefined, unit: string): Quantity {
  if (value === undefined || !Number.isFinite(value)) return { number: UNKNOWN, unit: '' };
  const [number, step] = scaled(value, 1000, STEPS.length);
  return { number, unit: `${STEPS[step]}${unit}` };
}

/** `1.5 GiB` */
export function bytes(value: number | undefined): Quantity {
  if (value === undefined || !Number.isFinite(value)) return { number: UNKNOWN, unit: '' };
  const [number, step] = scaled(value, 1024, BINARY.length);
  return { number, unit: BINARY[step] };
}

export const text = ({ number, unit }: Quantity): string => (unit === '' ? number : `${number} ${unit}`);

/** Three digits that count, and the steps that the value was divided by. */
function scaled(value: number, base: number, steps: number): [string, number] {
  let step = 0;
  let rest = value;
  // What would be written as 1000 belongs to the next step.
  while (Math.abs(rest) >= base - 0.5 && step < steps - 1) {
    rest /= base;
    step += 1;
  }
  const size = Math.abs(rest);
  if (step === 0 && Number.isInteger(rest)) return [String(rest), step];
  return [rest.toFixed(size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2), step];
}

const GROUPED = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `12,345,678`: every digit. */
export function exact(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? UNKNOWN : GROUPED.format(value);
}

export function percent(share: number | undefined): string {
  return share === undefined || !Number.isFinite(share) ? UNKNOWN : `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}

/** `3 d 4 h`, `5 min 6 s`, `7 s`: the two largest parts. */
export function duration(ms: number | undefined): string {
  if (ms === undefined || !Number.isFinite(ms)) return UNKNOWN;
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  const shown = first < 0 ? [parts[3]] : parts.slice(first, first + 2);
  return shown.map(([count, unit]) => `${count} ${unit}`).join(' ');
}

/** `12.3 ms`, `400 µs`, `3.2 s`: a wait or a service time. */
export function milliseconds(ms: number | undefined): string {
  if (ms === undefined || !Number.isFinite(ms)) return UNKNOWN;
  if (ms >= 10_000) return duration(ms);
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms > 0 && ms < 0.9995) return `${Math.max(1, Math.round(1000 * ms))} µs`;
  return ms === 0 ? '0 ms' : `${ms.toFixed(ms >= 99.5 ? 0 : ms >= 9.95 ? 1 : 2)} ms`;
}

/** `13:05:22`, by the clock of this browser. */
export function clock(at: number | undefined): string {
  if (at === undefined) return UNKNOWN;
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}
