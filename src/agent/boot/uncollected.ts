/** Contributions that nobody takes: of a plugin that is not in the list, or of a name that is misspelt. */

import { nearest } from '../../nearest.js';
import { collectionName, isCollection } from '../collection.js';
import type { Plugin } from '../plugin.js';

export interface Uncollected {
  readonly plugin: string;
  /** Worth more than a line for those who debug: there is a collection of almost this name. */
  readonly isMisspelt: boolean;
  readonly text: string;
}

export function uncollected(plugins: readonly Plugin[]): Uncollected[] {
  const required = plugins.flatMap(({ requires }) => Object.values(requires)).filter(isCollection);
  const collected = [...new Set(required.map(collectionName))];
  return plugins.flatMap(({ name: plugin, contributes = {} }) =>
    Object.values(contributes)
      .map(collectionName)
      .filter((name) => !collected.includes(name))
      .map((name) => {
        const [near] = nearest(name, collected);
        const hint = near === undefined ? '' : `; did you mean "${near}"?`;
        const text = `it contributes to "${name}", which no plugin in the list requires${hint}`;
        return { plugin, isMisspelt: near !== undefined, text };
      }),
  );
}
