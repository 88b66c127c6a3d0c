/**
 * Reads a configuration file against its schema. Names every problem as `file:line:column`, all of them together, and
 * the nearest known key for an unknown one. Messages do not repeat values, which may be secrets.
 */

import type { z } from 'zod';
import { closestOrAll } from '../../nearest.js';
import { CONFIG_BYTES, readRegularFile } from '../../regular-file.js';
import { AgentError, reasonOf } from '../errors.js';
import { secretMask } from '../log/redact.js';
import { clearSecrets } from './clear-secrets.js';
import { ConfigError, type ConfigProblem } from './config-error.js';
import { describeIssue, showPath, valueAt } from './describe-issue.js';
import { Located } from './located.js';
import { notePlaces } from './places.js';
import { unknownKeys } from './unknown-keys.js';

/** Problems shown of each of the two kinds: thousands, each with its place and a suggestion, would take seconds. */
const MOST_PROBLEMS = 50;

const NOWHERE = { line: 0, column: 0 };

export interface ReadOptions {
  /** Values by key that override the file's, as from a command line. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Keys that no longer have an effect → a text about each. They are removed with a warning. */
  readonly obsolete?: Readonly<Record<string, string>>;
  /** Keys that must not be ignored → what to write in their place. Refused, unless their value is empty. */
  readonly refused?: Readonly<Record<string, string>>;
  /** The plugin that it configures, for errors. */
  readonly plugin?: string;
  /** Stands in messages for the file where there is none. */
  readonly missing?: string;
  /** Path within the file, when only a part of it is read. */
  readonly under?: readonly PropertyKey[];
}

export interface ReadResult<T> {
  readonly value: T;
  readonly warnings: readonly ConfigProblem[];
  /** The keys that the file sets. */
  readonly keys: readonly string[];
  /** The file itself, to give a later problem its position. */
  readonly located: Located;
}

/**
 * The checked configuration of `file`, or of an empty one without a file. Throws ConfigError (CONFIG_INVALID) with the
 * problems found, up to a limit, or CONFIG_NOT_FOUND when the file cannot be read.
 */
export function readConfig<S extends z.ZodType>(
  file: string | undefined,
  schema: S,
  options: ReadOptions = {},
): ReadResult<z.output<S>> {
  const located = new Located(
    file ?? options.missing ?? 'the configuration',
    file === undefined ? '' : readText(file, options.plugin),
  );
  if (located.problems.length > 0) throw new ConfigError(located.problems, options.plugin);
  const { settings = {}, under = [] } = options;

  const own: Readonly<Record<string, unknown>> = Object(valueAt(located.value, under));
  const { fromFile, warnings, refusals } = withoutFormerKeys(own, located, options);
  const merged = { ...fromFile, ...settings };
  const masked = secretMask(merged);
  const place = (path: readonly PropertyKey[], text: string, at: 'key' | 'value'): ConfigProblem => {
    // The message may come from a plugin's schema.
    const message = masked(text);
    if (typeof path[0] === 'string' && Object.hasOwn(settings, path[0])) {
      return { file: 'command line', ...NOWHERE, message, path: showPath(path) };
    }
    const whole = [...under, ...path];
    return { ...located.problem(whole, message, at), path: showPath(whole), ...(file === undefined && NOWHERE) };
  };

  const unknown = unknownKeys(schema, merged);
  const problems = unknown
    .slice(0, MOST_PROBLEMS)
    .map(({ path, known }) =>
      place(path, `unknown key "${String(path.at(-1))}"${closestOrAll(String(path.at(-1)), known).text}`, 'key'),
    );
  let more = unknown.length - problems.length;
  const parsed = parse(schema, merged, (message) => new ConfigError([place([], message, 'key')], options.plugin));
  for (const issue of parsed.error?.issues ?? []) {
    // Found above, with a suggestion, wherever the known keys are certain.
    if (issue.code === 'unrecognized_keys' && problems.length > 0) continue;
    if (problems.length < 2 * MOST_PROBLEMS) problems.push(place(issue.path, describeIssue(issue, merged), 'value'));
    else more++;
  }
  problems.push(...refusals);
  problems.sort(byPlace);
  if (more > 0) problems.push({ ...place([], `has ${more} more mistakes`, 'key'), ...NOWHERE });
  if (problems.length > 0 || !parsed.success) throw new ConfigError(problems, options.plugin);
  if (file !== undefined) {
    notePlaces(parsed.data, located, under);
    const clear = clearSecrets(schema, fromFile, file);
    for (const key of clear?.keys ?? []) {
      warnings.push(place([key], `${key}: a secret stands here, and ${clear?.why}; write ${key}: file:PATH`, 'key'));
    }
  }
  return { value: parsed.data, warnings, keys: Object.keys(own), located };
}

/** Takes the obsolete keys out with a warning, and the refused ones with a problem unless they are empty. */
function withoutFormerKeys(
  own: Readonly<Record<string, unknown>>,
  located: Located,
  { obsolete = {}, refused = {}, under = [] }: ReadOptions,
) {
  const at = (key: string, message: string) => located.problem([...under, key], `"${key}"${message}`, 'key');
  const entries = Object.entries(own);
  const warnings = entries.flatMap(([key]) =>
    Object.hasOwn(obsolete, key) ? [at(key, ` has no effect: ${obsolete[key]}`)] : [],
  );
  const kept = entries.filter(([key]) => !Object.hasOwn(obsolete, key));
  const refusals = kept.flatMap(([key, value]) =>
    Object.hasOwn(refused, key) && !isEmpty(value) ? [at(key, `: ${refused[key]}`)] : [],
  );
  const fromFile = Object.fromEntries(kept.filter(([key]) => !Object.hasOwn(refused, key)));
  return { fromFile, warnings, refusals };
}

/** Checks `value`. A schema is a plugin's own code: one that throws, or waits, must not end an agent that reloads. */
function parse<S extends z.ZodType>(schema: S, value: unknown, error: (message: string) => ConfigError) {
  try {
    return schema.safeParse(value);
  } catch (cause) {
    throw error(
      `the schema of this configuration failed, by throwing: ${reasonOf(cause)}; ctx.addIssue() says what is wrong and where`,
    );
  }
}

function readText(file: string, plugin: string | undefined): string {
  try {
    return readRegularFile(file, { max: CONFIG_BYTES }).toString('utf8');
  } catch (cause) {
    const text = `cannot read configuration file ${file}: ${reasonOf(cause)}`;
    throw new AgentError('CONFIG_NOT_FOUND', text, { plugin, file, cause });
  }
}

/** Whether a value asks for nothing. */
const isEmpty = (value: unknown) => !value || (typeof value === 'object' && Object.keys(value).length === 0);

const byPlace = (a: ConfigProblem, b: ConfigProblem) => a.line - b.line || a.column - b.column;
