/**
 * Finds contributions to collections that no plugin requires: the plugin is not in the list, or the name is misspelt.
 */

import { closest } from '../../nearest.js';
import { collectionName, isCollection } from '../plugin/collection.js';
import type { Plugin } from '../plugin/plugin.js';

export interface Uncollected {
  readonly plugin: string;
  /** Whether a collection of almost this name exists: worth a warning. */
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
        const { near, text: hint } = closest(name, collected);
        const text = `it contributes to "${name}", which no plugin in the list requires${hint}`;
        return { plugin, isMisspelt: near.length > 0, text };
      }),
  );
}
