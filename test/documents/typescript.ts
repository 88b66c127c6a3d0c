/** The compiler, for all TypeScript of one document at once, as somebody who has installed vppmux would run it. */

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../package/packed-file.js';
import { root } from '../support/built.js';

export interface Source {
  /** With `.ts`. */
  readonly name: string;
  readonly text: string;
}

const TSC = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const OPTIONS = ['--module', 'nodenext', '--target', 'es2022', '--strict', '--skipLibCheck', '--outDir', 'dist'];

export class TypeScript {
  readonly folder = mkdtempSync(join(tmpdir(), 'vppmux-ts-'));
  private compiled: Promise<string> | undefined;

  constructor(private readonly sources: readonly Source[]) {
    mkdirSync(join(this.folder, 'node_modules'));
    symlinkSync(root, join(this.folder, 'node_modules', 'vppmux'));
    for (const name of ['@types', 'rxjs', 'zod', 'ws']) {
      symlinkSync(join(root, 'node_modules', name), join(this.folder, 'node_modules', name));
    }
    writeFileSync(join(this.folder, 'package.json'), '{ "name": "reader", "private": true, "type": "module" }\n');
  }

  /** The compiler's words about the file; empty when it has nothing to say. The program is `dist/NAME.js` then. */
  async complaints(name: string): Promise<string> {
    this.compiled ??= this.compile();
    const lines = (await this.compiled).split('\n');
    return lines.filter((line) => line.startsWith(`${name}(`) || line.startsWith('error')).join('\n');
  }

  private async compile(): Promise<string> {
    for (const { name, text } of this.sources) writeFileSync(join(this.folder, name), text);
    const files = this.sources.map(({ name }) => name);
    const { stdout } = await run(process.execPath, [TSC, ...OPTIONS, '--types', 'node', ...files], this.folder);
    return stdout;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
