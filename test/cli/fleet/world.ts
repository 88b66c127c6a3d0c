/** A fleet in a folder, agents without VPP, and the files of wishes: for the commands. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type AgentOutcome, FleetKeys, type FleetStore, openFolderStore, wishHash } from '../../../src/fleet/index.js';
import { TestMember } from '../../support/fleet-members.js';
import { cli, startCli } from '../run-cli.js';

export const wish = (mtu: number) => `loopbacks:\n  loop0:\n    mtu: ${mtu}\n`;
/** A wish that every agent refuses. */
export const REFUSED = wish(666);

export interface FleetWorld {
  readonly store: FleetStore;
  readonly keys: FleetKeys;
  /** The folder of the store. */
  readonly dir: string;
  /** Writes the files of wishes; gives their folder. */
  files(files: Readonly<Record<string, string>>): string;
  member(label: string, labels?: Readonly<Record<string, string>>): Promise<TestMember>;
  /** `vppmux fleet …` to its end. */
  run(words: readonly string[], options?: Parameters<typeof cli>[1]): ReturnType<typeof cli>;
  start(words: readonly string[], options?: Parameters<typeof cli>[1]): ReturnType<typeof startCli>;
}

export async function fleetWorld(): Promise<FleetWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-fleet-'));
  const dir = join(folder, 'store');
  const store = await openFolderStore(dir);
  const keys = new FleetKeys();
  const members: TestMember[] = [];
  onTestFinished(async () => {
    await Promise.all(members.map((each) => each.end()));
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const outcome = (sha: string): AgentOutcome => (sha === wishHash(REFUSED) ? 'refused' : 'applied');
  const argvOf = (words: readonly string[]) => ['fleet', ...words, '--dir', dir];
  return {
    store,
    keys,
    dir,
    files(files) {
      const own = join(folder, 'files');
      rmSync(own, { recursive: true, force: true });
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(own, file)), { recursive: true });
        writeFileSync(join(own, file), text);
      }
      return own;
    },
    async member(label, labels = {}) {
      const one = new TestMember({ store, keys, label, labels, outcome });
      members.push(one);
      await one.isThere();
      return one;
    },
    run: (words, options) => cli(argvOf(words), options),
    start: (words, options) => startCli(argvOf(words), options),
  };
}
