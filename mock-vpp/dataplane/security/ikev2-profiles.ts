/** Profiles of IKEv2, and whether VPP could begin an exchange with them. There is no peer. */
import type { Fields } from '../../../src/mux/internal.js';
import { Pool } from '../pool.js';
import { NO_INTERFACE } from '../routing/paths.js';

export const NO_PORT = 0xffff;

/** Encryption → the bytes of the keys that it may have. */
const KEY_BYTES: Readonly<Record<number, readonly number[]>> = {
  11: [0],
  12: [16, 24, 32],
  13: [16, 24, 32],
  20: [16, 24, 32],
  28: [32],
};
const INTEGRITIES = [0, 2, 7, 8, 9, 10, 11, 12, 13, 14];
/** 0 is HMAC with SHA-256. */
const PRFS = [0, 2, 5, 6, 7, 8];
const DH_GROUPS = [1, 2, 5, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25];

export interface Profile {
  readonly index: number;
  readonly name: string;
  /** Fields of `ikev2_profile`, apart from its name. */
  details: Fields;
  /** Name of the responder's host, which nothing resolves. */
  hostname: string;
  isResolved: boolean;
}

export class Ikev2Profiles {
  /** Pause of the process that keeps associations up, in seconds. */
  sleepInterval = 2;
  /** Whether a profile was ever added, or was to be deleted: VPP has no table of their names before. */
  wereChanged = false;
  private readonly pool = new Pool<Profile>();

  values(): Iterable<Profile> {
    return this.pool.values();
  }

  find(name: string): Profile | undefined {
    return [...this.pool.values()].find((each) => each.name === name);
  }

  add(name: string): void {
    this.pool.add((index) => ({ index, name, hostname: '', isResolved: false, details: newDetails() }));
  }

  remove({ index }: Profile): void {
    this.pool.remove(index);
  }
}

function newDetails(): Fields {
  return {
    loc_ts: { is_local: true },
    rem_ts: { is_local: false },
    responder: { sw_if_index: NO_INTERFACE, addr: '0.0.0.0' },
    ike_ts: {},
    esp_ts: {},
    ipsec_over_udp_port: NO_PORT,
    tun_itf: NO_INTERFACE,
    auth: { data_len: 0, data: [] },
  };
}

/** Whether VPP would send the first message: it knows its responder, and all transforms. */
export function canInitiate({ details, hostname, isResolved }: Profile): boolean {
  const { sw_if_index, addr } = details.responder as Fields;
  const isNowhere = ['0.0.0.0', '::'].includes(String(addr)) && hostname === '';
  if (Number(sw_if_index) === NO_INTERFACE || isNowhere || !isResolved) return false;
  const { crypto_alg = 0, crypto_key_size = 0, integ_alg = 0, prf_alg = 0, dh_group = 0 } = details.ike_ts as Fields;
  const keyBytes = KEY_BYTES[Number(crypto_alg)] ?? [];
  return (
    keyBytes.includes(Math.floor(Number(crypto_key_size) / 8)) &&
    INTEGRITIES.includes(Number(integ_alg)) &&
    PRFS.includes(Number(prf_alg)) &&
    DH_GROUPS.includes(Number(dh_group))
  );
}
