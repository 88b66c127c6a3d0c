/** The wishes that are kept, with what became of them. */

import type { z } from '../../sdk/index.js';
import type { wishHistory } from './declarations.js';
import type { WishKeeper } from './wish-keeper.js';

type Entry = z.input<typeof wishHistory.output>['wishes'][number];

/** The newest first. Rejects with EIO where they cannot be read. */
export async function history({ store, state }: WishKeeper, limit: number): Promise<Entry[]> {
  const ends = new Map<number, Readonly<Record<string, number>>>();
  for (const { event, revision, counts } of await store.entries()) {
    if (event === 'ended' && counts !== undefined) ends.set(revision, counts);
  }
  return (await store.list(limit)).map(({ revision, at, by, comment }): Entry => {
    const results = ends.get(revision);
    return {
      ...{ revision, at, by, state: stateOf(revision, state) },
      ...(comment !== undefined && { comment }),
      ...(results !== undefined && { results: { ...results } }),
    };
  });
}

function stateOf(
  revision: number,
  { present, confirmed, unconfirmed, takenBack }: WishKeeper['state'],
): Entry['state'] {
  if (revision === unconfirmed?.revision) return 'unconfirmed';
  if (revision === present) return 'present';
  if (revision === confirmed) return 'confirmed';
  return takenBack.includes(revision) ? 'taken-back' : 'past';
}
