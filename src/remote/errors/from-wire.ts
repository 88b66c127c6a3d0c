/** Errors of the agent's channel, made again: of the same class, with the same code and fields. */

import {
  ConnectionError,
  type ErrorCode,
  FieldError,
  type Outcome,
  RefusedError,
  RetvalError,
  SchemaError,
  TimeoutError,
  VppmuxError,
} from '../../mux/errors.js';
import { retvalName } from '../../mux/retval.js';
import type { ChannelError } from '../protocol/index.js';
import { RemoteFault } from './remote-fault.js';

/** The codes of the mux, by the class of their errors. A test holds them against its table, which would take more room in a browser. */
const CLASSES = [
  [
    VppmuxError,
    [
      ...['UNKNOWN_MESSAGE', 'MESSAGE_NOT_IN_VPP', 'CRC_MISMATCH', 'INCOMPATIBLE', 'NO_DEFINITION', 'WRONG_KIND'],
      ...['FORBIDDEN_MESSAGE', 'BACKLOG_FULL', 'ABORTED', 'POISONED', 'UNEXPECTED_REPLY', 'INTERNAL', 'RETVAL'],
      ...['REPLY_OVERFLOW', 'DUMP_INCOMPLETE', 'BAD_OPTION'],
    ],
  ],
  [FieldError, ['BAD_FIELD', 'TRUNCATED', 'MESSAGE_TOO_LARGE']],
  [SchemaError, ['SCHEMA_NOT_FOUND', 'SCHEMA_INVALID']],
  [TimeoutError, ['REPLY_TIMEOUT']],
  [RefusedError, ['READ_ONLY', 'REFUSED', 'RATE_LIMITED']],
  [
    ConnectionError,
    [
      ...['SOCKET_MISSING', 'SOCKET_PERMISSION', 'SOCKET_REFUSED', 'SOCKET_FAILED', 'TRANSPORT_FAILED', 'WRONG_SOCKET'],
      ...['FRAME_TOO_LARGE', 'FRAME_STALLED', 'PROTOCOL', 'HANDSHAKE_FAILED', 'HANDSHAKE_TIMEOUT', 'GAVE_UP'],
      ...['NOT_CONNECTED', 'CONNECTION_LOST', 'CLOSED', 'CHANNEL_CLOSED'],
    ],
  ],
] as const satisfies readonly (readonly [typeof VppmuxError, readonly ErrorCode[]])[];

export const CLASS_OF = new Map<string, typeof VppmuxError>(
  CLASSES.flatMap(([kind, codes]) => codes.map((code): [string, typeof VppmuxError] => [code, kind])),
);

/**
 * The error of a request, dump or event stream; a RemoteFault where the agent itself refuses it. Its number of the channel is the agent's,
 * as in the agent's log.
 */
export function errorFromWire(error: ChannelError): VppmuxError | RemoteFault {
  const { code, message: _, retval, retvalName: name, text, reply, bytes, operation: __, call: ___, ...rest } = error;
  const fields = { ...rest, ...outcomeOf(error), ...(bytes !== undefined && { bytes: bytesOf(bytes) }) };
  const message = withoutHint(error);
  if (code === 'RETVAL' && retval !== undefined) {
    return new RetvalError(retval, name ?? retvalName(retval), message, fields, reply ?? {}, text);
  }
  const kind = CLASS_OF.get(code);
  return kind ? new kind(code as ErrorCode, message, fields) : faultFromWire(error);
}

/** The error of a call. */
export function faultFromWire(error: ChannelError, operation?: string): RemoteFault {
  const { code, message, path } = error;
  return new RemoteFault(code, message, {
    ...(operation !== undefined && { operation }),
    ...(path !== undefined && { path }),
    ...outcomeOf(error),
  });
}

/** The known fate of what failed. Where the agent has no room it has begun nothing, even where it does not say so. */
function outcomeOf({ code, outcome }: ChannelError): { readonly outcome?: Outcome } {
  if (outcome !== undefined) return { outcome };
  return code === 'BUSY' || code === 'RATE_LIMITED' ? { outcome: 'not-sent' } : {};
}

/** Bytes as they came with CBOR, or out of the hex digits of JSON. */
function bytesOf(bytes: Uint8Array | string): Uint8Array {
  if (typeof bytes !== 'string') return bytes;
  const length = Math.floor(bytes.length / 2) - 1;
  return Uint8Array.from({ length }, (_, at) => Number.parseInt(bytes.slice(2 * at + 2, 2 * at + 4), 16));
}

/** The message without the hint, which the constructor of the error puts behind it again. */
function withoutHint({ message, hint }: ChannelError): string {
  const end = `; ${hint}`;
  return hint !== undefined && message.endsWith(end) ? message.slice(0, -end.length) : message;
}
