/** No document is without a test, and a block that nobody claims fails with words that help. */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { blocksOf, markdownFiles } from './blocks.js';
import { testFileOf, unclaimed } from './document.js';
import { EXCUSED } from './excused.js';

const documents = markdownFiles().filter((file) => blocksOf(file).length > 0);
const isExcused = (file: string) =>
  blocksOf(file).every(({ text }) => EXCUSED.some(([of, has]) => of === file && text.includes(has)));

describe('the documents', () => {
  it('each with a fenced block has its test file here', () => {
    const untested = documents.filter(
      (file) => !isExcused(file) && !existsSync(fileURLToPath(new URL(testFileOf(file), import.meta.url))),
    );
    const advice = untested.map(
      (file) =>
        `test/documents/${testFileOf(file)}: testDocument('${file}', [ … ]);\n${unclaimed(blocksOf(file)[0], 0)}`,
    );
    expect(advice).toEqual([]);
  });

  it('excuses: each for a block that is there, with a reason', () => {
    const idle = EXCUSED.filter(([file, has, reason]) => {
      const blocks = documents.includes(file) ? blocksOf(file) : [];
      return reason === '' || (has !== '' && blocks.filter(({ text }) => text.includes(has)).length !== 1);
    });
    expect(idle).toEqual([]);
  });
});
