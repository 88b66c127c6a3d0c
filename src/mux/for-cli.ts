/** The door for the command line: what it shows and checks beyond the public door. Nothing here is promised to users. */

export { GrowingWriter } from './codec/byte-writer.js';
export { parseIp4, parseIp6 } from './codec/ip-text.js';
export { schemaFromApiJson } from './codec/load.js';
export { TEXT_EXAMPLE, textFormOf } from './codec/text-forms.js';
export { type CompatSide, compatibility, fileName } from './compat/compatibility.js';
export { aliasText, arrayText, fieldText } from './compat/type-text.js';
export { ownDefinitions, sideOf } from './connection/compare-with-vpp.js';
export { VppConnection } from './connection/connection.js';
export type { FoundSchema } from './connection/found-schema.js';
export { SchemaSource } from './connection/schema-source.js';
export { conditional, forbidden, harmText, hazardsOf, isOnlyTold, whenOf } from './hazards/find.js';
export { type FieldText, fieldTexts } from './json/field-text.js';
export { isStruct, ownFields, unalias, type ValueType } from './json/field-types.js';
export { membersText } from './json/json-text.js';
export { jsonLine } from './json/json-value.js';
export { readFields, type StringForms } from './json/read-fields.js';
export { shownFields } from './json/shown-fields.js';
export { account, accountNamed, GROUPS, named, USERS } from './link/accounts.js';
export { DEFAULT_SOCKET, settings, usualSocket } from './options.js';
export { shortEnumNames } from './schema/enum-names.js';
export { isCombinable } from './schema/enum-parts.js';
export type { Field, MessageDef } from './schema/model.js';
export { builtin, completed } from './session/builtin.js';
export { eventRequest } from './session/event-requests.js';
export { doubledNames, tableHash, withWholeNames } from './session/message-table.js';
export { reads, sideEffect } from './session/reads.js';
export { isOfVpp, pluginHint } from './session/why-unusable.js';
