/** Differences between wishes that agents have and those that they would get, each once with its agents. */

import {
  FleetError,
  type FleetKeys,
  type FleetStore,
  type PreparedWishes,
  readWish,
  wishHash,
} from '../../fleet/index.js';
import { unifiedDiff } from './unified-diff.js';

export interface Difference {
  /** Labels. */
  readonly agents: readonly string[];
  readonly dataplane: string;
  /** As of `diff -u`. */
  readonly lines: readonly string[];
}

/** The most frequent first. */
export async function differencesOf(
  store: FleetStore,
  keys: FleetKeys,
  { agents, seen }: PreparedWishes,
): Promise<Difference[]> {
  const found = new Map<string, { agents: string[]; dataplane: string; lines: readonly string[] }>();
  /** By the hashes of both texts: many agents may have the same. */
  const compared = new Map<string, readonly string[]>();
  const texts = new Map<string, string>();
  const textOf = async (sha256: string | undefined): Promise<string> => {
    if (sha256 === undefined) return '';
    const known = texts.get(sha256);
    if (known !== undefined) return known;
    const text = await readWish(store, keys, sha256).catch((error: unknown) => {
      if (error instanceof FleetError) return `# ${error.message}\n`;
      throw error;
    });
    texts.set(sha256, text);
    return text;
  };
  for (const [label, wanted] of agents) {
    const has = new Map(Object.entries(seen.get(label)?.assignment?.wishes ?? {}));
    for (const dataplane of new Set([...has.keys(), ...wanted.keys()])) {
      const before = has.get(dataplane);
      const after = wanted.get(dataplane);
      const hash = after === undefined ? undefined : wishHash(after);
      if (hash !== undefined && hash === before) continue;
      const pair = `${before} ${hash}`;
      const lines = compared.get(pair) ?? unifiedDiff(await textOf(before), after ?? '');
      compared.set(pair, lines);
      const key = JSON.stringify([dataplane, lines]);
      const same = found.get(key);
      if (same === undefined) found.set(key, { agents: [label], dataplane, lines });
      else same.agents.push(label);
    }
  }
  return [...found.values()].sort((a, b) => b.agents.length - a.agents.length);
}
