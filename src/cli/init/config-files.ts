/** The configuration files that `vppmux init` writes: the samples of conf/, without the example, with what was chosen. */

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
  const folder = new URL('conf/', packageRoot);
  const names = readdirSync(fileURLToPath(folder)).sort();
  const files = new Map(names.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));
  const edit = (name: string, change: (text: string) => string) => files.set(name, change(files.get(name) ?? ''));
  edit('agent.yaml', withoutExample);
  if (socket !== undefined) edit('govpp.conf', (text) => withValue(text, 'binapi-socket-path', socket));
  if (endpoint !== undefined) edit('http.conf', (text) => withValue(text, 'endpoint', endpoint));
  if (tokens) {
    for (const key of TOKEN_KEYS) edit('http.conf', (text) => withValue(text, key, `credential:${key}`));
  }
  return files;
}

/** Keys of http.conf, and names of the credentials and files that hold them. */
export const TOKEN_KEYS = ['read-token', 'write-token'] as const;

/** The sample lists an example plugin for a first look. */
function withoutExample(text: string): string {
  return replaced(
    replaced(text, /^ {2}# The example [^\n]*\n {2}- interface-lister\n/m, ''),
    /, but for the example at the end of `plugins`/,
    '',
  );
}

/** JSON strings are YAML, whatever is in them. */
const withValue = (text: string, key: string, value: string) =>
  replaced(text, new RegExp(`^${key}: .*$`, 'm'), () => `${key}: ${JSON.stringify(value)}`);

/** Throws where a sample does not have what is to be replaced: that is a fault of this package. */
function replaced(text: string, pattern: RegExp, by: string | (() => string)): string {
  if (!pattern.test(text)) throw new Error(`a sample file of conf/ lacks ${pattern}`);
  return typeof by === 'string' ? text.replace(pattern, by) : text.replace(pattern, by);
}
