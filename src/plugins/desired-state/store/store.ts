/** Everything that is kept of wishes, in one folder: the wishes, the state, the journal. Nothing is there before the first wish. */

import { fault, reasonOf } from '../../../sdk/index.js';
import { type FileSystem, replace } from './file-system.js';
import { Journal, type JournalEntry } from './journal.js';
import { EMPTY, neededWishes, type State, stateForm } from './state.js';
import { type SavedWish, type WishEntry, WishFiles } from './wish-files.js';

const STATE = 'state.json';

export interface StoreOptions {
  readonly folder: string;
  /** Wishes that are kept, besides those that are needed. */
  readonly keep: () => number;
}

export class Store {
  private readonly wishes: WishFiles;
  private readonly journal: Journal;
  private current: State = EMPTY;

  /** Rejects with EIO where what is there cannot be read: it is not taken for nothing. */
  static async open(files: FileSystem, options: StoreOptions): Promise<Store> {
    const store = new Store(files, options);
    const text = await files.read(`${options.folder}/${STATE}`).catch((error) => {
      throw fault('EIO', `the state of wishes cannot be read: ${reasonOf(error)}`);
    });
    if (text !== undefined) store.current = stateOf(text, `${options.folder}/${STATE}`);
    return store;
  }

  private constructor(
    private readonly files: FileSystem,
    private readonly options: StoreOptions,
  ) {
    this.wishes = new WishFiles(files, `${options.folder}/wishes`);
    this.journal = new Journal(files, options.folder);
  }

  get state(): State {
    return this.current;
  }

  /** Changes the state; it is on disk when it resolves, and as before when it rejects with EIO. */
  async save(change: Partial<State>): Promise<void> {
    const next: State = { ...this.current, ...change };
    await this.onDisk('the state of the wish', async () => {
      await this.files.makeFolder(this.options.folder);
      await replace(this.files, this.options.folder, STATE, `${JSON.stringify(next, null, 2)}\n`);
    });
    this.current = next;
  }

  /** Saves a wish under the next number. Rejects with EIO. */
  async add(wish: Omit<SavedWish, 'revision'>): Promise<SavedWish> {
    const [newest = 0] = await this.wishes.revisions();
    const saved = { ...wish, revision: Math.max(newest, ...neededWishes(this.current)) + 1 };
    await this.onDisk('the wish', () => this.wishes.write(saved));
    return saved;
  }

  /** Wishes that were saved and never in effect: what makes one the present one could not be saved, or the agent has ended before. */
  async strays(): Promise<number[]> {
    const newest = Math.max(0, ...neededWishes(this.current), ...this.current.takenBack);
    return (await this.wishes.revisions()).filter((revision) => revision > newest);
  }

  /** Undefined where there is no such wish, any more. */
  read(revision: number): Promise<SavedWish | undefined> {
    return this.wishes.read(revision);
  }

  /** The wishes that are kept, the newest first. One is read after the other: each may have megabytes. */
  async list(most = Number.POSITIVE_INFINITY): Promise<WishEntry[]> {
    const all: WishEntry[] = [];
    for (const revision of (await this.wishes.revisions()).slice(0, most)) {
      const wish = await this.wishes.read(revision);
      if (wish === undefined) continue;
      const { text: _, ...entry } = wish;
      all.push(entry);
    }
    return all;
  }

  /** Rejects with EIO. */
  note(entry: JournalEntry): Promise<void> {
    return this.onDisk('the journal', () => this.journal.add(entry));
  }

  entries(): Promise<JournalEntry[]> {
    return this.journal.entries();
  }

  /** Removes the oldest wishes. */
  async prune(): Promise<void> {
    const needed = neededWishes(this.current);
    const old = (await this.wishes.revisions()).slice(this.options.keep());
    for (const revision of old) if (!needed.has(revision)) await this.wishes.remove(revision);
  }

  private async onDisk(what: string, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      throw fault('EIO', `${what} could not be saved in ${this.options.folder}: ${reasonOf(error)}`);
    }
  }
}

function stateOf(text: string, path: string): State {
  try {
    return stateForm.parse(JSON.parse(text));
  } catch (error) {
    throw fault('EIO', `${path} is not what this version of vppmux has written: ${reasonOf(error)}`);
  }
}
