/**
 * One test for each fenced block of a document. Each block is claimed by one of the claims that the document's test
 * names, or excused in excused.ts; one that is neither fails, with words that say what to do.
 */

import { basename } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { excused, needs, needsTools } from '../support/needs.js';
import { toolsOf } from '../support/tools.js';
import { type Block, blocksOf, nameOf } from './blocks.js';
import { EXCUSED } from './excused.js';
import { type Source, TypeScript } from './typescript.js';
import { startWorld, type World, type WorldKind } from './world.js';

/** The way one block is tested. Made by the functions of claims.ts. */
export interface Claim {
  /** Stands in this block and in no other of the document. */
  readonly has: string;
  /** Why this block cannot be tested on this machine; false where it can. */
  readonly unless?: string | false;
  /** Reason why it is no failure, in CI either, that this block cannot be tested on this machine. */
  readonly excuse?: string;
  /** Whether the block is done with in a shell, with the programs that it names. */
  readonly inShell?: boolean;
  /** The modules that the block is compiled as, along with all others of the document. */
  readonly sources?: (block: Block) => readonly Source[];
  run(block: Block, reader: Reader): Promise<void>;
}

/** Somebody who goes through a document: the worlds that its blocks run in last from block to block. */
export class Reader {
  private readonly worlds = new Map<string, Promise<World>>();

  constructor(readonly typescript: TypeScript) {}

  /** `world`: agent, mock or nothing, and where a document needs another of a kind, a word: `mock again`. */
  world(world: string): Promise<World> {
    const kind = world.split(' ')[0] as WorldKind;
    const started = this.worlds.get(world) ?? startWorld(kind);
    this.worlds.set(world, started);
    return started;
  }

  async close(): Promise<void> {
    this.typescript.remove();
    for (const world of await Promise.all(this.worlds.values())) await world.stop();
  }
}

/** The file in test/documents that tests `file`; `docs/cli.md` → `cli.test.ts`, a README → its folder's name. */
export function testFileOf(file: string): string {
  const parts = file.replace(/\.md$/, '').split('/');
  const name = parts.at(-1) === 'README' ? parts.slice(0, -1).join('-') || 'readme' : basename(parts.at(-1) ?? '');
  return `${name}.test.ts`;
}

/** Declares the tests of `file`. Blocks run in the order of the document. */
export function testDocument(file: string, claims: readonly Claim[]): void {
  const blocks = blocksOf(file);
  const claimed = blocks.map((block) => ({ block, claims: claims.filter(({ has }) => block.text.includes(has)) }));
  const sources = claimed.flatMap(({ block, claims: [claim] }) => claim?.sources?.(block) ?? []);
  const reader = new Reader(new TypeScript(sources));

  // In the order of the document: a block goes on from the one before.
  describe(file, { shuffle: false }, () => {
    afterAll(() => reader.close());
    for (const { block, claims: found } of claimed) {
      const excuses = EXCUSED.filter(([of, has]) => of === file && block.text.includes(has));
      if (excuses.length === 1 && found.length === 0) continue;
      const tools = found[0]?.inShell ? needsTools(...toolsOf(block.text)) : {};
      it(nameOf(block), { ...needs(found[0]?.unless), ...tools, ...excused(found[0]?.excuse) }, async () => {
        if (excuses.length + found.length !== 1) throw new Error(unclaimed(block, excuses.length + found.length));
        await found[0].run(block, reader);
      });
    }
    it('claims and excuses: each is for a block that is there', () => {
      const texts = [...claims.map(({ has }) => has), ...EXCUSED.flatMap(([of, has]) => (of === file ? [has] : []))];
      expect(texts.filter((has) => !blocks.some(({ text }) => text.includes(has)))).toEqual([]);
    });
  });
}

export function unclaimed(block: Block, claims: number): string {
  if (claims > 1)
    return `${nameOf(block)} is claimed or excused ${claims} times: the text of each claim must be in one block only`;
  return `${nameOf(block)} is run by no test. Name it in test/documents/${testFileOf(block.file)} with one of these
(test/documents/claims.ts says more), where TEXT stands in this block and in no other:
  commands(TEXT, { on: 'agent' })   sh and console: run line by line; exit codes, and what is shown, are checked
  program(TEXT, { on: 'mock' })     ts and js: compiled, then run
  compiles(TEXT, { before: '…' })   a piece of a program: compiled, with imports and declarations in \`before\`
  settings(TEXT, { file: '…' })     yaml and conf: read by the agent
  shown(TEXT, { on, actual })       what something prints: compared with what \`actual\` gives
If it cannot be run, give the reason in test/documents/excused.ts.`;
}
