/** VPP in many states, adopted: the file has no mistakes, nothing is left out, and it changes nothing. With VPP_API_SOCKET on that VPP. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { adopt } from '../../src/wish/index.js';
import { needs } from '../support/needs.js';
import { sharedMissing, sharedPath } from '../support/shared.js';
import { withoutTaps } from '../support/without-taps.js';
import { State } from './transitions/state.js';

const own = fileURLToPath(new URL('transitions', import.meta.url));

async function adoptAll(folder: string) {
  const state = await State.empty();
  const hasTaps = await state.canMakeTaps();
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.yaml'))) {
    const text = readFileSync(join(folder, name), 'utf8');
    await state.become(hasTaps ? text : withoutTaps(text));
    const { problems, differs, undescribed, ...adopted } = await adopt(state.channel);
    expect({ name, problems, differs, undescribed }).toEqual({ name, problems: [], differs: [], undescribed: [] });
    // As a wish of its own, it owns all that is there.
    expect(await state.become(adopted.text)).toEqual([]);
  }
}

it('wishes of our own: adopted as they are', () => adoptAll(own));

it('those of vppcfg: adopted as they are', needs(sharedMissing), () => adoptAll(sharedPath('vppcfg', 'transitions')));
