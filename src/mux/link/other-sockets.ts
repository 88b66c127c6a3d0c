/**
 * Recognizes VPP's other sockets by their behaviour, so that each command can name the one that was given by mistake.
 *
 * | socket | effect of connecting to it as an API client |
 * |---|---|
 * | api.sock | nothing until the handshake is sent (WIRE 3.2) |
 * | cli.sock (`vppctl`) | telnet options immediately, or its prompt where startup.conf says cli-line-mode |
 * | stats.sock, memif, punt | EPROTOTYPE: they are SOCK_SEQPACKET or SOCK_DGRAM, an API socket is SOCK_STREAM |
 */

import { ConnectionError } from '../errors.js';

const BESIDE = 'give the API socket, which is api.sock in the same directory by default (socksvr in startup.conf)';

/** Makes the error for a socket of another type, which the kernel refuses a stream to. */
export function anotherType(path: string, cause: Error): ConnectionError {
  const text = `${path} is not VPP's API socket: it is of another type, as VPP's stats socket (stats.sock) is; ${BESIDE}`;
  return new ConnectionError('WRONG_SOCKET', text, { socket: path, outcome: 'not-sent' }, cause);
}

/** Gives the error when the first chunk is from VPP's command line; undefined when it may be from the API. */
export function commandLine(path: string, chunk: Uint8Array, length: number): ConnectionError | undefined {
  if (!isTelnet(chunk, length) && !isPrompt(chunk, length)) return undefined;
  const text = `${path} is not VPP's API socket but the one of its command line (cli.sock, for vppctl -s); ${BESIDE}`;
  return new ConnectionError('WRONG_SOCKET', text, { socket: path, outcome: 'not-sent' });
}

const IAC = 0xff;
/** True for WILL, WONT, DO and DONT; an option follows each. */
const isVerb = (byte: number) => byte >= 0xfb && byte <= 0xfe;

/** True for two options in a row. The pointer in front of an API frame (WIRE 3.1) is aligned, so it cannot look like that. */
function isTelnet(chunk: Uint8Array, length: number): boolean {
  return length >= 6 && chunk[0] === IAC && isVerb(chunk[1]) && chunk[3] === IAC && isVerb(chunk[4]);
}

/** True for text that ends like a prompt: `vpp# `, or that of `unix { cli-prompt }`, with or without a banner before it. */
function isPrompt(chunk: Uint8Array, length: number): boolean {
  const isText = (byte: number) => byte >= 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x1b;
  return length >= 3 && length < 4096 && chunk[length - 1] === 0x20 && chunk.subarray(0, length).every(isText);
}
