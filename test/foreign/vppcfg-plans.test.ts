/**
 * Plans as lines of VPP's command line, next to those of vppcfg: the same statements in each block, and some more of ours. Taps and pairs
 * with Linux's interfaces are left out: it takes the taps of VPP 26.06 for cards that the configuration lacks, and plans nothing.
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type CliLine, cliLines } from '../../src/wish/index.js';
import { excused, needs } from '../support/needs.js';
import { sharedMissing, sharedPath } from '../support/shared.js';
import { scratch } from '../support/vpp.js';
import { withoutTaps } from '../support/without-taps.js';
import { State } from '../wish/transitions/state.js';
import { Vppcfg, vppcfgMissing } from './vppcfg/vppcfg.js';

const own = fileURLToPath(new URL('../wish/transitions', import.meta.url));

/** One of its plans takes a second and more, on a busy machine. */
const LONG = 600_000;

/** Statements that vppcfg does without, as docs/wish.md says. */
const MORE = [
  /^prune: set interface l3 /,
  /^prune: set interface l2 tag-rewrite \S+ disable$/,
  /^sync: set interface mac address BondEthernet\d+ /,
  /^prune: set interface mpls \S+ disable$/,
  /^(create: mpls table add|prune: mpls table del) 0$/,
  /^sync: sflow (sampling-rate 10000|polling-interval 20|header-bytes 128)$/,
  /^sync: set interface state \S+ down$/,
];

/** Statements that take something away and that vppcfg has in the block `sync`: all of ours are in `prune`. */
const TAKEN_AWAY = /^set interface unnumbered del |^set interface mpls \S+ disable$|^sflow enable-disable \S+ disable$/;

/** Goes through the wishes of a folder and back, and lists statements that only one of the two plans has. */
async function compared(folder: string) {
  const { path, remove } = scratch();
  onTestFinished(remove);
  const state = await State.empty();
  const vppcfg = new Vppcfg(state.socket);
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const missing: string[] = [];
  const more: string[] = [];
  for (const name of [...files, ...files.toReversed()]) {
    const text = withoutTaps(readFileSync(join(folder, name), 'utf8'));
    writeFileSync(path(name), text);
    const [theirs, ours] = [linesOf(await vppcfg.plan(path(name))), cliLines(await state.plan(text))].map(statements);
    missing.push(...[...theirs].filter((each) => !ours.has(each)).map((each) => `${name}: ${each}`));
    more.push(...[...ours].filter((each) => !theirs.has(each) && !MORE.some((form) => form.test(each))));
    await state.become(text);
  }
  return { missing, more };
}

const statements = (lines: readonly CliLine[]) => new Set(lines.map(({ block, line }) => `${block}: ${line}`));

/** Lines of a plan of vppcfg, by their blocks. */
function linesOf(plan: string): CliLine[] {
  let block: CliLine['block'] = 'prune';
  const lines: CliLine[] = [];
  for (const line of plan.split('\n').filter((each) => each !== '')) {
    const title = /^comment \{ vppcfg (prune|create|sync): /.exec(line);
    if (title === null) lines.push({ block: TAKEN_AWAY.test(line) ? 'prune' : block, line });
    else block = title[1] as CliLine['block'];
  }
  return lines;
}

describe('a plan has the statements of vppcfg', { ...excused(vppcfgMissing()), timeout: LONG }, () => {
  it('for its own transitions', needs(sharedMissing), async () => {
    expect(await compared(sharedPath('vppcfg', 'transitions'))).toEqual({ missing: [], more: [] });
  });

  it('for ours', async () => {
    expect(await compared(own)).toEqual({ missing: [], more: [] });
  });
});
