/** `compatibility()` against a VPP that is not quite what the program was built for. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { connect, createConnection, loadSchema } from '../../src/mux/index.js';
import { mockVpp, scratch } from '../support/vpp.js';
import { afterThis } from '../support/world.js';

const MOCK_API = fileURLToPath(new URL('../../mock-vpp/api', import.meta.url));

/** A VPP without l2 (its plugin is not loaded), and with another create_loopback. */
async function other() {
  const { path, remove } = scratch();
  afterThis(remove);
  const apiDir = path('api');
  cpSync(MOCK_API, apiDir, { recursive: true });
  rmSync(join(apiDir, 'l2.api.json'));
  const file = join(apiDir, 'interface.api.json');
  const api = JSON.parse(readFileSync(file, 'utf8')) as { messages: unknown[][] };
  const loopback = api.messages.find(([name]) => name === 'create_loopback') as unknown[];
  loopback.splice(-1, 1, ['u32', 'mtu'], { crc: '0x12345678' });
  writeFileSync(file, JSON.stringify(api));
  const { mock, socket, stop } = await mockVpp({ apiDir });
  afterThis(stop);
  return { mock, socket, cacheDir: path('cache') };
}

describe('compatibility', () => {
  it('definitions of this VPP: everything is the same, and VPP is not asked again', async () => {
    const { mock, socket, cacheDir } = await other();
    const vpp = await connect({ socket, cacheDir });
    afterThis(() => vpp.destroy());
    const { compatible, messages } = await vpp.compatibility();
    expect({ compatible, count: messages.length }).toEqual({ compatible: true, count: vpp.table.size });
    expect(mock.received('get_api_json')).toBe(1);
  });

  it('definitions of another: what is used is told, field by field out of VPP’s own', async () => {
    const { mock, socket, cacheDir } = await other();
    const vpp = await connect({ socket, cacheDir, apiDir: MOCK_API });
    afterThis(() => vpp.destroy());
    expect(await vpp.compatibility(['show_version', 'sw_interface_dump'])).toMatchObject({ compatible: true });
    expect(mock.received('get_api_json')).toBe(0);

    const { compatible, messages } = await vpp.compatibility(['create_loopback', 'bridge_domain_dump']);
    expect(compatible).toBe(false);
    expect(messages).toMatchObject([
      {
        name: 'create_loopback',
        verdict: 'changed',
        crc: { after: '12345678' },
        changes: [{ path: 'mtu', kind: 'added', after: 'u32' }],
      },
      { name: 'bridge_domain_dump', verdict: 'not-loaded', file: 'l2.api.json' },
      { name: 'create_loopback_reply', verdict: 'same', usedBy: ['create_loopback'] },
      { name: 'bridge_domain_details', verdict: 'not-loaded', usedBy: ['bridge_domain_dump'] },
    ]);
    expect(mock.received('get_api_json')).toBe(1);
  });

  it('definitions given to the call: are compared instead of those in use', async () => {
    const { socket } = await other();
    const vpp = await connect({ socket, cacheDir: false });
    afterThis(() => vpp.destroy());
    const definitions = await loadSchema(MOCK_API);
    const { messages } = await vpp.compatibility(['create_loopback'], { definitions });
    expect(messages[0]).toMatchObject({ verdict: 'changed', changes: [{ path: 'mtu' }] });
  });

  it('VPP does not say what it has: the verdict stands, without the fields', async () => {
    const { mock, socket, cacheDir } = await other();
    const log: string[] = [];
    const vpp = await connect({ socket, cacheDir, apiDir: MOCK_API, log: (_, message) => log.push(message) });
    afterThis(() => vpp.destroy());
    mock.misbehave({ garbage: { messages: 'get_api_json' } });
    const { messages } = await vpp.compatibility(['create_loopback']);
    expect(messages[0]).toMatchObject({ verdict: 'changed', changes: undefined });
    expect(log.join('\n')).toContain('without its fields');
  });

  it('no VPP: NOT_CONNECTED', async () => {
    const vpp = createConnection({ socket: '/nonexistent/api.sock' });
    afterThis(() => vpp.destroy());
    await expect(vpp.compatibility()).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
  });
});
