/**
 * Reads the files of a fleet:
 *
 *   fleet.yaml                    groups, and defaults of options; may be missing
 *   agents/LABEL.yaml             the wish of an agent; agents/LABEL/DATAPLANE.yaml where it has several dataplanes
 *   defaults/GROUP.yaml           the wish of a group, below those of its agents; defaults/GROUP/DATAPLANE.yaml
 *
 * Other files, and those whose name begins with a point, are skipped. All mistakes are found, not only the first one.
 */

import { isUtf8 } from 'node:buffer';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FileError, readRegularFile } from '../../regular-file.js';
import { reasonOf } from '../../thrown.js';
import { readYaml, showPath } from '../../wish/index.js';
import { NAME } from '../keys.js';
import { MAIN } from '../records.js';
import { type FleetFile, fleetFile } from './fleet-file.js';

/** Bytes of a wish, and of fleet.yaml. */
const WISH_BYTES = 32 * 1024 * 1024;
const FLEET_BYTES = 8 * 1024 * 1024;
const MOST_FILES = 200_000;
const FLEET_FILE = 'fleet.yaml';
const YAML = /\.ya?ml$/;

export interface FleetMistake {
  /** Below the folder: `agents/edge1.yaml`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface WishFileText {
  readonly file: string;
  readonly text: string;
}

/** By label or group, and then by dataplane. */
export type WishFiles = ReadonlyMap<string, ReadonlyMap<string, WishFileText>>;

export interface FleetFolder {
  readonly options: FleetFile;
  readonly agents: WishFiles;
  readonly defaults: WishFiles;
  readonly mistakes: readonly FleetMistake[];
}

export function readFleetFolder(folder: string): FleetFolder {
  return new Reader(folder).read();
}

class Reader {
  private readonly mistakes: FleetMistake[] = [];
  private files = 0;

  constructor(private readonly folder: string) {}

  read(): FleetFolder {
    const { mistakes } = this;
    const options = this.options();
    const agents = this.wishes('agents');
    const defaults = this.wishes('defaults');
    for (const group of defaults.keys()) {
      if (Object.hasOwn(options.groups, group)) continue;
      const how = `add "groups: { ${group}: { selector: { role: edge } } }" to ${FLEET_FILE}; an empty selector is every agent`;
      this.mistake(`defaults/${group}`, `no group of ${FLEET_FILE} has this name: ${how}`);
    }
    for (const group of Object.keys(options.groups)) {
      if (!defaults.has(group)) this.mistake(FLEET_FILE, `groups.${group}: there is no defaults/${group}.yaml`);
    }
    if (agents.size === 0 && defaults.size === 0 && mistakes.length === 0) {
      this.mistake('.', 'there is neither agents/LABEL.yaml nor defaults/GROUP.yaml');
    }
    return { options, agents, defaults, mistakes };
  }

  private options(): FleetFile {
    const none = fleetFile.parse({});
    const text = this.text(FLEET_FILE, FLEET_BYTES, true);
    if (text === undefined) return none;
    const { value, problems, repeated, placeOf } = readYaml(text);
    for (const { message, place, path } of [...problems, ...repeated]) {
      this.mistakes.push({ file: FLEET_FILE, ...(place ?? placeOf(path)), message });
    }
    if (problems.length > 0) return none;
    const parsed = fleetFile.safeParse(value ?? {});
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
      const message = path.length === 0 ? issue.message : `${showPath(path)}: ${issue.message}`;
      this.mistakes.push({ file: FLEET_FILE, ...placeOf(path), message });
    }
    return none;
  }

  private wishes(part: string): WishFiles {
    const found = new Map<string, Map<string, WishFileText>>();
    for (const entry of this.entries(part)) {
      const path = `${part}/${entry}`;
      const name = entry.replace(YAML, '');
      if (!this.isName(path, name)) continue;
      if (!this.isFolder(path)) {
        if (YAML.test(entry)) this.add(found, name, MAIN, path);
        continue;
      }
      for (const file of this.entries(path)) {
        const dataplane = file.replace(YAML, '');
        if (YAML.test(file) && this.isName(`${path}/${file}`, dataplane)) {
          this.add(found, name, dataplane, `${path}/${file}`);
        }
      }
    }
    return found;
  }

  private add(found: Map<string, Map<string, WishFileText>>, name: string, dataplane: string, file: string): void {
    const own = found.get(name) ?? new Map<string, WishFileText>();
    found.set(name, own);
    const other = own.get(dataplane);
    if (other !== undefined) {
      this.mistake(file, `${other.file} is the same wish`);
      return;
    }
    if (++this.files > MOST_FILES) {
      if (this.files === MOST_FILES + 1) this.mistake(file, `there are more than ${MOST_FILES} files`);
      return;
    }
    const text = this.text(file, WISH_BYTES);
    if (text !== undefined) own.set(dataplane, { file, text });
  }

  private isName(file: string, name: string): boolean {
    const isOne = NAME.test(name);
    if (!isOne) this.mistake(file, `"${name}" is no name: letters, digits and . _ -, of 63 characters at most`);
    return isOne;
  }

  /** Sorted; none where the folder is not there. */
  private entries(path: string): string[] {
    try {
      const names = readdirSync(join(this.folder, path));
      return names.filter((name) => !name.startsWith('.')).sort();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.mistake(path, reasonOf(error));
      return [];
    }
  }

  private isFolder(path: string): boolean {
    try {
      return statSync(join(this.folder, path), { throwIfNoEntry: false })?.isDirectory() ?? false;
    } catch {
      // A link that leads to itself: reading it as a file says so.
      return false;
    }
  }

  private text(file: string, max: number, mayBeMissing = false): string | undefined {
    try {
      const bytes = readRegularFile(join(this.folder, file), { max });
      if (isUtf8(bytes)) return new TextDecoder().decode(bytes);
      this.mistake(file, 'is not UTF-8');
    } catch (error) {
      const isMissing = error instanceof FileError && error.code === 'ENOENT';
      if (!(isMissing && mayBeMissing)) this.mistake(file, reasonOf(error));
    }
    return undefined;
  }

  private mistake(file: string, message: string): void {
    this.mistakes.push({ file, line: 1, column: 1, message });
  }
}
