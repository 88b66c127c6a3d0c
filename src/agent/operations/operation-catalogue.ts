/** All operations by name, with the plugins that implement each, in the order in which they are asked. */

import { isDeepStrictEqual } from 'node:util';
import { AgentError } from '../errors.js';
import { lockedShape } from './lock.js';
import { type Operation, schemasOf } from './operation.js';
import type { CatalogueEntry } from './operations.js';
import type { Provider } from './provider.js';

interface Entry {
  readonly operation: Operation;
  readonly providers: readonly Provider[];
}

export class OperationCatalogue {
  private readonly entries = new Map<string, Entry>();
  private listed: readonly CatalogueEntry[] | undefined;

  find(name: string): Entry | undefined {
    return this.entries.get(name);
  }

  get names(): string[] {
    return [...this.entries.keys()];
  }

  /** By name. */
  get list(): readonly CatalogueEntry[] {
    this.listed ??= [...this.entries.values()]
      .sort((a, b) => (a.operation.name < b.operation.name ? -1 : 1))
      .map(({ operation, providers }) => ({
        operation,
        plugins: providers.map(({ name }) => name),
        dataplanes: dataplanesOf(providers),
        get schemas() {
          return schemasOf(operation);
        },
      }));
    return this.listed;
  }

  /** Adds all operations of a plugin, or throws OPERATION_CONFLICT and adds none. */
  add(provider: Provider): void {
    const own = [...provider.implementations.values()].map(({ operation }) => operation);
    for (const operation of own) {
      const entry = this.entries.get(operation.name);
      if (entry !== undefined && !sameShape(entry.operation, operation)) throw conflict(entry, operation, provider);
    }
    for (const operation of own) {
      const entry = this.entries.get(operation.name);
      const providers = [...(entry?.providers ?? []), provider];
      this.entries.set(operation.name, { operation: entry?.operation ?? operation, providers });
    }
    this.listed = undefined;
  }

  /** Removes a plugin, and the operations that no other plugin implements. */
  remove(provider: Provider): void {
    for (const [name, entry] of this.entries) {
      const providers = entry.providers.filter((other) => other !== provider);
      if (providers.length === 0) this.entries.delete(name);
      else this.entries.set(name, { ...entry, providers });
    }
    this.listed = undefined;
  }
}

/** Undefined where a provider serves calls for any. */
function dataplanesOf(providers: readonly Provider[]): readonly string[] | undefined {
  const names = providers.flatMap(({ dataplane }) => dataplane ?? []);
  return names.length < providers.length ? undefined : [...new Set(names)];
}

function sameShape(a: Operation, b: Operation): boolean {
  return a === b || isDeepStrictEqual(lockedShape(a), lockedShape(b));
}

function conflict(entry: Entry, operation: Operation, provider: Provider): AgentError {
  const [first] = entry.providers;
  const [a, b] = [lockedShape(entry.operation), lockedShape(operation)];
  const parts = (['access', 'arguments', 'input', 'output'] as const).filter(
    (key) => !isDeepStrictEqual(a[key], b[key]),
  );
  const text =
    `plugins ${first.name} and ${provider.name} define operation ${operation.name} differently (${parts.join(', ')});` +
    ' let both import one definition, or give one of them another name';
  return new AgentError('OPERATION_CONFLICT', text, { plugin: provider.name });
}
