/** The command line of the benchmarks. */
import { parseArgs } from 'node:util';
import { type BenchRun, readRun } from './against.js';

export const USAGE = `npm run bench -- [options]
  --runs N         runs of each, of which the median counts (default 3)
  --only TEXT      those whose name or title contains TEXT
  --quick          one run with a tenth of the numbers, for trying
  --node PATH      run the clients and the yardstick with another Node
  --json [FILE]    write the figures for a later comparison: to FILE, or to standard output
  --against FILE   compare with the figures of an earlier run`;

export interface Options {
  readonly runs: number;
  readonly only: string;
  readonly quick: boolean;
  readonly node: string;
  /** File to write to; `-`: standard output. */
  readonly json?: string;
  /** An earlier run to compare with. */
  readonly against?: BenchRun;
}

/** Throws with a line for people. */
export function parseOptions(args: readonly string[]): Options {
  const { values, tokens } = parseArgs({
    args: [...args],
    options: {
      runs: { type: 'string' },
      only: { type: 'string', default: '' },
      quick: { type: 'boolean', default: false },
      node: { type: 'string', default: process.execPath },
      json: { type: 'boolean', default: false },
      against: { type: 'string' },
    },
    allowPositionals: true,
    tokens: true,
  });
  const { quick, only, node, against } = values;
  const runs = Number(values.runs ?? (quick ? 1 : 3));
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs takes a number from 1 on, not ${values.runs}`);
  let json: string | undefined = values.json ? '-' : undefined;
  tokens.forEach((token, i) => {
    if (token.kind !== 'positional') return;
    const before = tokens[i - 1];
    if (before?.kind !== 'option' || before.name !== 'json') throw new Error(`${token.value} belongs to no option`);
    json = token.value;
  });
  return { runs, only, quick, node, json, against: against === undefined ? undefined : readRun(against) };
}
