/**
 * The door for mock-vpp and for tests: schema, codec and the tables of VPP's faults, without the link and the session.
 * Nothing here is promised to users; theirs is `index.ts`.
 */

export { makeFolders } from '../make-folders.js';
export { didYouMean } from '../nearest.js';
export { printableLine } from '../printable.js';
export { readRegularFile } from '../regular-file.js';
export { socketFileOf } from '../socket-file.js';
export { socketPathProblem } from '../socket-path.js';
export { GrowingWriter } from './codec/byte-writer.js';
export type { ByteWriter, Fields, Message, ReadEnd, ReadMessage, Schema, WriteMessage } from './codec/codec.js';
export { ip4Text, ip6Text } from './codec/ip-text.js';
export { loadSchema, parseSchema, schemaFromApiJson } from './codec/load.js';
export { FieldError, SchemaError, VppmuxError } from './errors.js';
export { endOfVpp, hazardsOf } from './hazards/find.js';
export type { Hazard } from './hazards/hazard.js';
export type { HazardState } from './hazards/states.js';
export { jsonLine } from './json/json-value.js';
export { siblingDetails, siblingReply } from './quirks/sibling-replies.js';
export { slowRequest } from './quirks/slow-requests.js';
export { wrongIdOf } from './quirks/wrong-ids.js';
export type { ApiModel, EnumType, Field, MessageDef, Service, StructType, Type, UnionType } from './schema/model.js';
