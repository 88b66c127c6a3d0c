/**
 * Every wish after every other: after each change nothing is left to do, and nothing is left over. The wishes are those that vppcfg's
 * author tests its planner with, and some of our own. Where VPP_API_SOCKET names a VPP without any configuration, it is changed there as
 * well, without taps and pairs with Linux's interfaces where it can make none.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { needs } from '../support/needs.js';
import { sharedMissing, sharedPath } from '../support/shared.js';
import { realSocket } from '../support/vpp.js';
import { withoutTaps } from '../support/without-taps.js';
import { CARDS, everyPair, State } from './transitions/state.js';

/** On a busy machine. */
const LONG = 600_000;

const own = fileURLToPath(new URL('transitions', import.meta.url));

interface NamedWish {
  readonly name: string;
  readonly text: string;
}

const wishesIn = (folder: string): NamedWish[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ name: basename(name, '.yaml'), text: readFileSync(join(folder, name), 'utf8') }));

/** Goes from each wish to each, itself included, and lists what is not as it has to be. */
async function transitions(given: readonly NamedWish[]): Promise<string[]> {
  const alone = new Map<NamedWish, unknown>();
  const state = await State.empty();
  const hasTaps = await state.canMakeTaps();
  const wishes = given.map(({ name, text }) => ({ name, text: hasTaps ? text : withoutTaps(text) }));
  for (const wish of wishes) {
    const fresh = realSocket === undefined ? await State.empty() : state;
    alone.set(wish, await fresh.alone(wish.text));
  }
  const faults: string[] = [];
  for (const [from, to] of everyPair(wishes)) {
    const trouble = await state.become(to.text);
    expect.soft(await state.picture(to.text), `${from.name} → ${to.name}`).toEqual(alone.get(to));
    faults.push(...trouble.map((each) => `${from.name} → ${to.name}: ${each}`));
  }
  return faults;
}

describe(`transitions${realSocket === undefined ? '' : ' on VPP'}`, { timeout: LONG }, () => {
  it('of wishes of our own: leave nothing to do, and nothing over', async () => {
    expect(await transitions(wishesIn(own))).toEqual([]);
  });

  it('of vppcfg: leave nothing to do, and nothing over', needs(sharedMissing), async () => {
    expect(await transitions(wishesIn(sharedPath('vppcfg', 'transitions')))).toEqual([]);
  });
});

it('every pair: there is one step from each to each', () => {
  const pairs = [...everyPair(['a', 'b', 'c'])].map(([from, to]) => `${from}${to}`);
  expect(pairs.slice(1).sort()).toEqual(['aa', 'ab', 'ac', 'ba', 'bb', 'bc', 'ca', 'cb', 'cc']);
  expect(pairs.every((pair, at) => at === 0 || pair[0] === pairs[at - 1][1])).toBe(true);
  expect(CARDS).toHaveLength(4);
});
