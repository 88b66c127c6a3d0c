/** Finds the problems of the configuration in whatever reading it threw. */

import { AgentError, reasonOf, StartRefused } from '../errors.js';
import { ConfigError, showProblem } from './read.js';

export interface ReadProblem {
  readonly file: string;
  /** Empty when it is about the file as a whole. */
  readonly path: string;
  /** Without its place, which changes as the file is edited. */
  readonly message: string;
  /** With its place: a line of the log. */
  readonly text: string;
}

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
