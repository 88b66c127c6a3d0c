import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { DefinitionsDirectory } from '../../../src/mux/connection/definitions-directory.js';
import { keepModels, newestModel } from '../../../src/mux/connection/kept-models.js';
import { ownApiDir } from '../../support/mock.js';

const OWN = JSON.stringify({
  messages: [['own_event', ['u16', '_vl_msg_id'], ['u32', 'client_index'], ['u32', 'context'], { crc: '0x12345678' }]],
});

let folder: string;

function temporary(): string {
  const made = mkdtempSync(join(tmpdir(), 'models-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Reads the directory as a program that has just started; gives whether it read its definitions. */
async function readsDefinitions(dir: string): Promise<boolean> {
  const before = inodes();
  const directory = new DefinitionsDirectory(dir);
  const found = await directory.read();
  expect(found?.schema.message('show_version').def.service?.reply).toBe('show_version_reply');
  await directory.settled();
  // A new file keeps the model of definitions that were read.
  return inodes().some((inode) => !before.includes(inode));
}

function definitions(): string {
  const dir = join(temporary(), 'api');
  cpSync(ownApiDir, dir, { recursive: true });
  return dir;
}

const inodes = () => modelFiles().map((file) => statSync(file).ino);
const modelFiles = () => readdirSync(folder).map((name) => join(folder, name));

afterAll(() => keepModels(undefined, ''));

describe('models of definitions', () => {
  beforeEach(() => {
    folder = temporary();
    keepModels(folder, 'version 1');
  });

  it('the second start reads what the first has made', async () => {
    const dir = definitions();
    expect(await readsDefinitions(dir)).toBe(true);
    expect(await readsDefinitions(dir)).toBe(false);
  });

  it('a changed, a new and a removed definition: all are read again', async () => {
    const dir = definitions();
    const file = join(
      dir,
      readdirSync(dir, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('.api.json')) ?? '',
    );
    const changes = [
      () => writeFileSync(file, `${readFileSync(file, 'utf8')}\n`),
      () => cpSync(file, join(dir, 'zz.api.json')),
      () => rmSync(join(dir, 'zz.api.json')),
      () => utimesSync(file, 1, 1),
    ];
    for (const change of changes) {
      await readsDefinitions(dir);
      change();
      expect(await readsDefinitions(dir)).toBe(true);
    }
  });

  it('another version of the program reads its own only', async () => {
    const dir = definitions();
    await readsDefinitions(dir);
    keepModels(folder, 'version 2');
    expect(await readsDefinitions(dir)).toBe(true);
  });

  it('a model that is cut, or that others may write, is not taken', async () => {
    const dir = definitions();
    await readsDefinitions(dir);
    const [file] = modelFiles();
    truncateSync(file, 2000);
    expect(await readsDefinitions(dir)).toBe(true);
    chmodSync(file, 0o666);
    expect(await readsDefinitions(dir)).toBe(true);
  });

  it('a model with a damaged byte anywhere is none', async () => {
    const dir = definitions();
    await readsDefinitions(dir);
    const [file] = modelFiles();
    const { length } = readFileSync(file);
    const behindHead = readFileSync(file).indexOf('\n');
    for (const at of [0, 5, ...[0, 1, 20, 500].map((n) => behindHead + n), length >> 1, length - 1]) {
      const bytes = readFileSync(file);
      bytes[at] ^= 1;
      writeFileSync(file, bytes);
      expect(await newestModel(), `byte ${at}`).toBeUndefined();
      expect(await readsDefinitions(dir), `byte ${at}`).toBe(true);
    }
  });

  it('the newest of this version is the one that was kept or read last', async () => {
    expect(await newestModel()).toBeUndefined();
    const [small, large] = [definitions(), definitions()];
    writeFileSync(join(small, 'own.api.json'), OWN);
    await readsDefinitions(small);
    await readsDefinitions(large);
    const past = new Date(1_000_000);
    for (const file of modelFiles()) utimesSync(file, past, past);
    await readsDefinitions(small);
    expect((await newestModel())?.model.messages.has('own_event')).toBe(true);
    keepModels(folder, 'version 2');
    expect(await newestModel()).toBeUndefined();
    await readsDefinitions(large);
    expect((await newestModel())?.model.messages.has('own_event')).toBe(false);
    keepModels(folder, 'version 1');
    expect((await newestModel())?.model.messages.has('own_event')).toBe(true);
  });

  it('no folder yet: no newest model', async () => {
    keepModels(join(folder, 'none'), 'version 1');
    expect(await newestModel()).toBeUndefined();
  });

  it('a file that a writer left unfinished is removed after an hour', async () => {
    const parts = ['old', 'new'].map((name) => join(folder, `${name}.model.0123456789abcdef.part`));
    for (const part of parts) writeFileSync(part, '');
    utimesSync(parts[0], 1, 1);
    await readsDefinitions(definitions());
    expect(modelFiles()).toHaveLength(2);
    expect(modelFiles()).toContain(parts[1]);
  });

  it('only the newest are kept', async () => {
    for (let n = 0; n < 18; n++) writeFileSync(join(folder, `${n}.model`), '');
    await readsDefinitions(definitions());
    expect(modelFiles()).toHaveLength(16);
  });
});
