/** Definitions of plugins that were not made for each other, over a real socket. */

import { copyFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { connect } from '../../src/mux/index.js';
import { ownApiDir } from '../support/mock.js';
import { needs } from '../support/needs.js';
import { sharedMissing, sharedPath } from '../support/shared.js';
import { mockVpp, scratch } from '../support/vpp.js';
import { afterThis } from '../support/world.js';

/** A directory with copies of these files. */
function directoryOf(files: readonly string[]): string {
  const { path, remove } = scratch();
  afterThis(remove);
  for (const file of files) copyFileSync(file, path(basename(file)));
  return path('.');
}

it('two plugins that define one message: it goes out as the running VPP defines it', needs(sharedMissing), async () => {
  const [one, two] = ['one', 'two'].map((name) => sharedPath('cases', 'schema', 'same-message', `${name}.api.json`));
  const own = readdirSync(ownApiDir).map((name) => join(ownApiDir, name));
  const { mock, socket, stop } = await mockVpp({ apiDir: directoryOf([...own, two]) });
  afterThis(stop);
  mock.handle('tag_set', () => ({ retval: 0 }));
  const vpp = await connect({ socket, apiDir: directoryOf([...own, one, two]) });
  afterThis(() => vpp.destroy());
  await vpp.channel().request('tag_set', { tag: 'red' });
  expect(mock.receivedMessages('tag_set')[0].fields).toMatchObject({ tag: 'red' });
  expect(vpp.schema?.message('tag_set').def.crc).toBe('049e1252');
});
