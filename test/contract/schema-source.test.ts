/** The sources of the definitions, over a real socket. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type ConnectOptions, connect, loadSchema } from '../../src/mux/index.js';
import { mockVpp, scratch } from '../support/vpp.js';
import { afterThis } from '../support/world.js';

const MOCK_API = fileURLToPath(new URL('../../mock-vpp/api', import.meta.url));
async function world() {
  const { mock, socket, stop } = await mockVpp();
  const { path, remove } = scratch();
  afterThis(remove, stop);
  const open = async (options: ConnectOptions) => {
    const connection = await connect({ socket, ...options });
    afterThis(() => connection.destroy());
    return connection;
  };
  return { mock, path, open };
}

/** The file that definitions were cached in, once they were used. */
async function cachedIn(dir: string): Promise<string> {
  const files = () => (existsSync(dir) ? readdirSync(dir) : []);
  await expect.poll(files).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.json$/)]);
  return files()[0];
}

describe('definitions', () => {
  it('no directory: VPP is asked once; a second process finds them in the cache, whatever the ids', async () => {
    const { mock, path, open } = await world();
    const cacheDir = path('cache');
    const first = await open({ cacheDir });
    expect(first.status.reason).toContain('VPP itself');
    await cachedIn(cacheDir);
    await mock.restart({ renumber: true });
    const second = await open({ cacheDir });
    expect(second.status.reason).toContain('cache');
    expect(mock.received('get_api_json')).toBe(1);
    await expect(second.channel().request('show_version')).resolves.toMatchObject({ program: 'vpe' });
  });

  it('a damaged cache: is said and fetched again', async () => {
    const { mock, path, open } = await world();
    const cacheDir = path('cache');
    await open({ cacheDir });
    const name = await cachedIn(cacheDir);
    writeFileSync(join(cacheDir, name), readFileSync(join(cacheDir, name)).subarray(0, 1000));
    const lines: string[] = [];
    const again = await open({ cacheDir, log: (level, message) => lines.push(`${level} ${message}`) });
    expect(again.status.reason).toContain('VPP itself');
    expect(lines.join('\n')).toMatch(/warn the cached definitions .* are fetched again/);
    expect(mock.received('get_api_json')).toBe(2);
  });

  it('a cache that cannot be written: does not matter', async () => {
    const { path, open } = await world();
    writeFileSync(path('file'), '');
    const connection = await open({ cacheDir: path('file/below') });
    expect(connection.state).toBe('ready');
  });

  it('a directory, and given definitions: VPP is not asked', async () => {
    const { mock, open } = await world();
    expect((await open({ apiDir: MOCK_API })).status.reason).toContain(MOCK_API);
    expect((await open({ schema: await loadSchema(MOCK_API) })).status.reason).toContain('given definitions');
    expect(mock.received('get_api_json')).toBe(0);
  });

  it('a directory that is missing, empty or wrong: connect() says so', async () => {
    const { path, open } = await world();
    await expect(open({ apiDir: path('none') })).rejects.toMatchObject({
      code: 'SCHEMA_NOT_FOUND',
      file: path('none'),
    });
    mkdirSync(path('bad'));
    await expect(open({ apiDir: path('bad') })).rejects.toMatchObject({ code: 'SCHEMA_NOT_FOUND' });
    writeFileSync(path('bad/x.api.json'), '{"messages": [["x;process.exit()", {"crc": "0x00000000"}]]}');
    await expect(open({ apiDir: path('bad') })).rejects.toMatchObject({
      code: 'SCHEMA_INVALID',
      file: expect.stringContaining('x.api.json'),
      path: expect.stringContaining('messages[0]'),
    });
  });

  it('one restart after the other with the same messages: VPP is asked once, also without a cache', async () => {
    const { mock, open } = await world();
    const connection = await open({ cacheDir: false });
    for (const generation of [2, 3]) {
      await mock.restart({ renumber: true });
      await expect.poll(() => connection.status.generation).toBe(generation);
    }
    await expect(connection.channel().request('show_version')).resolves.toMatchObject({ program: 'vpe' });
    expect(mock.received('get_api_json')).toBe(1);
  });
});
