import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Fields, Message } from '../../../src/mux/codec/codec.js';
import { conditional, endOfVpp, forbidden, hazardsOf, isOnlyTold, whenOf } from '../../../src/mux/hazards/find.js';
import { STATES } from '../../../src/mux/hazards/states.js';
import { HAZARDS } from '../../../src/mux/hazards/table.js';
import { hasBierImp, hasUdpEncap } from '../../../src/mux/hazards/with-paths.js';
import { loadSchema } from '../../../src/mux/index.js';
import type { Field } from '../../../src/mux/schema/model.js';
import { reads } from '../../../src/mux/session/reads.js';
import { needs } from '../../support/needs.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

describe('the table of hazards', () => {
  it.each(HAZARDS.map((hazard) => [hazard.message, hazard] as const))(
    '%s: has a reason, evidence, and one sentence',
    (_, hazard) => {
      expect(hazard.reason).toMatch(/^[a-z].*[^.]$/);
      expect(hazard.versions.length).toBeGreaterThan(0);
      expect(`${hazard.reason} ${whenOf(hazard) ?? ''}`).not.toMatch(/undefined/);
    },
  );

  it('what VPP goes down with: its reason says that it dies, or hangs', () => {
    const names = (end: string | undefined) =>
      HAZARDS.filter((hazard) => endOfVpp(hazard) === end).map(({ message }) => message);
    expect(names('dies')).toEqual(
      expect.arrayContaining(['get_node_graph', 'memif_create', 'dns_resolve_ip', 'bond_enslave']),
    );
    expect(names('hangs')).toEqual(['ip_reassembly_set']);
    expect(names(undefined)).toEqual([
      ...['sockclnt_create', 'sockclnt_delete', 'memclnt_*', 'sock_init_shm', 'rpc_call', 'rpc_call_reply', 'cli'],
      ...['rx_thread_exit', 'trace_plugin_msg_ids', 'app_attach', 'app_worker_add_del', 'selog_get_shm'],
      ...['policer_classify_dump', 'flow_classify_dump', 'sr_localsid_add_del', 'sr_localsid_add_del_v2'],
      'ikev2_nonce_get',
    ]);
  });

  it('states: each is one of a message; what is only told has nothing else', () => {
    const used = new Set(HAZARDS.map(({ state }) => state));
    expect(Object.keys(STATES).filter((name) => !used.has(name as keyof typeof STATES))).toEqual([]);
    expect(HAZARDS.filter((hazard) => isOnlyTold(hazard) && hazard.when)).toEqual([]);
  });

  it('nothing is there twice', () => {
    const keys = HAZARDS.map((hazard) => `${hazard.message} ${whenOf(hazard) ?? ''}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('what has no condition is never sent; what has one is not on the deny list', () => {
    expect(forbidden('cli')).toBe('VPP follows a pointer out of the message; use cli_inband');
    expect(forbidden('memclnt_anything')).toMatch(/shared-memory clients/);
    expect(forbidden('graph_node_get')).toBeUndefined();
    expect(conditional('graph_node_get')).toHaveLength(1);
    expect(conditional('session_sdl_dump')).toBeUndefined();
    expect(hazardsOf('constructor')).toEqual([]);
    expect(forbidden('toString')).toBeUndefined();
  });
});

describe('the table of hazards and VPP 26.06', needs(sharedMissing), () => {
  let schema: Awaited<ReturnType<typeof loadSchema>>;
  beforeAll(async () => {
    schema = await loadSchema(sharedPath('vpp-api', '26.06'));
  });

  it('messages: are what VPP has, and what is asked first only reads', () => {
    const unknown = HAZARDS.filter(({ message }) => !message.endsWith('*') && !schema.find(message)).map(
      ({ message }) => message,
    );
    // VPP hands out no definitions of these.
    expect(unknown.filter((name) => !['rpc_call', 'rpc_call_reply', 'selog_get_shm'].includes(name))).toEqual([]);
    for (const { lookup } of HAZARDS) {
      if (lookup && lookup.message !== 'cli_inband') expect(reads(schema.message(lookup.message).def)).toBe(true);
    }
  });

  it('conditions: can be asked of a request with all defaults', () => {
    for (const { message, when, lookup } of HAZARDS) {
      const found = schema.find(message);
      if (!found) continue;
      const fields = found.decode(found.encode({})) as Record<string, unknown>;
      expect(typeof (when?.holds(fields) ?? true)).toBe('boolean');
      expect(typeof (when?.mayHold?.({}) ?? true)).toBe('boolean');
      if (lookup) expect(() => lookup.ask(fields)).not.toThrow();
    }
  });

  const hasPath = (fields: readonly Field[]): boolean =>
    fields.some(({ type }) => type.kind === 'struct' && (type.name === 'fib_path' || hasPath(type.fields)));

  it('paths of a type that harms: every request that has paths is looked at', () => {
    const withPaths = [...schema.model.messages.values()].filter(({ service, fields }) => service && hasPath(fields));
    expect(withPaths.length).toBeGreaterThan(4);
    const overlooked = (type: string) =>
      withPaths
        .map(({ name }) => name)
        .filter((name) => !hazardsOf(name).some(({ when }) => when?.text.includes(type)));
    expect(overlooked('UDP_ENCAP')).toEqual([]);
    expect(overlooked('BIER_IMP')).toEqual(['bier_disp_entry_add_del']);
    expect(overlooked('INTERFACE_RX')).toEqual(['bier_disp_entry_add_del']);
  });

  it.each([
    ['UDP_ENCAP', hasUdpEncap, { udp_encap: { id: 8 } }],
    ['BIER_IMP', hasBierImp, { reply: 'bier-imp:[8]: tbl:[…]\nbier-imp:[17]: tbl:[…]\n' }],
  ])(
    'paths of type %s: are found wherever a request has them, a path within a path of multicast included',
    (type, condition, known) => {
      /** Fields with such a path at the place where the definition has one; undefined where it has none. */
      const withPath = (fields: readonly Field[], path: object): object | undefined => {
        for (const { name, type, array } of fields) {
          if (type.kind !== 'struct') continue;
          const value = type.name === 'fib_path' ? path : withPath(type.fields, path);
          if (value !== undefined) return { [name]: array ? [value] : value };
        }
        return undefined;
      };
      const hazards = HAZARDS.filter(({ when }) => when === condition);
      const harmless = (id: number) =>
        hazards.filter(({ message, lookup }) => {
          const found: Message = schema.message(message);
          const path = { type: `FIB_API_PATH_TYPE_${type}`, nh: { obj_id: id } };
          const given = withPath(found.def.fields, path) as Fields;
          const fields = found.decode(found.encode(given));
          const isFound = condition.mayHold?.(given) && condition.holds(fields);
          return !isFound || lookup?.isHarmless(fields, [known]) !== false;
        });
      expect(hazards.length).toBeGreaterThan(10);
      expect(harmless(7).map(({ message }) => message)).toEqual([]);
      expect(harmless(8)).toEqual(hazards);
    },
  );
});

it('the docs: name the table as the place of the list', () => {
  expect(readFileSync('docs/wire.md', 'utf8')).toContain('src/mux/hazards/table.ts');
});
