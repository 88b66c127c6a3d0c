import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Schema } from '../../../src/mux/codec/codec.js';
import { loadSchema, schemaFromApiJson } from '../../../src/mux/codec/load.js';
import { textFormOf } from '../../../src/mux/codec/text-forms.js';
import { needs } from '../../support/needs.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

const VERSIONS = ['22.10', '23.10', '25.10', '26.06'] as const;
const schemas = new Map<string, Schema>();

/** WIRE 3.7, and what the definitions add to it. */
const EVENTS = [
  'bfd_udp_session_event',
  'dhcp6_pd_reply_event',
  'dhcp6_reply_event',
  'dhcp_compl_event',
  'igmp_event',
  'ip6_ra_event',
  'ip_neighbor_event',
  'ip_neighbor_event_v2',
  'l2_arp_term_event',
  'l2_macs_event',
  'nat44_ei_ha_resync_completed_event',
  'sw_interface_event',
  'vrrp_vr_event',
  'wireguard_peer_event',
];
const MORE_EVENTS: Record<string, string[]> = {
  '22.10': ['nat_ha_resync_completed_event'],
  '25.10': ['ping_finished_event'],
  '26.06': ['ip6_dad_event', 'ping_finished_event'],
};

describe('definitions of VPP', needs(sharedMissing), () => {
  beforeAll(async () => {
    for (const vpp of VERSIONS) schemas.set(vpp, await loadSchema(sharedPath('vpp-api', vpp)));
  });
  const of = (vpp: string) => {
    const schema = schemas.get(vpp);
    if (schema === undefined) throw new Error(vpp);
    return schema;
  };

  it.each([
    ['22.10', 1718, 847, 126],
    ['23.10', 1794, 886, 132],
    ['25.10', 1949, 960, 140],
    ['26.06', 2093, 1029, 150],
  ])('VPP %s: all %d messages and %d services of %d files', (vpp, messages, services, files) => {
    const { model } = of(vpp);
    expect([model.messages.size, model.services.size, model.files.length]).toEqual([messages, services, files]);
  });

  it.each(VERSIONS)('VPP %s: every message compiles, each way', (vpp) => {
    const schema = of(vpp);
    for (const name of schema.model.messages.keys()) {
      const message = schema.message(name);
      const bytes = message.encode({});
      expect(bytes.length, name).toBe(message.def.minSize);
      expect(message.encode(message.decode(bytes)).equals(bytes), name).toBe(true);
      expect(message.encode(message.decode(bytes, { raw: true })).equals(bytes), name).toBe(true);
      expect([typeof message.read, typeof message.write]).toEqual(['function', 'function']);
    }
  });

  it.each(VERSIONS)('VPP %s: exactly its events are events', (vpp) => {
    const { model } = of(vpp);
    const events = [...model.messages.values()].filter((def) => def.role === 'event').map((def) => def.name);
    expect(events.sort()).toEqual([...EVENTS, ...(MORE_EVENTS[vpp] ?? [])].sort());
    expect([...model.eventRequests.keys()].sort()).toEqual(events);
  });

  it('events: know the want_* requests that switch them on, and only those', () => {
    const { eventRequests } = of('26.06').model;
    expect(eventRequests.get('sw_interface_event')).toEqual(['want_interface_events']);
    expect(eventRequests.get('l2_macs_event')).toEqual(['want_l2_macs_events']);
    expect(eventRequests.get('dhcp_compl_event')).toEqual([]);
    expect(eventRequests.get('nat44_ei_ha_resync_completed_event')).toEqual([]);
    for (const requests of eventRequests.values()) {
      for (const request of requests) expect(request).toMatch(/^want_/);
    }
  });

  it.each(VERSIONS)('VPP %s: every request has a service, every answer a context', (vpp) => {
    const { model } = of(vpp);
    const without: string[] = [];
    for (const def of model.messages.values()) {
      expect(def.role === 'request', def.name).toBe(def.service !== undefined);
      if ((def.role === 'reply' || def.role === 'details') && def.contextOffset < 0) without.push(def.name);
      expect(def.role, def.name).not.toBe('other');
    }
    expect(without).toEqual(['memclnt_delete_reply']);
  });

  it('context offsets: come from the fields (WIRE 3.3)', () => {
    const offset = (name: string) => of('26.06').message(name).def.contextOffset;
    for (const name of [
      'sw_interface_rx_placement_details',
      'sw_interface_tx_placement_details',
      'feature_is_enabled_reply',
      'ip_mtable_details',
      'dev_create_port_if_reply',
      'sockclnt_create_reply',
      'vrrp_vr_peer_details',
      'vrrp_vr_track_if_details',
    ]) {
      expect(offset(name), name).toBe(6);
    }
    expect(offset('show_version_reply')).toBe(2);
    expect(offset('show_version')).toBe(6);
    expect(offset('sockclnt_create')).toBe(2);
    expect(offset('sw_interface_event')).toBe(-1);
    expect(offset('memclnt_delete_reply')).toBe(-1);
  });

  it('client_index offsets: only where it leads', () => {
    const offset = (name: string) => of('26.06').message(name).def.clientIndexOffset;
    expect(offset('control_ping')).toBe(2);
    expect(offset('control_ping_reply')).toBe(-1);
    expect(offset('sockclnt_create_reply')).toBe(2);
    expect(offset('igmp_event')).toBe(-1);
  });

  it.each([
    ['show_version', { kind: 'unary', reply: 'show_version_reply', cursor: false }],
    ['sw_interface_dump', { kind: 'dump', details: 'sw_interface_details', cursor: false }],
    ['graph_node_get', { kind: 'get', details: 'graph_node_details', reply: 'graph_node_get_reply', cursor: true }],
    ['lldp_dump', { kind: 'get', details: 'lldp_details', reply: 'lldp_dump_reply', cursor: true }],
    ['trace_dump', { kind: 'get', details: 'trace_details', reply: 'trace_dump_reply', cursor: false }],
    [
      'gre_tunnel_dump_v2',
      { kind: 'dump', details: 'gre_tunnel_details_v2', reply: 'gre_tunnel_dump_v2_reply', events: [] },
    ],
    ['gre_tunnel_v2_dump', { kind: 'dump', details: 'gre_tunnel_v2_details' }],
    ['mactime_dump', { kind: 'dump', details: 'mactime_details', reply: 'mactime_dump_reply' }],
    ['memclnt_read_timeout', { kind: 'oneway' }],
    ['rx_thread_exit', { kind: 'oneway' }],
    ['trace_plugin_msg_ids', { kind: 'oneway' }],
    ['want_interface_events', { kind: 'unary', events: ['sw_interface_event'] }],
  ])('service of %s: runs as VPP runs it', (request, expected) => {
    expect(of('26.06').model.services.get(request)).toMatchObject(expected);
  });

  it('gre_tunnel_dump: its details are no event in any version', () => {
    for (const vpp of VERSIONS) {
      expect(of(vpp).model.services.get('gre_tunnel_dump')).toMatchObject({
        kind: 'dump',
        details: 'gre_tunnel_details',
        events: [],
      });
      expect(of(vpp).message('gre_tunnel_details').def.role).toBe('details');
    }
  });

  it('every dump and get: has details with a context, and a name that says so', () => {
    for (const vpp of VERSIONS) {
      for (const service of of(vpp).model.services.values()) {
        const streams = service.kind === 'dump' || service.kind === 'get';
        expect(service.details !== undefined, service.request).toBe(streams);
        if (streams) expect(service.request).toMatch(/_(dump|get)(_v2)?$/);
      }
    }
  });

  it('retval: known where there is one, unsigned ones too', () => {
    const has = (name: string) => of('26.06').message(name).hasRetval;
    expect(has('show_version_reply')).toBe(true);
    expect(has('acl_add_replace_reply')).toBe(true);
    expect(has('get_f64_endian_value_reply')).toBe(true);
    expect(has('sockclnt_create_reply')).toBe(false);
    expect(has('acl_plugin_get_version_reply')).toBe(false);
    expect(has('sw_interface_details')).toBe(false);
  });

  it('names and CRCs: are those of VPP’s table', () => {
    expect(of('26.06').message('control_ping').nameCrc).toBe('control_ping_51077d14');
    expect(of('26.06').message('show_version').def).toMatchObject({
      file: sharedPath('vpp-api', '26.06', 'vpe.api.json'),
    });
  });

  it('sizes: as the captured messages have them', () => {
    const size = (name: string) => of('26.06').message(name).def.size;
    expect(size('control_ping')).toBe(10);
    expect(size('log_details')).toBe(306);
    expect(size('sw_interface_details')).toBe(295);
    expect(size('ip_route_v2_details')).toBeUndefined();
    expect(of('26.06').message('ip_route_v2_details').def.minSize).toBe(34);
  });

  it.each(VERSIONS)('VPP %s: the types with a text form have it', (vpp) => {
    const { types } = of(vpp).model;
    const forms = [...types].flatMap(([name, type]) => (textFormOf(type) === undefined ? [] : [name])).sort();
    expect(forms).toEqual([
      'address',
      'address_union',
      'address_with_prefix',
      'ip4_address',
      'ip4_address_with_prefix',
      'ip4_prefix',
      'ip6_address',
      'ip6_address_with_prefix',
      'ip6_prefix',
      'mac_address',
      'prefix',
    ]);
  });

  it('defaults: are brought to their types', () => {
    const preset = (message: string, name: string) =>
      of('26.06')
        .message(message)
        .def.fields.find((field) => field.name === name)?.default;
    expect(preset('sw_interface_set_vpath', 'enable')).toBe(true); // written as 4294967295
    expect(preset('ip_route_add_del_v2', 'is_add')).toBe(true); // written as "true"
    expect(preset('sw_interface_dump', 'sw_if_index')).toBe(4294967295);
  });

  it('get_api_json: gives the same definitions as the files', () => {
    const lines = readFileSync(sharedPath('captures', '26.06', 'apijson.jsonl'), 'utf8').split('\n');
    const largest = lines.reduce((a, b) => (b.length > a.length ? b : a));
    const frame = Buffer.from((JSON.parse(largest) as { hex: string }).hex, 'hex');
    const at = { end: 0 };
    const reply = of('26.06').message('get_api_json_reply').read(frame, 16, frame.length, at);
    expect(frame.length - at.end).toBe(1);
    const fromVpp = schemaFromApiJson(String(reply.json));
    expect(fromVpp.model.messages.size).toBeGreaterThan(1000);
    for (const { name, crc, minSize, role, service } of fromVpp.model.messages.values()) {
      expect({ name, crc, minSize, role, service }).toEqual(pick(of('26.06'), name));
    }
  });
});

function pick(schema: Schema, message: string) {
  const { name, crc, minSize, role, service } = schema.message(message).def;
  return { name, crc, minSize, role, service };
}
