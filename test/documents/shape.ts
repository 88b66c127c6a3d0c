/**
 * Whether a command prints what a document shows. Times, durations, process ids, hashes and long numbers may differ;
 * words, columns, small numbers and the order of lines may not. `…` stands for anything, alone on a line for any lines.
 */

/** In this order: what an earlier one fits is not looked at by the later ones. */
const VARIABLE: readonly (readonly [RegExp, string])[] = [
  [/…/, '.*?'],
  [/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/, '[0-9a-f-]{36}'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/, String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`],
  [/\d\d:\d\d:\d\d:\d{6}/, String.raw`\d\d:\d\d:\d\d:\d{6}`], // of packets, as VPP writes them
  [/\d\d:\d\d:\d\d\.\d{3}/, String.raw`\d\d:\d\d:\d\d\.\d{3}`],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\b/, '[0-9a-f]+'],
  [/\b\d+(?:\.\d+)? m?s\b/, String.raw`\d+(?:\.\d+)? m?s`],
  [/(?<![\d.])\d{3,}(?!\.\d)/, String.raw`\d+`],
  [/(?<![\d.])\d+\.\d{2,3}(?![\d.])/, String.raw`\d+(?:\.\d+)?`],
  [/\s+/, String.raw`\s+`],
];
const ANY = new RegExp(VARIABLE.map(([found]) => `(${found.source})`).join('|'), 'g');

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);

function lineShape(line: string): string {
  let shape = '';
  let at = 0;
  for (const match of line.matchAll(ANY)) {
    const kind = match.slice(1).findIndex((group) => group !== undefined);
    shape += escaped(line.slice(at, match.index)) + VARIABLE[kind][1];
    at = match.index + match[0].length;
  }
  return `${shape}${escaped(line.slice(at))} *\n`;
}

export function shapeOf(shown: string): RegExp {
  const lines = shown.replace(/\n+$/, '').split('\n');
  return new RegExp(
    `^${lines.map((line) => (line.trim() === '…' ? '(?:.*\n)*?' : lineShape(line.trimEnd()))).join('')}$`,
  );
}

/** The form that `shapeOf` is matched against. */
export const printed = (output: string) => `${output.replace(/\n+$/, '')}\n`;
