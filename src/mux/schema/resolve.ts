/** Checked files of one VPP → the model. */

import { SchemaError } from '../errors.js';
import type { ApiFile, ServiceEntry } from './api-file.js';
import { type CrcTable, chosen, type Definition, definitionsOf } from './definitions.js';
import { mergeServices } from './merge.js';
import type { ApiModel, MessageDef, Type, UnusableMessage } from './model.js';
import { classifyServices } from './services.js';
import { SharedTypes } from './shared-types.js';

/**
 * A definition that cannot be used spoils only the messages that need it. `unread`: files that could not be read at all;
 * `table`: of definitions of one name, the one whose CRC it has is taken.
 *
 * @throws SchemaError the first problem, with file and JSON path, when nothing can be used.
 */
export function resolveFiles(files: readonly ApiFile[], unread: readonly SchemaError[], table?: CrcTable): ApiModel {
  const steps = resolveSteps(files, unread, table);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in small steps, for those who let others go on in between: definitions of a hostile VPP may be many. */
export function* resolveSteps(
  files: readonly ApiFile[],
  unread: readonly SchemaError[],
  table?: CrcTable,
): Generator<void, ApiModel> {
  const shared = new SharedTypes(files);
  const problems = new Set([...unread, ...files.flatMap(({ faults }) => faults.map(({ error }) => error))]);
  const types = yield* resolveTypes(files, shared, problems);
  const definitions = yield* definitionsOf(files, shared);
  const inUse = new Map<string, Definition>();
  for (const [name, all] of definitions) inUse.set(name, chosen(all, table?.get(name)?.crc));

  const entries = new Map([...inUse].map(([name, { entry }]) => [name, entry]));
  const classified = classifyServices(servicesOf(files, inUse), entries);
  const messages = new Map<string, MessageDef>();
  const unusable = new Map<string, UnusableMessage>();
  for (const [name, { entry, layout, crc = '', file }] of inUse) {
    yield;
    const error = layout instanceof SchemaError ? layout : classified.faults.get(name);
    if (error !== undefined || entry === undefined || layout instanceof SchemaError) {
      if (error !== undefined) unusable.set(name, { crc: crc || undefined, file: file.name, error });
      continue;
    }
    const { options, comment } = entry;
    const role = classified.roleOf(entry);
    const service = classified.services.get(name);
    messages.set(name, { name, crc, ...layout, role, service, options, comment, file: file.name });
  }
  for (const { error } of unusable.values()) problems.add(error);
  for (const error of classified.faults.values()) problems.add(error);
  const [problem] = problems;
  if (messages.size === 0 && problem !== undefined) throw problem;
  return {
    messages,
    types,
    services: classified.services,
    eventRequests: classified.eventRequests,
    files: files.map(({ name, version, crc, types: own }) => ({
      name,
      version,
      crc,
      types: own.map((type) => type.name),
    })),
    unusable,
    variants: variantsOf(definitions, inUse),
    problems: [...problems],
  };
}

/** Every type of every file, so that all that is wrong is known; by name those that come first. */
function* resolveTypes(
  files: readonly ApiFile[],
  shared: SharedTypes,
  problems: Set<SchemaError>,
): Generator<void, Map<string, Type>> {
  const types = new Map<string, Type>();
  const seen = new Set<string>();
  for (const file of files) {
    const resolver = shared.of(file);
    for (const [name, entry] of resolver.entries) {
      yield;
      try {
        if (entry instanceof SchemaError) throw entry;
        const type = resolver.typeOf(entry);
        if (!types.has(name)) types.set(name, type);
      } catch (error) {
        if (!(error instanceof SchemaError)) throw error;
        if (!seen.has(error.message)) problems.add(error);
        seen.add(error.message);
      }
    }
  }
  return types;
}

/** The service of each request: that of its own file, or else of any other. */
function servicesOf(
  files: readonly ApiFile[],
  inUse: ReadonlyMap<string, Definition>,
): Map<string, ServiceEntry | SchemaError> {
  const services = new Map<string, ServiceEntry | SchemaError>();
  for (const file of files) {
    for (const [name, service] of mergeServices(file)) {
      if (!services.has(name) || inUse.get(name)?.file === file) services.set(name, service);
    }
  }
  return services;
}

function variantsOf(definitions: ReadonlyMap<string, readonly Definition[]>, inUse: ReadonlyMap<string, Definition>) {
  const variants: [string, { crc?: string; file: string }[]][] = [];
  for (const [name, all] of definitions) {
    if (all.length < 2) continue;
    const first = inUse.get(name);
    const ordered = [...all].sort((a, b) => Number(b === first) - Number(a === first));
    variants.push([name, ordered.map(({ crc, file }) => ({ crc, file: file.name }))]);
  }
  return new Map(variants);
}
