/** The origin of definitions, when they are kept, and for which VPP. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { cacheFolder, DefinitionsCache } from '../../../src/mux/connection/definitions-cache.js';
import type { DefinitionsOrigin } from '../../../src/mux/connection/definitions-origin.js';
import { SchemaSource } from '../../../src/mux/connection/schema-source.js';
import type { MessageTable } from '../../../src/mux/session/message-table.js';
import { scratch } from '../../support/vpp.js';
import { afterThis } from '../../support/world.js';

const VPE = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../../mock-vpp/api/vpe.api.json', import.meta.url)), 'utf8'),
);
const TABLE: MessageTable = new Map(
  (VPE.messages as unknown[][]).map((message, id) => {
    const { crc } = message.at(-1) as { crc: string };
    const name = String(message[0]);
    return [name, { name, crc: crc.slice(2), id }];
  }),
);

/** The same CRCs, but two fields of a reply are swapped. */
function twisted(): string {
  const vpe = structuredClone(VPE);
  const reply = (vpe.messages as unknown[][]).find(([name]) => name === 'show_version_reply')!;
  [reply[4], reply[5]] = [reply[5], reply[4]];
  return JSON.stringify([vpe]);
}
const honest = JSON.stringify([VPE]);

/** A socket file, which is all that tells one VPP from another. */
async function world() {
  const { path, remove } = scratch();
  afterThis(remove);
  const socketAt = async (name: string) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path(name), resolve));
    afterThis(() => server.close());
    return path(name);
  };
  const log = vi.fn();
  const source = (socket: string, primary?: SchemaSource) =>
    new SchemaSource({ socket, cacheDir: path('cache') }, log, primary, {}, path('not-installed'));
  const cached = () => (existsSync(path('cache')) ? readdirSync(path('cache')) : []);
  return { path, socketAt, source, log, cached };
}

const ask = (json: string) => vi.fn(async () => json);
const never = vi.fn(async (): Promise<string> => {
  throw new Error('VPP was asked');
});

