/** `vppmux clients` against an agent with API sockets. */

import { describe, expect, it, vi } from 'vitest';
import { servingAgent, WRITE_TOKEN } from '../../plugins/api-socket/serving-agent.js';
import { cli } from '../run-cli.js';

async function served(options: Parameters<typeof servingAgent>[0] = {}) {
  const made = await servingAgent(options);
  const run = (words: string[], more: Parameters<typeof cli>[1] = {}) =>
    cli(['clients', ...words, '--agent', made.http.url ?? ''], { env: { VPPMUX_TOKEN: WRITE_TOKEN }, ...more });
  return { ...made, run };
}

describe('clients', () => {
  it('on a terminal: a table, in the order that was asked for', async () => {
    const { client, run } = await served();
    const [one] = [await client('one'), await client('two')];
    await one.ask('show_version');
    const { code, lines } = await run(['--sort', 'in'], { terminal: 160 });
    expect(code).toBe(0);
    expect(lines[0]).toMatch(/^id +name +role +state +age +in flight +waiting +wait +in +out/);
    expect(lines.slice(1).map((line) => line.trim().split(/ +/)[1])).toEqual(['one', 'two']);
  });

  it('piped: a line of JSON for each', async () => {
    const { client, run } = await served();
    await client('one');
    await client('two');
    const { lines } = await run(['--name', 't*']);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ name: 'two', state: 'idle', events: [] }]);
  });

  it('kill: closes it, and says whom', async () => {
    const { client, run, sockets } = await served();
    const one = await client('one');
    const [{ id }] = sockets.clients();
    const { code, stderr } = await run(['kill', String(id)]);
    expect([code, stderr]).toEqual([0, `vppmux: client ${id} "one" is closed\n`]);
    await one.untilClosed();
    expect(await run(['kill', String(id)])).toMatchObject({ code: 1, stderr: expect.stringContaining('ENOENT') });
  });

  it('pause, resume: the clients wait in between', async () => {
    const { client, run } = await served();
    const one = await client('one');
    expect((await run(['pause', '--timeout', '1m'])).stderr).toContain('1 client paused');
    one.post('show_version');
    await vi.waitFor(async () => expect(JSON.parse((await run([])).lines[0])).toMatchObject({ waiting: 1 }));
    expect((await run(['resume'])).stderr).toContain('1 client goes on');
    expect((await one.message()).name).toBe('show_version_reply');
  });

  it('pause with a request that VPP does not answer: exit code 1', async () => {
    const { client, run, sockets } = await served({ mock: { misbehave: { silent: { messages: 'show_version' } } } });
    (await client('one')).post('show_version');
    await vi.waitFor(() => expect(sockets.clients()[0].inFlight).toBe(1));
    const { code, stderr } = await run(['pause', '--timeout', '30ms']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('1 request that VPP has not answered')]);
  });

  it('drain: closes who does not leave', async () => {
    const { client, run } = await served();
    await client('one');
    expect((await run(['drain', '--timeout', '20ms'])).stderr).toContain('1 client closed that did not leave in time');
  });

  it('without the right to write: lists, and kills nobody', async () => {
    const { client, run } = await served();
    await client('one');
    expect((await run([], { env: {} })).lines).toHaveLength(1);
    const { code, stderr } = await run(['kill', '1'], { env: {} });
    expect([code, stderr]).toEqual([1, expect.stringContaining('READ_ONLY')]);
  });

  it.each([
    [['kill', 'x'], 'is no number of a client'],
    [['--sort', 'size'], 'Allowed choices are id'],
  ])('%j: is refused as usage', async (words, text) => {
    expect(await cli(['clients', ...words])).toMatchObject({ code: 2, stderr: expect.stringContaining(text) });
  });
});
