/** Rates of a policer: what VPP accepts, and what its buckets begin with. Facts of VPP 26.06. */

const RateType = { KBPS: 0, PPS: 1 } as const;
const PolicerType = { ONE_RATE_TWO_COLOURS: 0, ONE_RATE_THREE_COLOURS: 1, RFC_2698: 2, RFC_4115: 3 } as const;

/** Size that VPP takes a packet for, in bytes. */
const PACKET = 256;
const MAX_BURST = 0xffffffffn;
/** Clocks of a period, and of a second: a CPU of 2.6 GHz. */
const PERIODS_A_SECOND = 2.6e9 / 2 ** 17;
/** Bits that the scaled rate of a period leaves free. */
const FREE_BITS = 10;

export interface PolicerRates {
  /** Rates and bursts: kbit/s and bytes, or packets per second and milliseconds. */
  readonly cir: number;
  readonly eir: number;
  readonly cb: bigint;
  readonly eb: bigint;
  readonly rateType: number;
  readonly type: number;
}

/** Fields of the details that VPP computes. */
export interface PolicerBuckets {
  readonly single_rate: boolean;
  readonly scale: number;
  readonly cir_tokens_per_period: number;
  readonly pir_tokens_per_period: number;
  readonly current_limit: number;
  readonly current_bucket: number;
  readonly extended_limit: number;
  readonly extended_bucket: number;
}

/** Computes the buckets of a policer; undefined for rates that VPP refuses. */
export function policerBuckets(rates: PolicerRates): PolicerBuckets | undefined {
  if (rates.rateType !== RateType.KBPS && rates.rateType !== RateType.PPS) return undefined;
  const inBytes = rates.rateType === RateType.PPS ? fromPackets(rates) : rates;
  const { cir, eir, cb, eb, type } = inBytes;
  // A policer that nothing conforms to.
  if (cir === 0 && cb === 0n && eb === 0n) return { ...scaled(0, 0, 0, 0), single_rate: true, ...NOTHING };
  const isSingle = type === PolicerType.ONE_RATE_TWO_COLOURS || type === PolicerType.ONE_RATE_THREE_COLOURS;
  const isPossible = isSingle ? isOneRate(inBytes) : isTwoRates(inBytes);
  if (!isPossible) return undefined;
  return { ...scaled(cir, isSingle ? 0 : eir, capped(cb), capped(eb)), single_rate: isSingle };
}

const NOTHING = { scale: 0, cir_tokens_per_period: 0, pir_tokens_per_period: 0 };

function isOneRate({ cir, eir, cb, eb, type }: PolicerRates): boolean {
  if (type === PolicerType.ONE_RATE_TWO_COLOURS && eb > 0n) return false;
  return cir > 0 && eir === 0 && (cb > 0n || eb > 0n);
}

function isTwoRates({ cir, eir, cb, eb, type }: PolicerRates): boolean {
  const isKnown = type === PolicerType.RFC_2698 || type === PolicerType.RFC_4115;
  return isKnown && cir > 0 && eir >= cir && cb > 0n && eb > 0n;
}

function fromPackets(rates: PolicerRates): PolicerRates {
  const kbps = (packets: number) => Math.round((packets * PACKET * 8) / 1000) >>> 0;
  const [cir, eir] = [kbps(rates.cir), kbps(rates.eir)];
  const bytes = (ms: bigint, rate: number) => BigInt.asUintN(32, (BigInt.asUintN(32, ms) * BigInt(rate) + 4n) / 8n);
  return { ...rates, cir, eir, cb: bytes(rates.cb, cir), eb: bytes(rates.eb, eir) };
}

const capped = (burst: bigint) => Number(burst > MAX_BURST ? MAX_BURST : burst);

/** Scales rates and limits up by as many bits as all of them leave free. */
function scaled(cir: number, pir: number, current: number, extended: number): Omit<PolicerBuckets, 'single_rate'> {
  const perPeriod = (kbps: number) => (kbps * 125) / PERIODS_A_SECOND;
  const withRoom = (kbps: number) => (Math.trunc(perPeriod(kbps)) << FREE_BITS) >>> 0;
  const scale = Math.clz32(Math.max(current, extended, withRoom(cir), withRoom(pir)));
  const tokens = (kbps: number) => Math.max(1, Math.trunc(perPeriod(kbps) * 2 ** scale)) >>> 0;
  const [currentLimit, extendedLimit] = [current * 2 ** scale, extended * 2 ** scale];
  return {
    scale,
    cir_tokens_per_period: tokens(cir),
    pir_tokens_per_period: tokens(pir),
    current_limit: currentLimit,
    current_bucket: currentLimit,
    extended_limit: extendedLimit,
    extended_bucket: extendedLimit,
  };
}
