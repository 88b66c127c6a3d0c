/** All contributions of an agent's plugins, by collection. */

import { closestOrAll } from '../../nearest.js';
import { describeValue } from '../describe-value.js';
import { AgentError } from '../errors.js';
import { type Contribution, type Contributions, collectionName } from '../plugin/collection.js';
import type { Plugin } from '../plugin/plugin.js';
import type { Token } from '../token.js';

export class Contributed {
  private readonly lists = new Map<Token<unknown>, readonly Contribution<unknown>[]>();

  /**
   * Adds the contributions that a plugin's `create` returned, until `ended`. Throws PLUGIN_INVALID, and then adds none.
   */
  add(plugin: Plugin, given: Readonly<Record<string, unknown>> = {}, ended: AbortSignal): void {
    const { name, dataplane, contributes = {} } = plugin;
    const from = { plugin: name, ...(dataplane !== undefined && { dataplane }) };
    for (const unknown of Object.keys(given).filter((key) => !Object.hasOwn(contributes, key))) {
      const hint = closestOrAll(unknown, Object.keys(contributes)).text;
      throw invalid(plugin, `its create returned contribute.${unknown}, which its "contributes" does not have${hint}`);
    }
    const added = Object.entries(contributes).map(([key, collection]) => {
      const values = given[key];
      if (Array.isArray(values)) return { collection, values: values.map((value) => ({ ...from, value })) };
      const gave = values === undefined ? `no contribute.${key}` : `contribute.${key}: ${describeValue(values)}`;
      const text = `it promises to contribute to "${collectionName(collection)}", but its create returned ${gave}, where a list belongs`;
      throw invalid(plugin, text);
    });
    for (const { collection, values } of added) this.lists.set(collection, [...this.listOf(collection), ...values]);
    ended.addEventListener('abort', () => this.remove(plugin), { once: true });
  }

  /** The collection as the plugins get it that require it. */
  of(collection: Token<unknown>): Contributions<unknown> {
    const list = () => this.listOf(collection);
    return {
      get list() {
        return list();
      },
    };
  }

  private listOf(collection: Token<unknown>): readonly Contribution<unknown>[] {
    return this.lists.get(collection) ?? NONE;
  }

  private remove({ name, contributes = {} }: Plugin): void {
    for (const collection of Object.values(contributes)) {
      const left = this.listOf(collection).filter(({ plugin }) => plugin !== name);
      this.lists.set(collection, left);
    }
  }
}

/** One and the same, since a list is another one only after a change. */
const NONE: readonly never[] = [];

function invalid({ name }: Plugin, problem: string): AgentError {
  return new AgentError('PLUGIN_INVALID', `plugin ${name}: ${problem}`, { plugin: name });
}
