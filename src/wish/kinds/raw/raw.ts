/**
 * Objects by their messages: `x-vppmux.raw`, for what no kind knows. An object is there where a row of its listing fits `where`; that is
 * all that is known of it. One that is created with other fields than before is created anew if `where` tells the two apart.
 */

import { type Fields, forbidden, RetvalError } from '../../../mux/index.js';
import { type Problem, showPath } from '../../problem.js';
import { OWN_KEY } from '../../read-yaml.js';
import type { Wish } from '../../wish.js';
import { defineKind, type Found, keyOf, type Wanted } from '../kind.js';
import type { VppSnapshot } from '../snapshot.js';
import { keysIn } from './references.js';
import { checkListing, checkRequest, listingOf, messageOf } from './requests.js';
import { RAW_KEY, type RawEntry, rawEntries, rawSection } from './section.js';

const NAME = 'raw';
const REQUESTS = ['create', 'delete', 'read'] as const;

/** Finds the row of an entry. Undefined where there is none, and where the entry has a mistake: its creation tells it then. */
async function rowOf(entry: RawEntry, vpp: VppSnapshot): Promise<Fields | undefined> {
  const listing = listingIn(entry, vpp);
  if (listing === undefined) return undefined;
  const { name, fields, isList, matches } = listing;
  try {
    const rows = isList ? await vpp.dump(name, fields) : [await vpp.request(name, fields)];
    return rows.find(matches);
  } catch (error) {
    // Many a `get` refuses where there is nothing.
    if (error instanceof RetvalError) return undefined;
    throw error;
  }
}

function listingIn({ read }: RawEntry, vpp: VppSnapshot) {
  const numbers = new Map([...vpp.interfaces].map(([index, { interface_name: name }]) => [name, index]));
  const refs = {
    definition: (name: string) => vpp.definition(name),
    index(key: string): number {
      throw new Error(`${key} cannot be known while VPP is read`);
    },
    interface(name: string): number {
      const index = numbers.get(name);
      if (index === undefined) throw new Error(`no interface ${name}`);
      return index;
    },
  };
  try {
    return listingOf(read, refs);
  } catch {
    return undefined;
  }
}

/** Keys that an entry needs, besides its own. */
function needsOf({ name, ...entry }: RawEntry): string[] {
  const keys = new Set([...keysIn([entry.create, entry.delete, entry.read]), ...(entry.needs ?? [])]);
  keys.delete(keyOf({ name: NAME }, name));
  return [...keys];
}

/** Entries that need each other, or what does: none of them could be made, nor deleted. Their places. */
function circles(entries: readonly RawEntry[]): number[] {
  const key = ({ name }: RawEntry) => keyOf({ name: NAME }, name);
  const open = new Map(entries.map((entry) => [key(entry), needsOf(entry)]));
  const users = new Map<string, string[]>();
  for (const [user, needs] of open) {
    for (const need of needs) {
      const list = users.get(need);
      if (list === undefined) users.set(need, [user]);
      else list.push(user);
    }
  }
  const left = new Map([...open].map(([name, needs]) => [name, needs.filter((need) => open.has(need)).length]));
  const free = [...left].flatMap(([name, count]) => (count === 0 ? [name] : []));
  for (const name of free) {
    for (const user of users.get(name) ?? []) {
      const count = (left.get(user) ?? 0) - 1;
      left.set(user, count);
      if (count === 0) free.push(user);
    }
  }
  const isFree = new Set(free);
  return [...entries.keys()].filter((at) => !isFree.has(key(entries[at])));
}

function* mistakes(wish: Wish): Generator<Problem> {
  for (const at of circles(rawEntries(wish))) {
    const path = [OWN_KEY, RAW_KEY, at];
    yield { path, message: `${showPath(path)}: it needs what needs it` };
  }
  const seen = new Set<string>();
  for (const [at, entry] of rawEntries(wish).entries()) {
    const path = [OWN_KEY, RAW_KEY, at];
    if (seen.has(entry.name)) yield { path, message: `${showPath(path)}: the name ${entry.name} is there twice` };
    seen.add(entry.name);
    for (const part of REQUESTS) {
      const { message } = entry[part];
      const reason = forbidden(message);
      const place = [...path, part];
      if (reason !== undefined)
        yield { path: place, message: `${showPath(place)}: ${message} is never sent: ${reason}` };
    }
    const [other] = [...keysIn([entry.read.fields, entry.read.where])].filter((key) => !key.startsWith('interface/'));
    const place = [...path, 'read'];
    if (other !== undefined) yield { path: place, message: `${showPath(place)}: can refer to interfaces only` };
  }
}

export const rawKind = defineKind<RawEntry>({
  name: NAME,
  ownership: 'wished',
  messages: [],
  section: { key: RAW_KEY, schema: rawSection },
  check: mistakes,
  *wanted(wish) {
    for (const [at, entry] of rawEntries(wish).entries()) {
      yield { name: entry.name, value: entry, path: [OWN_KEY, RAW_KEY, at] };
    }
  },
  async read(vpp, asked) {
    const found = new Map<string, Found<RawEntry>>();
    const rows = await Promise.all(asked.map(({ value }) => rowOf(value, vpp)));
    for (const [at, { name, value }] of asked.entries()) {
      if (found.has(name)) continue;
      const row = rows[at];
      const index = value.index === undefined ? undefined : row?.[value.index];
      if (row !== undefined) found.set(name, { name, value, ...(typeof index === 'number' && { index }) });
    }
    return [...found.values()];
  },
  needs: ({ value }) => needsOf(value),
  create({ value }: Wanted<RawEntry>, refs) {
    // Before the first message is sent: an object that could not be found or deleted afterwards is not made.
    checkListing(value.read, refs);
    checkRequest(value.delete, refs);
    return [messageOf(value.create, refs)];
  },
  indexOf(reply, { value }) {
    const index = value.index === undefined ? undefined : reply[value.index];
    return typeof index === 'number' ? index : undefined;
  },
  remove: ({ value }, refs) => [messageOf(value.delete, refs)],
});
