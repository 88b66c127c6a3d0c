/** Frames whose fields a fault changes. */
import type { Fields } from '../../src/mux/internal.js';
import type { OutFrame } from '../wire/client.js';
import { frame as frameOf, HEADER_BYTES } from '../wire/frame.js';
import type { FaultHost } from './fault-host.js';

/** The frame with other values in some of its fields; `change` gets the present ones. */
export function rewritten(frame: OutFrame, host: FaultHost, change: (fields: Fields) => Fields): OutFrame {
  if (frame.name === undefined) return frame;
  const { message } = host.find(frame.name);
  const { contextOffset } = message.def;
  const body = frame.bytes.subarray(HEADER_BYTES);
  const fields = message.decode(body);
  const header = {
    _vl_msg_id: body.readUInt16BE(0),
    ...(contextOffset >= 0 && { context: body.readUInt32BE(contextOffset) }),
  };
  return { ...frame, bytes: frameOf(message.encode({ ...fields, ...change(fields), ...header })) };
}
