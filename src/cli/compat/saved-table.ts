/**
 * A VPP's message table and definitions in one file, so that an upgrade can be judged where neither VPP is at hand.
 * One JSON object; `files` is VPP's own answer to get_api_json.
 */

import { tableHash } from '../../mux/for-cli.js';
import type { Connection } from '../../mux/index.js';
import { UsageError } from '../errors.js';

const FORMAT = 'vppmux-table';
const VERSION = 1;
/** VPP builds megabytes of JSON on its main thread before it answers. */
const API_JSON_TIMEOUT = 15_000;

export interface SavedTable {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  /** VPP's version text. */
  readonly vpp: string;
  /** Hash of the table: the same for two VPPs with the same messages. */
  readonly hash: string;
  /** name → CRC. */
  readonly table: Readonly<Record<string, string>>;
  readonly files: readonly unknown[];
}

/** Reads `content` of `file`; undefined when it is no saved table. Throws UsageError for a damaged one. */
export function readSavedTable(file: string, content: unknown): SavedTable | undefined {
  if (!isObject(content) || content.format !== FORMAT) return undefined;
  const { version, vpp, table, files } = content;
  if (version !== VERSION) {
    throw new UsageError(`${file} has version ${String(version)} of the format; this vppmux reads version ${VERSION}`);
  }
  const whole = isObject(table) && Object.values(table).every((crc) => typeof crc === 'string');
  if (typeof vpp !== 'string' || !whole || !Array.isArray(files)) {
    throw new UsageError(`${file} is damaged: a saved table has vpp, table and files; save it again`);
  }
  return content as unknown as SavedTable;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Asks VPP for all of it. */
export async function savedTable(vpp: Connection, version: string): Promise<SavedTable> {
  const { json } = await vpp.channel().request('get_api_json', {}, { timeoutMs: API_JSON_TIMEOUT });
  return {
    format: FORMAT,
    version: VERSION,
    vpp: version,
    hash: tableHash(vpp.table),
    table: Object.fromEntries([...vpp.table.values()].map(({ name, crc }) => [name, crc])),
    files: JSON.parse(String(json)) as unknown[],
  };
}