describe('definitions that a VPP hands out', () => {
  it('not used yet: not cached; used: found by the next one who comes to the same socket', async () => {
    const { socketAt, source, cached } = await world();
    const socket = await socketAt('api.sock');
    const first = source(socket);
    await first.find(TABLE, ask(honest));
    expect(cached()).toEqual([]);
    first.used();
    await first.settled();
    expect(cached()).toHaveLength(1);
    expect((await source(socket).find(TABLE, never)).source).toContain('cache');
  });

  it('another socket whose table says the same: asked itself, whoever was there before', async () => {
    const { socketAt, source } = await world();
    const first = source(await socketAt('other.sock'));
    await first.find(TABLE, ask(honest));
    first.used();
    await first.settled();
    const asked = ask(honest);
    await source(await socketAt('api.sock')).find(TABLE, asked);
    expect(asked).toHaveBeenCalledOnce();
  });

  it('fields swapped under the CRC of the right ones: said, and never cached', async () => {
    const { socketAt, source, log, cached } = await world();
    const first = source(await socketAt('api.sock'));
    const found = await first.find(TABLE, ask(twisted()));
    expect(found.unproven).toEqual(['show_version_reply']);
    expect(log).toHaveBeenCalledWith(
      'warn',
      expect.stringMatching(/1 messages \(show_version_reply\) do not have the CRC/),
    );
    first.used();
    await first.settled();
    expect(cached()).toEqual([]);
  });

  it('the backup of another user, whose table says the same: asked itself', async () => {
    const { socketAt, source } = await world();
    const primary = source(await socketAt('primary.sock'));
    await primary.find(TABLE, ask(honest));
    const socket = await socketAt('backup.sock');
    expect((await source(socket, primary).find(TABLE, never)).source).toContain('VPP itself');
    Object.assign((primary as unknown as { given: { by: object } }).given, {
      by: { uid: 4711, key: '', instance: '' },
    });
    const asked = ask(honest);
    await source(socket, primary).find(TABLE, asked);
    expect(asked).toHaveBeenCalledOnce();
  });

  it('an answer that cannot be used: not asked for again until VPP is another one, or a minute is over', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    afterThis(() => vi.useRealTimers());
    const { socketAt, source } = await world();
    const first = source(await socketAt('api.sock'));
    const asked = vi.fn(async () => Buffer.alloc(20 << 20, ' '));
    const attempt = () => expect(first.find(TABLE, asked)).rejects.toMatchObject({ code: 'SCHEMA_INVALID' });
    await attempt();
    await attempt();
    expect(asked).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(61_000);
    await attempt();
    vi.advanceTimersByTime(61_000);
    await attempt();
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it("the system's files where they agree with VPP's table, VPP's word for the rest", async () => {
    const { socketAt, path } = await world();
    const socket = await socketAt('api.sock');
    mkdirSync(path('installed'));
    writeFileSync(path('installed/vpe.api.json'), JSON.stringify(VPE));
    const plugin = { module: 'more', messages: [['more', ['u16', '_vl_msg_id'], { crc: '0x12345678' }]] };
    const table = new Map(TABLE).set('more', { name: 'more', crc: '12345678', id: 4000 });
    const source = new SchemaSource({ socket, cacheDir: false }, () => {}, undefined, {}, path('installed'));
    const [vpe] = JSON.parse(twisted());
    const { schema } = await source.find(table, ask(JSON.stringify([vpe, plugin])));
    const fields = schema.message('show_version_reply').def.fields.map(({ name }) => name);
    expect(fields.slice(3, 5)).toEqual(['program', 'version']);
    expect(schema.message('more').def.crc).toBe('12345678');
    expect(schema.model.messages.get('show_version_reply')).toBe(schema.message('show_version_reply').def);
  });
});

describe('the cache of definitions', () => {
  const origin: DefinitionsOrigin = { uid: 0, key: 'k', instance: 'i' };
  const JSON_TEXT = Buffer.from('[]');

  it('a link where the file is written to: not followed, whatever its name is', async () => {
    const { path } = await world();
    const cache = new DefinitionsCache(path('cache'), () => {});
    await cache.write('t', origin, JSON_TEXT);
    const [name] = readdirSync(path('cache'));
    writeFileSync(path('victim'), 'precious');
    const file = path(`cache/${name}`);
    for (const each of [`${name.replace('.json', '')}.${process.pid}.part`, `${name}.${process.pid}.part`]) {
      symlinkSync(path('victim'), path(`cache/${each}`));
    }
    await cache.write('t', origin, JSON_TEXT);
    expect(readFileSync(path('victim'), 'utf8')).toBe('precious');
    expect(readFileSync(file)).toEqual(JSON_TEXT);
  });

  it('a link, or a file that others may write to: not believed', async () => {
    const { path } = await world();
    const cache = new DefinitionsCache(path('cache'), () => {});
    await cache.write('t', origin, JSON_TEXT);
    expect((await cache.read('t', origin))?.json).toEqual(JSON_TEXT);
    const file = path(`cache/${readdirSync(path('cache'))[0]}`);
    chmodSync(file, 0o666);
    expect(await cache.read('t', origin)).toBeUndefined();
    chmodSync(file, 0o600);
    expect(await cache.read('t', { ...origin, key: 'another' })).toBeUndefined();
    const other = new DefinitionsCache(path('linked'), () => {});
    mkdirSync(path('linked'));
    symlinkSync(file, file.replace('/cache/', '/linked/'));
    expect(await other.read('t', origin)).toBeUndefined();
  });
});

describe('the bounds of the cache', () => {
  const origin: DefinitionsOrigin = { uid: 0, key: 'k', instance: 'i' };

  it('the 32 entries that were written or read last stay, and every file that is not one', async () => {
    const { path, cached } = await world();
    const cache = new DefinitionsCache(path('cache'), () => {});
    const at = (n: number) => path(`cache/${String(n).padStart(64, '0')}.json`);
    await cache.write('first', origin, Buffer.from('[]'));
    const [first] = cached();
    for (let n = 0; n < 40; n++) writeFileSync(at(n), '[]');
    for (let n = 0; n < 40; n++) utimesSync(at(n), n + 1, n + 1);
    utimesSync(path(`cache/${first}`), 1, 1);
    writeFileSync(path('cache/notes.json'), '');
    utimesSync(path('cache/notes.json'), 1, 1);
    const part = path(`cache/${first}.0123456789abcdef.part`);
    writeFileSync(part, '');
    utimesSync(part, 1, 1);
    expect(await cache.read('first', origin)).toBeDefined();
    await cache.write('second', origin, Buffer.from('[]'));
    expect(cached()).toContain('notes.json');
    expect(cached()).toContain(first);
    expect(cached().filter((name) => name !== 'notes.json')).toHaveLength(32);
    expect(existsSync(at(9))).toBe(false);
    expect(existsSync(at(10))).toBe(true);
  });
});

describe('the folder of the cache', () => {
  const nobody = () => {
    throw Object.assign(new Error('uv_os_homedir returned ENOENT'), { code: 'ERR_SYSTEM_ERROR' });
  };

  it('is below XDG_CACHE_HOME, else below the home', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/var/cache' }, nobody)).toBe('/var/cache/vppmux/api');
    expect(cacheFolder({}, () => '/home/joe')).toBe('/home/joe/.cache/vppmux/api');
  });

  it('is nowhere for a user without a name and a home, as in a container', () => {
    expect(cacheFolder({}, nobody)).toBe(false);
  });
});
