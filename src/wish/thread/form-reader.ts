/** The reader of a wish's text: this thread, or one of its own. */

import type { WishForm } from '../form.js';
import type { Problem } from '../problem.js';
import type { Place } from '../read-yaml.js';

export interface FormReader {
  form(): Promise<WishForm>;
  /** The places of values in the text, after `form`. */
  places(paths: readonly Problem['path'][]): Promise<readonly Place[]>;
  /** Nothing is left when it resolves. */
  end(): Promise<void>;
}
