/** A wish's text that is read in one go, where it is asked for. */

import { readForm, type WishForm } from '../form.js';
import type { Kind } from '../kinds/kind.js';
import type { Problem } from '../problem.js';
import type { Place } from '../read-yaml.js';
import { formsOf } from '../sections.js';
import type { FormReader } from './form-reader.js';

export class FormHere implements FormReader {
  private readonly read: ReturnType<typeof readForm>;

  constructor(text: string, kinds: readonly Kind[]) {
    this.read = readForm(text, formsOf(kinds));
  }

  async form(): Promise<WishForm> {
    return this.read.form;
  }

  async places(paths: readonly Problem['path'][]): Promise<readonly Place[]> {
    return paths.map((path) => this.read.placeOf(path));
  }

  async end(): Promise<void> {}
}
