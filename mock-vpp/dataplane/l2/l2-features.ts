/** Bitmaps of features that VPP keeps for each interface of layer 2, on input and on output. */

/** Bits of the features that clients name: `l2_intf_feat_flags` → bit on input. */
const FEATURE_BITS: readonly (readonly [flag: number, bit: number])[] = [
  [1, 1 << 9],
  [2, 1 << 7],
  [4, 1 << 2],
  [8, 1 << 5],
  [16, 1 << 4],
  [32, 1 << 3],
];

const DROP = 1;
const CROSS_CONNECT = 1 << 1;
const LEARN = 1 << 9;
/** All of them, and what VPP adds. */
const BRIDGED = 0x2fd;
/** Learn, forward and flood. */
const NOT_CROSS_CONNECTED = 0x284;

export const L2Feature = { VPATH: 1 << 13, TAG_REWRITE: 1 << 11, EFP_FILTER: 1 << 6 } as const;

export class L2Features {
  private readonly input = new Map<number, number>();
  private readonly output = new Map<number, number>();

  inputOf(swIfIndex: number): number {
    return this.input.get(swIfIndex) ?? 0;
  }

  learns(swIfIndex: number): boolean {
    return (this.inputOf(swIfIndex) & LEARN) !== 0;
  }

  outputOf(swIfIndex: number): number {
    return this.output.get(swIfIndex) ?? DROP;
  }

  /** A BVI does not learn. */
  bridged(swIfIndex: number, isBvi: boolean): void {
    this.input.set(swIfIndex, isBvi ? BRIDGED & ~LEARN : BRIDGED);
  }

  crossConnected(swIfIndex: number): void {
    const others = this.inputOf(swIfIndex) & ~NOT_CROSS_CONNECTED;
    this.input.set(swIfIndex, others | CROSS_CONNECT | DROP);
  }

  /** An interface that has been in layer 2 is not as one that has not. */
  left(swIfIndex: number): void {
    if (this.input.has(swIfIndex)) this.input.set(swIfIndex, DROP);
  }

  changeInput(swIfIndex: number, bits: number, isSet: boolean): number {
    const changed = change(this.inputOf(swIfIndex), bits, isSet);
    this.input.set(swIfIndex, changed);
    return changed;
  }

  changeOutput(swIfIndex: number, bits: number, isSet: boolean): void {
    this.output.set(swIfIndex, change(this.outputOf(swIfIndex), bits, isSet));
  }
}

export function bitsOf(flags: number): number {
  return FEATURE_BITS.reduce((bits, [flag, bit]) => (flags & flag ? bits | bit : bits), 0);
}

export function flagsOf(bits: number): number {
  return FEATURE_BITS.reduce((flags, [flag, bit]) => (bits & bit ? flags | flag : flags), 0);
}

const change = (bits: number, some: number, isSet: boolean) => (isSet ? bits | some : bits & ~some) >>> 0;
