/**
 * The journal: a line of JSON for each thing that happened to a wish, on disk before the next one. It is bounded: a full file becomes
 * `journal.1.ndjson`, in place of the one before. A line that a crash has cut off counts for nothing.
 */

import { z } from '../../../sdk/index.js';
import type { FileSystem } from './file-system.js';

const counts = z.record(z.string(), z.int());

const entryForm = z.object({
  at: z.string(),
  event: z.enum(['saved', 'begun', 'ended', 'confirmed', 'taken-back']),
  revision: z.int().min(1),
  /** Why, for people. */
  reason: z.string().optional(),
  by: z.string().optional(),
  /** VPP that it is about. */
  vpp: z.string().optional(),
  operations: z.int().optional(),
  counts: counts.optional(),
  /** Keys of objects that are not as they are wanted, with the reason; the first ones. */
  problems: z.array(z.object({ key: z.string(), state: z.string(), reason: z.string() })).optional(),
});

export type JournalEntry = Readonly<z.output<typeof entryForm>>;

const NAME = 'journal.ndjson';
const FORMER = 'journal.1.ndjson';
const MOST_CHARACTERS = 1024 * 1024;

export class Journal {
  private size: number | undefined;

  constructor(
    private readonly files: FileSystem,
    private readonly folder: string,
  ) {}

  /** The entries that are kept, the oldest first. */
  async entries(): Promise<JournalEntry[]> {
    const all = await Promise.all([FORMER, NAME].map((name) => this.files.read(`${this.folder}/${name}`)));
    return all.flatMap((text) => (text ?? '').split('\n')).flatMap(entryOf);
  }

  /** On disk when it resolves. */
  async add(entry: JournalEntry): Promise<void> {
    const path = `${this.folder}/${NAME}`;
    if (this.size === undefined) await this.open(path);
    const line = `${JSON.stringify(entry)}\n`;
    const isNew = this.size === 0;
    const size = this.size ?? 0;
    // Unknown until all of it is on disk: half a line may be there after an error.
    this.size = undefined;
    if (size + line.length > MOST_CHARACTERS && !isNew) await this.files.rename(path, `${this.folder}/${FORMER}`);
    await this.files.append(path, line);
    await this.files.sync(path);
    const isFirst = isNew || size + line.length > MOST_CHARACTERS;
    if (isFirst) await this.files.syncFolder(this.folder);
    this.size = isFirst ? line.length : size + line.length;
  }

  /** A line that was cut off is ended, so that the next one is a line of its own. */
  private async open(path: string): Promise<void> {
    await this.files.makeFolder(this.folder);
    const text = (await this.files.read(path)) ?? '';
    if (text !== '' && !text.endsWith('\n')) await this.files.append(path, '\n');
    this.size = text.length;
  }
}

function entryOf(line: string): JournalEntry[] {
  try {
    const { success, data } = entryForm.safeParse(JSON.parse(line));
    return success ? [data] : [];
  } catch {
    return [];
  }
}
