/**
 * The dataplane comes back as another version, under load: other ids, changed CRCs, messages gone. What both
 * have works at once; what has changed is refused with an explanation and never sent.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { conditional, forbidden } from '../../src/mux/hazards/find.js';
import { type Connection, VppmuxError } from '../../src/mux/index.js';
import { loadSchema, type Schema } from '../../src/mux/internal.js';
import { needs } from '../support/needs.js';
import { sharedMissing, sharedPath } from '../support/shared.js';
import { UNANSWERED } from '../support/unanswered.js';
import { afterThis } from '../support/world.js';
import { Dataplane } from './dataplane.js';
import { Load } from './load.js';
import { processWorld } from './process-world.js';

const OLD = '25.10';
const NEW = '26.06';
const PATIENCE = { interval: 5 };
const health = { probe: false } as const;

interface Verdict {
  readonly name: string;
  readonly code: string;
}

describe(`an upgrade from ${OLD} to ${NEW} under load`, needs(sharedMissing), () => {
  const timeout = 60_000;
  let before: Schema;
  let after: Schema;
  beforeAll(async () => {
    [before, after] = await Promise.all([OLD, NEW].map((version) => loadSchema(sharedPath('vpp-api', version))));
  });

  const dataplane = (version: string) => ({
    apiDir: sharedPath('vpp-api', version),
    version: `${version}-mock`,
    loopbacks: 20,
    pathMtus: 40,
    routes: 100,
    acknowledgeAll: true,
  });

  /** Runs load through the change of versions; gives what runs afterwards. */
  async function upgraded(options: { schema?: Schema }): Promise<{ vpp: Connection; present: Dataplane }> {
    const { dataplane: past, vpp, socket } = await processWorld({ health, ...options }, dataplane(OLD));
    const present = await Dataplane.standby({ socket, ...dataplane(NEW) });
    afterThis(() => present.end());
    const ids = new Map(vpp.table);
    const load = new Load(vpp, new AbortController().signal);
    load.open();
    await expect.poll(() => vpp.stats().inFlight, PATIENCE).toBe(0); // subscribed
    load.go();
    await expect.poll(() => load.succeeded, PATIENCE).toBeGreaterThan(100);
    load.pause();
    past.signal('SIGKILL');
    await load.idle(10_000);
    await present.order({ do: 'listen' });
    await expect.poll(() => vpp.status.generation, PATIENCE).toBe(2);
    const succeeded = load.succeeded;
    const failed = new Map(load.failures);
    load.go(); // on the same channels, with what was there before
    await expect.poll(() => load.succeeded, PATIENCE).toBeGreaterThan(succeeded + 100);
    load.pause();
    await load.idle(10_000);
    await expect.poll(() => load.watchers.map(({ generation }) => generation), PATIENCE).toEqual(Array(10).fill(2));
    expect(load.failures).toEqual(failed);
    expect(load.faults).toEqual([]);
    load.close();
    expect([...vpp.table.values()].filter(({ name, id }) => ids.get(name)?.id !== id).length).toBeGreaterThan(1000);
    return { vpp, present };
  }

  /** The outcome of each single request of the old version, sent with its defaults. */
  async function askEverything(vpp: Connection): Promise<Map<string, VppmuxError | undefined>> {
    const ch = vpp.channel({ requestBuffer: 1000 });
    const results = new Map<string, VppmuxError | undefined>();
    const requests = [...before.model.messages.values()].filter(
      ({ name, service }) =>
        service?.kind === 'unary' &&
        !forbidden(name) &&
        !conditional(name) &&
        !UNANSWERED.has(name) &&
        !name.startsWith('want_'),
    );
    await Promise.all(
      requests.map(async ({ name }) => {
        const outcome = await ch.request(name, {}, { anyRetval: true }).then(
          () => undefined,
          (error: unknown) => error,
        );
        if (outcome !== undefined && !(outcome instanceof VppmuxError)) throw outcome;
        results.set(name, outcome);
      }),
    );
    return results;
  }

  /** By the definitions alone: the code that `name` has to be refused with. */
  function expectedCode(name: string, gone: string): string | undefined {
    const reply = before.message(name).def.service?.reply ?? '';
    for (const each of [name, reply]) {
      const now = after.find(each)?.def.crc;
      if (now === undefined) return gone;
      if (now !== before.message(each).def.crc) return 'CRC_MISMATCH';
    }
    return undefined;
  }

  const codes = (results: Map<string, VppmuxError | undefined>) =>
    [...results].flatMap(([name, error]): Verdict[] => (error ? [{ name, code: error.code }] : []));

  it('the old definitions are kept: what is the same works, the rest is refused before it is sent', {
    timeout,
  }, async () => {
    const { vpp, present } = await upgraded({ schema: before });
    const results = await askEverything(vpp);
    const expected = [...results.keys()].flatMap((name): Verdict[] => {
      const code = expectedCode(name, 'MESSAGE_NOT_IN_VPP');
      return code ? [{ name, code }] : [];
    });
    console.log(`${results.size} requests, refused:`, JSON.stringify(codes(results)));
    expect(codes(results)).toEqual(expected);
    await expect(vpp.channel().request('ikev2_set_ike_transforms')).rejects.toThrow(
      /VPP says CRC .*, the definitions in use say .*; use the API definitions of this VPP/,
    );
    expect(results.get('avf_create')?.message).toMatch(
      /the running VPP has no avf_create, and no other message of avf\.api\.json: the plugin that brings it is not loaded/,
    );
    for (const { name } of expected) {
      expect(results.get(name)?.outcome).toBe('not-sent');
      expect((await present.order({ do: 'tell', received: name })).received).toBe(0);
    }
    const dump = vpp.channel().dump('ikev2_profile_dump').toArray();
    await expect(dump).rejects.toMatchObject({ code: 'CRC_MISMATCH', outcome: 'not-sent' });
  });

  it('the definitions come from VPP: what changed is sent as it is now, what is gone is refused', {
    timeout,
  }, async () => {
    const { vpp } = await upgraded({});
    expect(vpp.status.version).toBe(`${NEW}-mock`);
    const results = await askEverything(vpp);
    const gone = [...results.keys()].filter((name) => !after.find(name));
    expect(codes(results)).toEqual(gone.map((name) => ({ name, code: 'UNKNOWN_MESSAGE' })));
    expect(gone).toContain('avf_create');
    // A request made for the old layout names the path of its field.
    const old = vpp.channel().request('ikev2_set_ike_transforms', { nosuch_any_more: 1 });
    await expect(old).rejects.toMatchObject({ code: 'BAD_FIELD', path: 'nosuch_any_more' });
    const { messages } = await vpp.compatibility(undefined, { definitions: before });
    const changed = messages.filter(({ verdict }) => verdict !== 'same');
    expect(changed.map(({ name }) => name)).toContain('ikev2_set_ike_transforms');
  });
});
