/** Security associations for contract tests of IPsec, which go after the test whatever still locks them. */
import { onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import type { Contract } from './contract-client.js';

/** A key of so many bytes, as in the messages. */
export function keyOf(length: number): Fields {
  return { length, data: new Uint8Array(128).fill(7, 0, length) };
}

export const TUNNEL: Fields = {
  ...{ instance: 0, src: '192.0.2.1', dst: '192.0.2.2', sw_if_index: 0, table_id: 0 },
  ...{ encap_decap_flags: 0, mode: 0, flags: 0, dscp: 0, hop_limit: 0 },
};

/** ESP in transport mode, AES-CBC-128 and SHA1-96. */
export const SA: Fields = {
  ...{ spi: 1000, protocol: 50, crypto_algorithm: 1, crypto_key: keyOf(16), integrity_algorithm: 2 },
  ...{ integrity_key: keyOf(20), flags: 0, salt: 0x01020304, udp_src_port: 4500, udp_dst_port: 4500 },
};

export const OUTBOUND_TUNNEL = 4;
export const INBOUND_TUNNEL = 4 | 64;

/** The version of `ipsec_sad_entry_…` whose tunnel is flat. */
const isFlat = (version: string) => version === 'add_del' || version === 'add_del_v2';

export function securityAssociations(vpp: Contract) {
  /** Asks for an association by one version of the request. */
  const ask = async (id: number, fields: Fields = {}, version = 'add_del_v3') => {
    onTestFinished(() => purge(id));
    const tunnel = isFlat(version) ? { tunnel_src: TUNNEL.src, tunnel_dst: TUNNEL.dst } : { tunnel: TUNNEL };
    const entry = { ...SA, ...tunnel, sad_id: id, ...fields };
    return vpp.ask(`ipsec_sad_entry_${version}`, version.includes('del') ? { is_add: true, entry } : { entry });
  };
  const remove = (id: number) => vpp.retval('ipsec_sad_entry_del', { id });
  /** Takes all locks away. */
  const purge = async (id: number) => {
    const client = await vpp.another();
    while (Number((await client.ask('ipsec_sad_entry_del', { id })).retval) === 0);
    client.close();
  };
  /** The details of one association, by one version of the dump. */
  const details = async (id: number, version = '_v5') =>
    (await vpp.dump(`ipsec_sa${version}_dump`, { sa_id: id })).find(({ entry }) => (entry as Fields).sad_id === id);
  return { ask, remove, details };
}
