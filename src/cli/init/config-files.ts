/**
 * The configuration files that `vppmux init` writes: those of templates/conf with what was chosen. The ones of conf/ are for
 * `npm start` in a clone, and for its user to edit: experiments there must not reach a server.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../version.js';

export interface ConfigChoices {
  /** `endpoint` of http.conf. */
  readonly endpoint?: string;
  /** `binapi-socket-path` of govpp.conf. */
  readonly socket?: string;
  readonly tokens: boolean;
}

/** File name → text. */
export function configFiles({ endpoint, socket, tokens }: ConfigChoices): Map<string, string> {
  const folder = new URL('templates/conf/', packageRoot);
  const names = readdirSync(fileURLToPath(folder)).sort();
  const files = new Map(names.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));
  const edit = (name: string, change: (text: string) => string) => files.set(name, change(files.get(name) ?? ''));
  if (socket !== undefined) edit('govpp.conf', (text) => withValue(text, 'binapi-socket-path', socket));
  if (endpoint !== undefined) edit('http.conf', (text) => withValue(text, 'endpoint', endpoint));
  if (tokens) {
    for (const key of TOKEN_KEYS) edit('http.conf', (text) => withValue(text, key, `credential:${key}`));
  }
  return files;
}

/** Keys of http.conf, and names of the credentials and files that hold them. */
export const TOKEN_KEYS = ['read-token', 'write-token'] as const;

/** The text with another value in the line of a key. JSON strings are YAML, whatever is in them. */
function withValue(text: string, key: string, value: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.startsWith(`${key}: `));
  if (at < 0) throw lacks(`the key ${key}`);
  return lines.with(at, `${key}: ${JSON.stringify(value)}`).join('\n');
}

/** A file that does not have what is to be replaced is a fault of this package. */
const lacks = (what: string) => new Error(`a file of templates/conf lacks ${what}`);
