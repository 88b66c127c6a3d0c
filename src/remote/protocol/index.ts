/** The frames of `/ws`, and their binary form, which the agent's side and the client's side share. Neither Node nor a browser is needed for it. */

export type * from './agent-frames.js';
export { decodeCbor, encodeCbor } from './cbor/cbor.js';
export { CborError } from './cbor/cbor-error.js';
export { CborWriter } from './cbor/cbor-writer.js';
export type { ChannelError } from './channel-error.js';
export type * from './client-frames.js';
export * from './frames.js';
export { rowsReader } from './packed/read-rows.js';
export { type Shape, shapeOf } from './packed/shape.js';
export { rowWriter, type WriteRow } from './packed/write-rows.js';
