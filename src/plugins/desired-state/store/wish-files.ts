/**
 * Wishes by revision, each in a file `wishes/12.yaml`: the text as it was applied, behind a line that says who applied it and when. The
 * file is a wish itself.
 */

import { type FileSystem, replace } from './file-system.js';

export interface WishEntry {
  readonly revision: number;
  /** ISO 8601 */
  readonly at: string;
  readonly by: string;
  readonly comment?: string;
}

export interface SavedWish extends WishEntry {
  readonly text: string;
}

const HEAD = '# vppmux: ';
const NAME = /^([1-9]\d{0,9})\.yaml$/;

export class WishFiles {
  constructor(
    private readonly files: FileSystem,
    private readonly folder: string,
  ) {}

  /** The revisions that are there, the newest first. */
  async revisions(): Promise<number[]> {
    const names = await this.files.list(this.folder);
    const numbers = names.flatMap((name) => NAME.exec(name)?.[1] ?? []).map(Number);
    return numbers.sort((a, b) => b - a);
  }

  /** Undefined where there is no such wish. */
  async read(revision: number): Promise<SavedWish | undefined> {
    const content = await this.files.read(this.pathOf(revision));
    return content === undefined ? undefined : parsed(revision, content);
  }

  /** On disk when it resolves. */
  async write({ text, ...entry }: SavedWish): Promise<void> {
    await this.files.makeFolder(this.folder);
    await replace(this.files, this.folder, `${entry.revision}.yaml`, `${HEAD}${JSON.stringify(entry)}\n${text}`);
  }

  remove(revision: number): Promise<void> {
    return this.files.remove(this.pathOf(revision));
  }

  private pathOf(revision: number): string {
    return `${this.folder}/${revision}.yaml`;
  }
}

/** A file whose first line somebody has changed is a wish all the same. */
function parsed(revision: number, content: string): SavedWish {
  const end = content.indexOf('\n');
  const unknown = { revision, at: new Date(0).toISOString(), by: 'unknown' };
  if (!content.startsWith(HEAD) || end < 0) return { ...unknown, text: content };
  const text = content.slice(end + 1);
  try {
    const { at, by, comment } = JSON.parse(content.slice(HEAD.length, end));
    const said = typeof comment === 'string' ? { comment } : {};
    return { revision, at: String(at), by: String(by), ...said, text };
  } catch {
    return { ...unknown, text };
  }
}
