/** Messages that VPP has without giving their definition, and messages that VPP lacks: each way to use one says which. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connect } from '../../src/mux/index.js';
import { cli } from '../cli/run-cli.js';
import { ownApiDir } from '../support/mock.js';
import { mockVpp, scratch } from '../support/vpp.js';
import { afterThis, world } from '../support/world.js';

const own = readdirSync(ownApiDir).filter((file) => file.endsWith('.api.json'));
const modules = (without: string) =>
  own
    .filter((file) => !file.startsWith(`${without}.`))
    .map((file) => ({ module: file.split('.')[0], ...JSON.parse(readFileSync(join(ownApiDir, file), 'utf8')) }));

/** A mock that answers get_api_json without one of its modules. */
async function silentAbout(module: string) {
  const { mock, socket, stop } = await mockVpp();
  afterThis(stop);
  mock.handle('get_api_json', () => ({ retval: 0, json: JSON.stringify(modules(module)) }));
  return { mock, socket, id: (name: string) => mock.table.idOf.get(name) };
}

const HAS_IT =
  /the running VPP has acl_dump \(id \d+, CRC [0-9a-f]{8}\), but does not hand out its definition; give a directory/;

describe('a message that VPP has without handing out its definition', () => {
  it('request, dump and events: say that VPP has it, and what to give', async () => {
    const { socket, id } = await silentAbout('acl');
    const vpp = await connect({ socket, cacheDir: false });
    afterThis(() => vpp.destroy());
    const channel = vpp.channel();
    const expected = { code: 'NO_DEFINITION', outcome: 'not-sent', messageName: 'acl_dump' };
    await expect(channel.request('acl_dump')).rejects.toMatchObject(expected);
    await expect(channel.dump('acl_dump').toArray()).rejects.toMatchObject(expected);
    await expect(channel.dump('acl_dump').toArray()).rejects.toThrow(HAS_IT);
    await expect(channel.dump('acl_dump').toArray()).rejects.toThrow(`id ${id('acl_dump')}`);
    await expect(channel.events('acl_dump').ready()).rejects.toMatchObject(expected);
    expect(() => vpp.schema?.message('acl_dump')).toThrow(HAS_IT);
    await expect(channel.request('show_version')).resolves.toMatchObject({ program: 'vpe' });
  });

  it.each(['call', 'dump', 'watch'])('vppmux %s: says so as well', async (command) => {
    const { socket } = await silentAbout('acl');
    const { code, stderr } = await cli([command, 'acl_dump', '--socket', socket]);
    expect(stderr).toMatch(HAS_IT);
    expect(stderr).not.toContain('did you mean');
    expect(code).toBe(6);
  });

  it('describe: lists it, and says where it stands and why it cannot be used', async () => {
    const { socket, id } = await silentAbout('acl');
    const args = ['describe', 'acl_dump', '--socket', socket];
    const [described] = (await cli(args)).lines.map((line) => JSON.parse(line));
    expect(described).toMatchObject({
      message: 'acl_dump',
      id: id('acl_dump'),
      unusable: expect.stringMatching(HAS_IT),
    });
    expect((await cli(args, { terminal: 400 })).stdout).toMatch(HAS_IT);
    expect((await cli(['describe', 'acl_d*', '--socket', socket], { terminal: 200 })).stdout).toMatch(/^acl_dump /m);
  });

  it('doctor: does not blame the packages', async () => {
    const { socket } = await silentAbout('acl');
    const { stdout } = await cli(['doctor', '--socket', socket, '--json']);
    const finding = stdout.split('\n').flatMap((line) => (line.includes('"schema"') ? [JSON.parse(line)] : []))[0];
    expect(finding.detail).toMatch(/\d+ that VPP has but does not hand out \(acl_/);
    expect(finding.fix).toContain('--api-dir');
    expect(finding.fix).not.toContain('different builds');
  });

  it('a directory that lacks it: is named, and so is a file of it that could not be read', async () => {
    const { socket } = await silentAbout('none');
    const { path, remove } = scratch();
    afterThis(remove);
    for (const file of own) {
      const text = readFileSync(join(ownApiDir, file), 'utf8');
      writeFileSync(path(file), file.startsWith('acl.') ? text.slice(0, 1000) : text);
    }
    const vpp = await connect({ socket, apiDir: path('.') });
    afterThis(() => vpp.destroy());
    const dump = vpp.channel().dump('acl_dump').toArray();
    await expect(dump).rejects.toMatchObject({ code: 'NO_DEFINITION' });
    await expect(dump).rejects.toThrow(
      /directory .* lack it; a file of them could not be read: .*acl\.api\.json: not JSON/,
    );
  });
});

describe('a message that VPP has not', () => {
  it('its file is known, and nothing of it is there: the plugin is not loaded', async () => {
    const { path, remove } = scratch();
    afterThis(remove);
    for (const file of own.filter((file) => !file.startsWith('acl.'))) {
      writeFileSync(path(file), readFileSync(join(ownApiDir, file)));
    }
    const { connection } = await world({ apiDir: ownApiDir }, { apiDir: path('.') });
    await expect(connection.channel().dump('acl_dump').toArray()).rejects.toMatchObject({
      code: 'MESSAGE_NOT_IN_VPP',
      message: expect.stringMatching(/no other message of acl\.api\.json: the plugin that brings it is not loaded/),
    });
  });

  it('others of its file are there: it is of another release, and its other versions are named', async () => {
    const { path, remove } = scratch();
    afterThis(remove);
    for (const file of own) {
      const json = JSON.parse(readFileSync(join(ownApiDir, file), 'utf8'));
      const messages = json.messages.filter(([name]: [string]) => !name.startsWith('ip_route_v2_d'));
      const { ip_route_v2_dump, ...services } = json.services;
      writeFileSync(path(file), JSON.stringify({ ...json, messages, services }));
    }
    const { connection } = await world({ apiDir: ownApiDir }, { apiDir: path('.') });
    await expect(connection.channel().dump('ip_route_v2_dump').toArray()).rejects.toMatchObject({
      code: 'MESSAGE_NOT_IN_VPP',
      message: expect.stringMatching(/other messages of ip\.api\.json: it is of another release/),
    });
  });

  it('nobody knows it, and nothing of VPP begins like it: its plugin may not be loaded', async () => {
    const { connection } = await world();
    const hint = 'no message of the running VPP begins with zebra_: if a plugin brings it, that plugin is not loaded';
    await expect(connection.channel().request('zebra_feed_horse')).rejects.toMatchObject({
      code: 'UNKNOWN_MESSAGE',
      message: expect.stringContaining(hint),
    });
    await expect(connection.channel().events('zebra_event').ready()).rejects.toThrow(hint);
    const misspelt = connection.channel().request('show_versio');
    await expect(misspelt).rejects.toThrow('no message show_versio; did you mean show_version');
    await expect(misspelt).rejects.not.toThrow('plugin');
  });
});

describe('a message whose name VPP cuts in its table', () => {
  it('is used by its whole name, its reply as well', async () => {
    const { path, remove } = scratch();
    afterThis(remove);
    const name = 'a_plugin_that_has_messages_of_names_without_end_add_del';
    const text = JSON.stringify({
      messages: [
        [name, ['u16', '_vl_msg_id'], ['u32', 'client_index'], ['u32', 'context'], { crc: '0x11111111' }],
        [`${name}_reply`, ['u16', '_vl_msg_id'], ['u32', 'context'], ['i32', 'retval'], { crc: '0xe8d4e804' }],
      ],
      services: { [name]: { reply: `${name}_reply` } },
    });
    for (const file of own) writeFileSync(path(file), readFileSync(join(ownApiDir, file)));
    writeFileSync(path('long.api.json'), text);
    const { mock, connection } = await world({ apiDir: path('.') }, { apiDir: path('.') });
    mock.handle(name, () => ({ retval: 0 }));
    expect(`${name}_11111111`.length).toBeGreaterThan(63);
    await expect(connection.channel().request(name)).resolves.toEqual({ retval: 0 });
    expect(connection.table.get(name)).toMatchObject({ crc: '11111111', id: mock.table.idOf.get(name) });
  });
});
