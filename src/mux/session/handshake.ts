/** First exchange on a link: we send our name, VPP assigns an index and sends its message table (WIRE 3.2). */

import { Buffer } from 'node:buffer';
import { debug } from '../../debug.js';
import { reasonOf } from '../../thrown.js';
import { ConnectionError } from '../errors.js';
import type { Link } from '../link/link.js';
import { builtin, SOCKCLNT_CREATE_ID, SOCKCLNT_CREATE_REPLY_ID } from './builtin.js';
import { type MessageTable, readMessageTable } from './message-table.js';

export interface HandshakeResult {
  /** Client index that VPP assigned; part of every request. */
  readonly clientIndex: number;
  readonly table: MessageTable;
}

interface HandshakeReply {
  readonly response: number;
  readonly index: number;
  readonly message_table: readonly { index: number; name: string }[];
}

/** Client indexes of sockets have the highest bit set (WIRE 3.2). */
const SOCKET_INDEX = 0x80000000;
const MAX_NAME_BYTES = 63;

/** Cuts a client name to what fits `name[64]`. */
export function clientName(name: string): string {
  const bytes = Buffer.from(name);
  return bytes.length <= MAX_NAME_BYTES
    ? name
    : bytes
        .subarray(0, MAX_NAME_BYTES)
        .toString()
        .replace(/\uFFFD+$/, '');
}

/** Rejects with HANDSHAKE_FAILED, HANDSHAKE_TIMEOUT, PROTOCOL, or what ended the link. */
export function handshake(link: Link, name: string, timeoutMs: number): Promise<HandshakeResult> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => {
      clearTimeout(timer);
      link.onMessage = () => {};
      link.onClose = () => {};
      settle();
    };
    const timer = setTimeout(() => {
      const text = `VPP took the connection but did not answer the handshake within ${timeoutMs} ms: its main thread is busy or hung`;
      done(() => reject(new ConnectionError('HANDSHAKE_TIMEOUT', text, { afterMs: timeoutMs, outcome: 'not-sent' })));
    }, timeoutMs);
    link.onClose = (cause) => done(() => reject(cause));
    link.onMessage = (bytes, start, end) => {
      done(() => {
        try {
          resolve(readReply(bytes.subarray(start, end)));
        } catch (error) {
          reject(error);
        }
      });
    };
    link.send(builtin.message('sockclnt_create').write, { name: clientName(name) }, SOCKCLNT_CREATE_ID, 0, 0);
  });
}

function readReply(body: Buffer): HandshakeResult {
  const id = body.length >= 2 ? body.readUInt16BE(0) : -1;
  if (id !== SOCKCLNT_CREATE_REPLY_ID) {
    throw new ConnectionError(
      'HANDSHAKE_FAILED',
      `the handshake was answered with message ${id} instead of ${SOCKCLNT_CREATE_REPLY_ID}: not a VPP binary API socket`,
    );
  }
  let reply: HandshakeReply;
  try {
    reply = builtin.message('sockclnt_create_reply').decode(body) as unknown as HandshakeReply;
  } catch (cause) {
    const why = reasonOf(cause);
    throw new ConnectionError('HANDSHAKE_FAILED', `the handshake's answer cannot be read: ${why}`, {}, cause);
  }
  if (reply.response !== 0) {
    throw new ConnectionError('HANDSHAKE_FAILED', `VPP refused the handshake: response ${reply.response}`);
  }
  if (reply.index < SOCKET_INDEX) {
    throw new ConnectionError('PROTOCOL', `VPP gave client index ${reply.index}, which is not one of a socket client`);
  }
  const table = readMessageTable(reply.message_table);
  debug.session?.(`the handshake gave client index ${reply.index} and ${table.size} messages`);
  return { clientIndex: reply.index, table };
}
