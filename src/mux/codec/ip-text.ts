/**
 * Addresses as text, both ways, straight from and to message bytes.
 *
 * IPv6 is written as RFC 5952 says (shortest form, lower case, first longest run of zeros as `::`,
 * ::ffff:0:0/96 with a dotted end). Every valid form is read. On the hot path of dumps, so: tables of ready
 * pieces, and a small direct-mapped cache for IPv6, since next hops repeat.
 */

const DECIMAL = Array.from({ length: 256 }, (_, i) => String(i));
const DOT_DECIMAL = DECIMAL.map((text) => `.${text}`);
const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16));
const HEX2 = HEX.map((text) => text.padStart(2, '0'));
const COLON_HEX2 = HEX2.map((text) => `:${text}`);

/** `192.0.2.1` of the 4 bytes at `o`. */
export function ip4Text(b: Uint8Array, o: number): string {
  return DECIMAL[b[o]] + DOT_DECIMAL[b[o + 1]] + DOT_DECIMAL[b[o + 2]] + DOT_DECIMAL[b[o + 3]];
}

/** `de:ad:00:00:00:42` of the 6 bytes at `o`. */
export function macText(b: Uint8Array, o: number): string {
  return (
    HEX2[b[o]] +
    COLON_HEX2[b[o + 1]] +
    COLON_HEX2[b[o + 2]] +
    COLON_HEX2[b[o + 3]] +
    COLON_HEX2[b[o + 4]] +
    COLON_HEX2[b[o + 5]]
  );
}

const CACHE_SIZE = 1024;
const cacheKeys = new Int32Array(4 * CACHE_SIZE);
const cacheTexts: string[] = Array.from({ length: CACHE_SIZE }, () => '::');

/** `2001:db8::1` of the 16 bytes at `o`. */
export function ip6Text(b: Uint8Array, o: number): string {
  const w0 = (b[o] << 24) | (b[o + 1] << 16) | (b[o + 2] << 8) | b[o + 3];
  const w1 = (b[o + 4] << 24) | (b[o + 5] << 16) | (b[o + 6] << 8) | b[o + 7];
  const w2 = (b[o + 8] << 24) | (b[o + 9] << 16) | (b[o + 10] << 8) | b[o + 11];
  const w3 = (b[o + 12] << 24) | (b[o + 13] << 16) | (b[o + 14] << 8) | b[o + 15];
  if ((w0 | w1 | w2 | w3) === 0) return '::';
  const mixed = Math.imul(w0 ^ Math.imul(w1, 31) ^ Math.imul(w2, 961) ^ Math.imul(w3, 29791), 0x9e3779b1);
  const slot = mixed >>> 22;
  const k = slot << 2;
  if (cacheKeys[k] === w0 && cacheKeys[k + 1] === w1 && cacheKeys[k + 2] === w2 && cacheKeys[k + 3] === w3) {
    return cacheTexts[slot];
  }
  const text = formatIp6(b, o);
  cacheKeys[k] = w0;
  cacheKeys[k + 1] = w1;
  cacheKeys[k + 2] = w2;
  cacheKeys[k + 3] = w3;
  cacheTexts[slot] = text;
  return text;
}

/** One 16-bit group, without leading zeros. */
const group = (b: Uint8Array, o: number) => (b[o] === 0 ? HEX[b[o + 1]] : HEX[b[o]] + HEX2[b[o + 1]]);

function formatIp6(b: Uint8Array, o: number): string {
  let bestAt = -1;
  let bestLength = 1; // a single zero group is not shortened
  for (let i = 0; i < 8; ) {
    let length = 0;
    while (i + length < 8 && b[o + 2 * (i + length)] === 0 && b[o + 2 * (i + length) + 1] === 0) length++;
    if (length > bestLength) {
      bestAt = i;
      bestLength = length;
    }
    i += length + 1;
  }
  if (bestAt === 0 && bestLength === 5 && b[o + 10] === 0xff && b[o + 11] === 0xff)
    return `::ffff:${ip4Text(b, o + 12)}`;
  let text = '';
  for (let i = 0; i < 8; i++) {
    if (i === bestAt) {
      text += '::';
      i += bestLength - 1;
    } else {
      text += (i === 0 || text.endsWith('::') ? '' : ':') + group(b, o + 2 * i);
    }
  }
  return text;
}

