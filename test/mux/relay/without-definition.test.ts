/** VPP does not hand out the definitions of some messages: a client that has them is to use them all the same. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSchema } from '../../../src/mux/index.js';
import { ownApiDir } from '../../support/mock.js';
import { relayWorld } from '../../support/relay-world.js';

/** The definitions at hand lack the ACL plugin's. */
const schema = parseSchema(
  readdirSync(ownApiDir)
    .filter((name) => name.endsWith('.api.json') && !name.startsWith('acl'))
    .map((name) => ({ name, text: readFileSync(join(ownApiDir, name), 'utf8') })),
);
const ACL = { acl_index: 0xffffffff, tag: 'one', count: 0, r: [] };

describe('a message without a definition', () => {
  it('request, and dump: reach VPP, and the client gets what VPP answers', async () => {
    const { client, warnings } = await relayWorld({ connect: { schema } });
    const one = await client();
    expect(await one.ask('acl_add_replace', ACL)).toMatchObject({ retval: 0, acl_index: 0 });
    await one.ask('acl_add_replace', { ...ACL, tag: 'two' });
    const context = 0xdeadbeef;
    one.post('acl_dump', { context, acl_index: 0xffffffff });
    one.post('control_ping', { context });
    const answers = [await one.message(), await one.message(), await one.message()];
    expect(answers.map(({ name }) => name)).toEqual(['acl_details', 'acl_details', 'control_ping_reply']);
    expect(answers.map(({ fields }) => fields.context)).toEqual([context, context, context]);
    expect(warnings).toEqual([]);
  });

  it('two clients: each gets its own answer', async () => {
    const { client } = await relayWorld({ connect: { schema } });
    const [one, two] = [await client(), await client()];
    const [first, second] = await Promise.all([one.ask('acl_add_replace', ACL), two.ask('acl_add_replace', ACL)]);
    expect([first.acl_index, second.acl_index].sort()).toEqual([0, 1]);
    expect(await one.answersOnlyPing()).toBe(true);
    expect(await two.answersOnlyPing()).toBe(true);
  });

  it('of a client that only reads: ends it, since nothing says that it only reads, and no answer that it is refused', async () => {
    const { client, warnings, mock } = await relayWorld({ connect: { schema }, socket: { access: 'read' } });
    const one = await client();
    one.post('acl_add_replace', ACL);
    await one.untilClosed();
    expect(warnings).toContainEqual(expect.stringContaining('acl_add_replace'));
    expect(mock.received('acl_add_replace')).toBe(0);
  });

  it('too short a body, and a reply: are dropped', async () => {
    const { client, mock, api } = await relayWorld({ connect: { schema } });
    const one = await client();
    one.sendBody(one.body('acl_dump').body.subarray(0, 9));
    one.post('acl_add_replace_reply');
    expect(await one.answersOnlyPing()).toBe(true);
    expect(api.counters.dropped).toBe(2);
    expect(mock.received('acl_dump')).toBe(0);
  });

  it('a registration for events, and what may harm VPP with some fields: are not sent', async () => {
    const { client, mock } = await relayWorld({
      connect: {
        schema: parseSchema(
          readdirSync(ownApiDir)
            .filter((name) => name.endsWith('.api.json') && !/^(interface|bond)\./.test(name))
            .map((name) => ({ name, text: readFileSync(join(ownApiDir, name), 'utf8') })),
        ),
      },
    });
    const one = await client();
    one.post('want_interface_events', { enable_disable: 1, pid: 1 });
    one.post('bond_add_member');
    expect(await one.answersOnlyPing()).toBe(true);
    expect([mock.received('want_interface_events'), mock.received('bond_add_member')]).toEqual([0, 0]);
  });
});
