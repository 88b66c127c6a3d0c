/** The problems of a configuration: each with its place, and the error that has all of them. */

import { AgentError, reasonOf, StartRefused } from '../errors.js';

/** One thing wrong in a configuration file, or worth a warning. */
export interface ConfigProblem {
  readonly file: string;
  /** From 1; 0 for what is not in a file. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** The key within the file, as `dataplanes.primary`. */
  readonly path?: string;
}

/** A configuration that cannot be used, with all that is wrong in it (CONFIG_INVALID). */
export class ConfigError extends AgentError {
  constructor(
    readonly problems: readonly ConfigProblem[],
    plugin?: string,
  ) {
    super('CONFIG_INVALID', problems.map(showProblem).join('\n'), { plugin });
  }
}

/** `FILE:LINE:COLUMN: MESSAGE`, without line and column where the problem is in no file. */
export const showProblem = ({ file, line, column, message }: ConfigProblem) =>
  `${file}${line > 0 ? `:${line}:${column}` : ''}: ${message}`;

/** A problem of the configuration on disk, of any kind of error. */
export interface ReadProblem {
  readonly file: string;
  /** Empty when it is about the file as a whole. */
  readonly path: string;
  /** Without its place, which changes as the file is edited. */
  readonly message: string;
  /** With its place: a line of the log. */
  readonly text: string;
}

/** The problems of the configuration in what reading it threw, whatever that was. */
export function problemsIn(error: unknown): ReadProblem[] {
  if (error instanceof StartRefused) return error.problems.flatMap(problemsIn);
  if (error instanceof ConfigError) {
    return error.problems.map((problem) => {
      const { file, path = '', message } = problem;
      return { file, path, message, text: showProblem(problem) };
    });
  }
  const message = reasonOf(error);
  return [{ file: (error instanceof AgentError && error.file) || '', path: '', message, text: message }];
}
