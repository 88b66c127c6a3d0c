/** Reads Prometheus's text format, strictly: what a server would refuse, or take for something else, throws. */

export interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LINE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\["\\n])*)"(?:,|$)/y;
const VALUE = /^(?:[+-]?Inf|NaN|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/;
const HEAD = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$/;
const SUFFIXES: Readonly<Record<string, readonly string[]>> = { histogram: ['_bucket', '_sum', '_count'] };

/** `isStrict`: each family has HELP and TYPE, and its lines stand together. */
export function readExposition(text: string): ReadonlyMap<string, Family> {
  if (text !== '' && !text.endsWith('\n')) throw new Error('the last line has no end');
  const families = new Map<string, { name: string; type: string; help: string; samples: Sample[] }>();
  const series = new Set<string>();
  let present: { name: string; type: string; help: string; samples: Sample[] } | undefined;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, kind, name, rest] = HEAD.exec(line) ?? [];
    if (kind === 'HELP') {
      if (families.has(name)) throw new Error(`${name} is there twice: ${line}`);
      present = { name, type: '', help: rest, samples: [] };
      families.set(name, present);
    } else if (kind === 'TYPE') {
      if (present?.name !== name || present.type !== '') throw new Error(`TYPE out of place: ${line}`);
      present.type = rest;
    } else if (!line.startsWith('#')) {
      const sample = sampleOf(line);
      if (present === undefined || !belongs(sample.name, present)) throw new Error(`no family for: ${line}`);
      const key = `${sample.name}${JSON.stringify(Object.entries(sample.labels).sort())}`;
      if (series.has(key)) throw new Error(`a series is there twice: ${line}`);
      series.add(key);
      present.samples.push(sample);
    }
  }
  return families;
}

const belongs = (name: string, { name: family, type }: { name: string; type: string }) =>
  name === family || (SUFFIXES[type] ?? []).some((suffix) => name === `${family}${suffix}`);

function sampleOf(line: string): Sample {
  const [, name, inside = '', value] = LINE.exec(line) ?? [];
  if (name === undefined || !VALUE.test(value)) throw new Error(`not a sample: ${line}`);
  const labels: Record<string, string> = {};
  for (LABEL.lastIndex = 0; LABEL.lastIndex < inside.length; ) {
    const [, label, text] = LABEL.exec(inside) ?? [];
    if (label === undefined || label in labels) throw new Error(`bad labels: ${line}`);
    labels[label] = text.replace(/\\(.)/g, (_, sign) => (sign === 'n' ? '\n' : sign));
  }
  return { name, labels, value: value.endsWith('Inf') ? Number(`${value}inity`) : Number(value) };
}
