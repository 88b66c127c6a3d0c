/** Answers under a sibling's name, and details under another message's id. */
import { siblingDetails, siblingReply, wrongIdOf } from '../../../src/mux/internal.js';
import type { OutFrame } from '../../wire/client.js';
import { HEADER_BYTES } from '../../wire/frame.js';
import type { FaultHost } from '../fault-host.js';

export function wronglyNamed(frame: OutFrame, host: FaultHost): OutFrame {
  const { name, request } = frame;
  if (name === undefined) return frame;
  const sibling = request !== undefined && name === `${request}_reply` ? siblingReply(request) : siblingDetails(name);
  const id = sibling === undefined ? wrongIdOf(name) : host.idOf(sibling);
  if (id !== undefined) frame.bytes.writeUInt16BE(id, HEADER_BYTES);
  return frame;
}
