/** Messages to the thread that reads a wish, and its answers. */

import type { Problem } from '../problem.js';
import type { Place } from '../read-yaml.js';
import type { Piece } from './pieces.js';

/** Given to it when it starts. */
export interface Task {
  readonly text: string;
  /** Keys of all sections, in the order of the kinds; `isBuiltIn`: vppmux itself has its form. Forms of plugins cannot leave their thread. */
  readonly sections: readonly { readonly key: string; readonly isBuiltIn: boolean }[];
}

/** Asked one at a time. */
export type Question =
  /** Answered with a `Piece`; with null when there is none left. */
  | { readonly ask: 'piece' }
  /** Answered with a list of `Place`s. */
  | { readonly ask: 'places'; readonly paths: readonly Problem['path'][] };

export type Answer = Piece | null | readonly Place[];
