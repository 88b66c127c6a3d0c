/** VPP does not zero a reply: fields that it leaves alone have the bytes that were there before (WIRE 3.10). */
export const GARBAGE = 0xdeadbeef;