/** Reads `text[from, to)` as dotted IPv4 into the 4 bytes at `o`; false when it is none. No leading zeros: `010` is 8 to some. */
export function parseIp4(text: string, from: number, to: number, b: Uint8Array, o: number): boolean {
  let octet = 0;
  let digits = 0;
  let at = 0;
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i) - 48;
    if (c >= 0 && c <= 9) {
      if (digits > 0 && octet === 0) return false;
      octet = octet * 10 + c;
      digits++;
      if (octet > 255) return false;
    } else if (c === -2 && digits > 0 && at < 3) {
      b[o + at++] = octet;
      octet = 0;
      digits = 0;
    } else {
      return false;
    }
  }
  if (digits === 0 || at !== 3) return false;
  b[o + 3] = octet;
  return true;
}

/** Value of a hex digit's character code, or -1. */
function hexDigit(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const letter = c | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/** Reads `text[from, to)` as IPv6 into the 16 bytes at `o`; false when it is none. Zone ids (`%eth0`) mean nothing to VPP. */
export function parseIp6(text: string, from: number, to: number, b: Uint8Array, o: number): boolean {
  let at = 0; // bytes written
  let gap = -1; // where `::` stands, in bytes
  let i = from;
  if (to - from < 2) return false;
  if (text.charCodeAt(i) === 58) {
    if (text.charCodeAt(i + 1) !== 58) return false;
    gap = 0;
    i += 2;
  }
  while (i < to) {
    const start = i;
    let value = 0;
    let c = 0;
    for (; i < to; i++) {
      c = text.charCodeAt(i);
      const digit = hexDigit(c);
      if (digit < 0) break;
      value = (value << 4) | digit;
    }
    if (i < to && c === 46) {
      if (at > 12 || !parseIp4(text, start, to, b, o + at)) return false;
      at += 4;
      i = to;
      break;
    }
    if (i === start || i - start > 4 || at > 14) return false;
    b[o + at++] = value >> 8;
    b[o + at++] = value;
    if (i === to) break;
    if (c !== 58 || ++i === to) return false;
    if (text.charCodeAt(i) === 58) {
      if (gap >= 0) return false;
      gap = at;
      i++;
    }
  }
  if (gap < 0) return at === 16;
  if (at > 14) return false;
  b.copyWithin(o + 16 - (at - gap), o + gap, o + at);
  b.fill(0, o + gap, o + 16 - (at - gap));
  return true;
}

/** Reads `de:ad:00:00:00:42`, `de-ad-00-00-00-42` or `dead.0000.0042` into the 6 bytes at `o`; false when it is none. */
export function parseMac(text: string, b: Uint8Array, o: number): boolean {
  const colons = text.length === 17;
  if (!colons && text.length !== 14) return false;
  const step = colons ? 3 : 5;
  const separator = colons ? text.charCodeAt(2) : 46;
  if (colons && separator !== 58 && separator !== 45) return false;
  for (let i = 0, at = 0; at < 6; ) {
    if (i % step === step - 1) {
      if (text.charCodeAt(i++) !== separator) return false;
      continue;
    }
    const high = hexDigit(text.charCodeAt(i++));
    const low = hexDigit(text.charCodeAt(i++));
    if (high < 0 || low < 0) return false;
    b[o + at++] = (high << 4) | low;
  }
  return true;
}

/** Reads `text[from, …)` as a prefix length up to `max`; -1 when it is none. */
export function parseLength(text: string, from: number, max: number): number {
  const digits = text.length - from;
  if (digits < 1 || digits > 3) return -1;
  let value = 0;
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i) - 48;
    if (c < 0 || c > 9 || (value === 0 && i > from)) return -1;
    value = value * 10 + c;
  }
  return value <= max ? value : -1;
}
