/**
 * Collectors that VPP sends IPFIX records to: `x-vppmux.ipfix`. NAT, flowprobe and classifiers send to the `exporter`, which VPP has at
 * its start, without a collector; others are for plugins that look for them.
 */

import { z } from 'zod';
import type { Fields } from '../../../mux/index.js';
import { addressOf } from '../../../vpp/index.js';
import { address, bool, form } from '../../form-parts.js';
import { type Problem, showPath } from '../../problem.js';
import { OWN_KEY } from '../../read-yaml.js';
import type { Wish } from '../../wish.js';
import { defineKind, type Found, type References, type Wanted } from '../kind.js';
import { tableNeeds, tableReader, tableReference, unknownTables } from '../layer3/table-reference.js';
import { NONE } from '../snapshot.js';

const KEY = 'ipfix';
const DEFAULT = 'default';
const USUAL = { port: 4739, mtu: 512, templateInterval: 20 } as const;

const exporter = form(
  { collector: address, source: address },
  {
    port: z.int().min(1).max(65_535),
    table: tableReference,
    'path-mtu': z.int().min(68).max(1450),
    'template-interval': z.int().min(1).max(86_400),
    'udp-checksum': bool,
  },
);
type GivenExporter = z.output<typeof exporter>;

const section = form({}, { exporter, 'other-exporters': z.array(exporter) });

interface Exporter {
  readonly collector: string;
  readonly source: string;
  readonly port: number;
  /** Number of the table that the collector is in. */
  readonly table: number;
  readonly pathMtu: number;
  /** Seconds. */
  readonly templateInterval: number;
  readonly udpChecksum: boolean;
}

const sectionOf = ({ extra }: Wish) => (extra[KEY] ?? {}) as z.output<typeof section>;

/** Each exporter with its place below `x-vppmux`; the first is the one that VPP has at its start. */
function exportersOf(wish: Wish): { readonly given: GivenExporter; readonly at: Problem['path']; name: string }[] {
  const { exporter: first, 'other-exporters': others = [] } = sectionOf(wish);
  return [
    ...(first === undefined ? [] : [{ given: first, at: [KEY, 'exporter'], name: DEFAULT }]),
    ...others.map((given, at) => ({
      given,
      at: [KEY, 'other-exporters', at],
      name: addressOf(given.collector) as string,
    })),
  ];
}

function* mistakes(wish: Wish): Generator<Problem> {
  const seen = new Set<string>();
  for (const { given, at, name } of exportersOf(wish)) {
    const problem = (key: string, text: string): Problem => {
      const path = [OWN_KEY, ...at, key];
      return { path, message: `${showPath(path)}: ${text}` };
    };
    const isV6 = given.collector.includes(':');
    if (isV6 !== given.source.includes(':')) yield problem('source', 'is not of the family of the collector');
    if (isV6 && name === DEFAULT) yield problem('collector', 'VPP takes an IPv4 address only for this exporter');
    const collector = addressOf(given.collector) as string;
    if (seen.has(collector)) yield problem('collector', `${collector} has an exporter already`);
    seen.add(collector);
    yield* unknownTables(wish, [[given.table, [...at, 'table']]]);
  }
}

const fieldsOf = (value: Exporter) => ({
  collector_address: value.collector,
  collector_port: value.port,
  src_address: value.source,
  vrf_id: value.table,
  path_mtu: value.pathMtu,
  template_interval: value.templateInterval,
  udp_checksum: value.udpChecksum,
});

const NOWHERE: Exporter = {
  ...{ collector: '0.0.0.0', source: '0.0.0.0', port: USUAL.port, table: NONE },
  ...{ pathMtu: USUAL.mtu, templateInterval: USUAL.templateInterval, udpChecksum: false },
};

function set(name: string, value: Exporter) {
  if (name === DEFAULT) return [{ name: 'set_ipfix_exporter', fields: fieldsOf(value) }];
  return [{ name: 'ipfix_exporter_create_delete', fields: { is_create: true, ...fieldsOf(value) } }];
}

function found(details: Fields, at: number): Found<Exporter> {
  const value = {
    collector: details.collector_address as string,
    source: details.src_address as string,
    port: details.collector_port as number,
    // VPP looks in table 0 where none was ever named.
    table: details.vrf_id === NONE ? 0 : (details.vrf_id as number),
    pathMtu: details.path_mtu as number,
    templateInterval: details.template_interval as number,
    udpChecksum: details.udp_checksum as boolean,
  };
  return { name: at === 0 ? DEFAULT : value.collector, value };
}

const isSomewhere = ({ value: { collector } }: Found<Exporter>) => collector !== '0.0.0.0' && collector !== '::';

export const ipfixExporterKind = defineKind<Exporter>({
  name: 'ipfix-exporter',
  ownership: 'wished',
  messages: ['set_ipfix_exporter', 'ipfix_exporter_create_delete', 'ipfix_all_exporter_get'],
  section: { key: KEY, schema: section },
  check: mistakes,
  *wanted(wish) {
    const tableOf = tableReader(wish);
    for (const { given, at, name } of exportersOf(wish)) {
      const value = {
        collector: addressOf(given.collector) as string,
        source: addressOf(given.source) as string,
        port: given.port ?? USUAL.port,
        table: tableOf(given.table),
        pathMtu: given['path-mtu'] ?? USUAL.mtu,
        templateInterval: given['template-interval'] ?? USUAL.templateInterval,
        udpChecksum: given['udp-checksum'] ?? false,
      };
      yield { name, value, path: [OWN_KEY, ...at] };
    }
  },
  read: async (vpp) => (await vpp.dump('ipfix_all_exporter_get')).map(found).filter(isSomewhere),
  needs: ({ value: { table } }) => tableNeeds(table),
  create: ({ name, value }) => set(name, value),
  change: (_found, { name, value }: Wanted<Exporter>, _refs: References) => set(name, value),
  remove: ({ name, value }) =>
    name === DEFAULT
      ? set(name, NOWHERE)
      : [{ name: 'ipfix_exporter_create_delete', fields: { is_create: false, ...fieldsOf(value) } }],
  describe(all, { extra }) {
    const [first, ...others] = all.toSorted((a, b) => Number(b.name === DEFAULT) - Number(a.name === DEFAULT));
    if (first === undefined) return;
    const isDefault = first.name === DEFAULT;
    const rest = isDefault ? others : [first, ...others];
    extra[KEY] = {
      ...(isDefault && { exporter: described(first.value) }),
      ...(rest.length > 0 && { 'other-exporters': rest.map(({ value }) => described(value)) }),
    };
  },
});

function described(value: Exporter) {
  return {
    collector: value.collector,
    source: value.source,
    ...(value.port !== USUAL.port && { port: value.port }),
    ...(value.table !== 0 && { table: value.table }),
    ...(value.pathMtu !== USUAL.mtu && { 'path-mtu': value.pathMtu }),
    ...(value.templateInterval !== USUAL.templateInterval && { 'template-interval': value.templateInterval }),
    ...(value.udpChecksum && { 'udp-checksum': true }),
  };
}
