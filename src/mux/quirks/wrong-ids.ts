/**
 * Details that VPP sends under a wrong id, because their handler does not add its plugin's base: the id is the place of
 * the message in its API file, which belongs to some other message. Read in the sources of the releases named; the
 * context stands where it should. Found by looking at every `_vl_msg_id =` of VPP for one without a base.
 */
const ALL = '22.10 to 26.06';

const WRONG_IDS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  gpe_fwd_entry_path_details: { 11: ALL },
  ip6nd_proxy_details: { 8: '22.10', 10: '23.10 to 26.06' },
  ipfix_classify_stream_details: { 12: ALL },
  ipfix_classify_table_details: { 16: ALL },
  one_eid_table_details: { 64: ALL },
  one_eid_table_map_details: { 68: ALL },
  one_eid_table_vni_details: { 71: ALL },
  one_locator_details: { 61: ALL },
  one_locator_set_details: { 62: ALL },
  one_map_resolver_details: { 72: ALL },
  one_map_server_details: { 74: ALL },
  pppoe_session_details: { 3: ALL },
};

/** The releases of VPP that send `details` under `id`; undefined where none is known to. */
export function wronglySent(details: string, id: number): string | undefined {
  return Object.hasOwn(WRONG_IDS, details) ? WRONG_IDS[details][id] : undefined;
}

/** The id that VPP 26.06 sends `details` under; undefined where that is their own. */
export function wrongIdOf(details: string): number | undefined {
  const known = Object.hasOwn(WRONG_IDS, details) ? Object.entries(WRONG_IDS[details]) : [];
  const [id] = known.find(([, releases]) => releases.endsWith('26.06')) ?? [];
  return id === undefined ? undefined : Number(id);
}

/** All of them, for tests and documentation. */
export function wrongIds(): readonly (readonly [details: string, id: number, releases: string])[] {
  return Object.entries(WRONG_IDS).flatMap(([details, ids]) =>
    Object.entries(ids).map(([id, releases]) => [details, Number(id), releases] as const),
  );
}
