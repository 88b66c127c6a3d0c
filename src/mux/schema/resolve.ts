/** Checked files of one VPP → the model. */

import type { ApiFile } from './api-file.js';
import { mergeEntries } from './merge.js';
import { resolveMessages } from './messages.js';
import type { ApiModel } from './model.js';
import { classifyServices } from './services.js';
import { TypeResolver } from './type-resolver.js';

/** @throws SchemaError SCHEMA_INVALID with file and JSON path, also where files contradict each other. */
export function resolveFiles(files: readonly ApiFile[]): ApiModel {
  const types = new TypeResolver(mergeEntries(files.flatMap((file) => file.types)));
  types.resolveAll();
  const services = mergeEntries(files.flatMap((file) => file.services));
  const entries = mergeEntries(files.flatMap((file) => file.messages));
  const classified = classifyServices(services, entries);
  return {
    messages: resolveMessages(entries, types, classified),
    types: types.resolved,
    services: classified.services,
    eventRequests: classified.eventRequests,
    files: files.map(({ name, version, crc }) => ({ name, version, crc })),
  };
}
