/**
 * Types that the files of one VPP have in common: nine in ten are word for word the same in many of them, and
 * become one. A definition that refers to another type in this file than in that one becomes two.
 */

import { didYouMean } from '../../nearest.js';
import { SchemaError } from '../errors.js';
import type { ApiFile, TypeEntry } from './api-file.js';
import { differs, mergeTypes, sameDefinition } from './merge.js';
import type { Type } from './model.js';
import { typeNameOf } from './names.js';
import { type AllTypes, SCALAR_NAMES, TypeResolver } from './type-resolver.js';

interface Resolved {
  readonly parts: readonly Type[];
  readonly type: Type;
}

interface Elsewhere {
  readonly entry: TypeEntry;
  readonly resolver: TypeResolver;
}

/** Names like a missing one are searched for so many of them; definitions may be hostile. */
const MAX_HINTS = 50;

/** The most types that one definition becomes before it is no longer compared with all of them. */
const MAX_COMPARED = 16;

export class SharedTypes implements AllTypes {
  /** The types being resolved, outermost first. */
  readonly underWay: TypeEntry[] = [];
  private readonly resolvers: ReadonlyMap<ApiFile, TypeResolver>;
  private readonly resolved = new Map<TypeEntry, Resolved[]>();
  private readonly hints = new Map<string, string>();
  private elsewhereByName: Map<string, Elsewhere | SchemaError> | undefined;

  constructor(files: readonly ApiFile[]) {
    this.resolvers = new Map(files.map((file) => [file, new TypeResolver(mergeTypes(file), this)]));
  }

  of(file: ApiFile): TypeResolver {
    return this.resolvers.get(file) ?? new TypeResolver(new Map(), this);
  }

  /** The type of `entry`, made when it has not been seen with these parts. */
  once(entry: TypeEntry, parts: readonly Type[], make: () => Type): Type {
    const known = this.resolved.get(entry) ?? [];
    const same = known.slice(-MAX_COMPARED).find((each) => each.parts.every((part, i) => part === parts[i]));
    if (same !== undefined) return same.type;
    const type = make();
    this.resolved.set(entry, [...known, { parts, type }]);
    return type;
  }

  /** A type that a file uses without holding it; vppapigen writes no such file, people do. */
  elsewhere(name: string): Elsewhere | SchemaError | undefined {
    this.elsewhereByName ??= this.all();
    return this.elsewhereByName.get(name);
  }

  /** `; did you mean …?` for a type that is nowhere. */
  hint(reference: string): string {
    let hint = this.hints.get(reference);
    if (hint === undefined) {
      this.elsewhereByName ??= this.all();
      const names = [...SCALAR_NAMES, ...this.elsewhereByName.keys()];
      hint = this.hints.size < MAX_HINTS ? didYouMean(typeNameOf(reference) ?? reference, names).text : '';
      this.hints.set(reference, hint);
    }
    return hint;
  }

  /** Every type by name; where files differ, nobody can say which one is meant. */
  private all(): Map<string, Elsewhere | SchemaError> {
    const all = new Map<string, Elsewhere | SchemaError>();
    for (const resolver of this.resolvers.values()) {
      for (const [name, entry] of resolver.entries) {
        const first = all.get(name);
        if (first === undefined) all.set(name, entry instanceof SchemaError ? entry : { entry, resolver });
        else if (first instanceof SchemaError || entry instanceof SchemaError || first.entry === entry) continue;
        else if (!sameDefinition(first.entry, entry)) all.set(name, differs(first.entry, entry, name));
      }
    }
    return all;
  }
}
