import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSchema } from '../../../src/mux/codec/load.js';

const api = (message: string) => JSON.stringify({ messages: [[message, ['u16', '_vl_msg_id'], { crc: '0x1' }]] });

describe('loadSchema', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'vppmux-load-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('a tree such as /usr/share/vpp/api: takes all .api.json files in it, and no others', async () => {
    mkdirSync(join(dir, 'core'));
    mkdirSync(join(dir, 'plugins', 'deep'), { recursive: true });
    writeFileSync(join(dir, 'core', 'a.api.json'), api('a'));
    writeFileSync(join(dir, 'plugins', 'b.api.json'), api('b'));
    writeFileSync(join(dir, 'plugins', 'deep', 'c.api.json'), api('c'));
    writeFileSync(join(dir, 'plugins', 'd.json'), 'no');
    writeFileSync(join(dir, 'e.api'), 'no');
    const schema = await loadSchema(dir);
    expect([...schema.model.messages.keys()].sort()).toEqual(['a', 'b', 'c']);
    expect(schema.message('a').def.file).toBe(join(dir, 'core', 'a.api.json'));
  });

  it('no directory, an empty one, or a file: SCHEMA_NOT_FOUND', async () => {
    const file = join(dir, 'x');
    writeFileSync(file, '');
    for (const path of [join(dir, 'none'), dir, file]) {
      await expect(loadSchema(path)).rejects.toMatchObject({ code: 'SCHEMA_NOT_FOUND', file: path });
    }
  });

  it('one file of many that is damaged, and one that cannot be read: the others are usable, the two are told', async () => {
    writeFileSync(join(dir, 'a.api.json'), api('a'));
    writeFileSync(join(dir, 'b.api.json'), api('b').slice(0, 20));
    mkdirSync(join(dir, 'c.api.json'));
    const { model } = await loadSchema(dir);
    expect([...model.messages.keys()]).toEqual(['a']);
    expect(model.problems.map(({ code, file }) => ({ code, file }))).toEqual([
      { code: 'SCHEMA_INVALID', file: join(dir, 'b.api.json') },
      { code: 'SCHEMA_NOT_FOUND', file: join(dir, 'c.api.json') },
    ]);
  });

  it('a named pipe, a device, a file without end among them: each is a problem of its own, and nothing waits', async () => {
    writeFileSync(join(dir, 'a.api.json'), api('a'));
    execFileSync('mkfifo', [join(dir, 'b.api.json')]);
    symlinkSync('/dev/null', join(dir, 'c.api.json'));
    writeFileSync(join(dir, 'd.api.json'), '');
    truncateSync(join(dir, 'd.api.json'), 17 << 20);
    const { model } = await loadSchema(dir);
    expect([...model.messages.keys()]).toEqual(['a']);
    expect(model.problems.map(({ message }) => /\(it is [^)]*\)/.exec(message)?.[0])).toEqual([
      '(it is a named pipe, not a file)',
      '(it is a device, not a file)',
      '(it is larger than 16 MiB)',
    ]);
  });

  it('what cannot be read: SCHEMA_NOT_FOUND with its name', async () => {
    const notOne = join(dir, 'a.api.json');
    mkdirSync(notOne);
    await expect(loadSchema(dir)).rejects.toMatchObject({ code: 'SCHEMA_NOT_FOUND', file: notOne });
  });

  it('a bad file: SCHEMA_INVALID with its name and the JSON path', async () => {
    const file = join(dir, 'a.api.json');
    writeFileSync(file, '{"messages":[["a;b"]]}');
    await expect(loadSchema(dir)).rejects.toMatchObject({ code: 'SCHEMA_INVALID', file, path: 'messages[0][0]' });
  });
});
