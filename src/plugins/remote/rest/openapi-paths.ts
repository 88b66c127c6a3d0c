/** The paths of the OpenAPI document, one for each message, and the schemas that they name. */

import {
  eventRequest,
  JsonSchemas,
  type Message,
  reads,
  type Schema,
  type SchemaObject,
  type TableEntry,
} from '../../../mux/index.js';
import { LAST_ID, SCHEMAS, SUBSCRIBE, TIMEOUT_REFERENCE } from './openapi-components.js';
import { EVENTS_PATH, NDJSON, VPP_PATH } from './paths.js';

const JSON_ONLY = 'application/json';

export interface OpenApiSource {
  readonly schema: Schema;
  readonly table: ReadonlyMap<string, TableEntry>;
  /** Version of VPP, where it is known. */
  readonly version: string | undefined;
  readonly loopbackAccess: 'none' | 'read' | 'write';
  /** Path before all of its paths; default: none. */
  readonly base?: string;
}

export class OpenApiPaths {
  /** Schemas of messages by name. */
  readonly messages = new Map<string, SchemaObject>();
  private readonly schemas = new JsonSchemas(SCHEMAS);

  constructor(private readonly source: OpenApiSource) {}

  get types(): ReadonlyMap<string, SchemaObject> {
    return this.schemas.components;
  }

  pathOf(message: Message): readonly [path: string, item: object] {
    const { name, def } = message;
    if (def.role === 'event') return [`${EVENTS_PATH}/${name}`, { get: this.event(message) }];
    const isRead = reads(def);
    const common = this.common(message, isRead);
    const post = {
      operationId: name,
      ...common,
      parameters: [...namesOf(message), TIMEOUT_REFERENCE],
      requestBody: { required: true, content: { [JSON_ONLY]: { schema: this.reference(message, false) } } },
    };
    if (!isRead) return [`${VPP_PATH}/${name}`, { post }];
    const parameters = [...this.parameters(message), ...namesOf(message), TIMEOUT_REFERENCE];
    const get = { ...common, operationId: `get_${name}`, parameters };
    return [`${VPP_PATH}/${name}`, { get, post }];
  }

  private common(message: Message, isRead: boolean) {
    const { def, name } = message;
    const summary = summaryOf(message);
    return {
      ...{ summary, tags: [tagOf(message)] },
      ...('deprecated' in def.options && { deprecated: true }),
      responses: { 200: this.answer(message), default: { $ref: '#/components/responses/problem' } },
      security: this.security(isRead),
      'x-vpp': { message: name, crc: def.crc, effect: isRead ? 'reads' : 'writes' },
    };
  }

  private event(message: Message) {
    const { name } = message;
    const data = { type: 'string', contentMediaType: JSON_ONLY, contentSchema: this.reference(message, true) };
    const text = `Server-sent events: the data of each is a ${name} in JSON; gap, resync and failed are events of these names.`;
    return {
      operationId: `events_${name}`,
      summary: summaryOf(message),
      description: text,
      tags: [tagOf(message)],
      parameters: [...this.wanted(name), LAST_ID],
      responses: {
        200: { description: text, content: { 'text/event-stream': { schema: data } } },
        default: { $ref: '#/components/responses/problem' },
      },
      security: this.security(true),
    };
  }

  private answer({ def: { service } }: Message): object {
    const { schema } = this.source;
    const isList = service?.kind === 'dump' || service?.kind === 'get';
    const answer = schema.find((isList ? service.details : service?.reply) ?? '');
    if (answer === undefined)
      return { description: 'Sent; VPP does not answer', content: { [JSON_ONLY]: { schema: {} } } };
    const one = this.reference(answer, true);
    if (!isList) return { description: `The ${answer.name}`, content: { [JSON_ONLY]: { schema: one } } };
    return {
      description: `A list of ${answer.name}: in lines, or as one array for a caller that takes nothing but application/json`,
      content: { [JSON_ONLY]: { schema: { type: 'array', items: one } }, [NDJSON]: { schema: one } },
    };
  }

  private reference({ name, def }: Message, sent: boolean): SchemaObject {
    if (!this.messages.has(name)) this.messages.set(name, this.schemas.ofMessage(def, sent));
    return { $ref: `${SCHEMAS}${name}` };
  }

  /** Fields that a query carries as plain text; those within a struct by their paths. */
  private parameters(message: Message): Parameter[] {
    return [...this.schemas.texts(message.def)].map(([name, schema]) => {
      const { description, ...own } = schema;
      return { name, in: 'query', ...(description !== undefined && { description }), ...listStyle(own), schema: own };
    });
  }

  /** Parameters of an event stream: fields of the request that VPP sends the event for, and whether that is sent. */
  private wanted(event: string): object[] {
    const { schema, table } = this.source;
    const request = eventRequest(schema, event, [], (name) => table.has(name));
    const found = request?.form === 'registration' ? schema.find(request.name) : undefined;
    const fields = found === undefined ? [] : this.parameters(found).filter(({ name }) => !SWITCHES.has(name));
    return [...fields, SUBSCRIBE];
  }

  /** Any one of them is enough. */
  private security(isRead: boolean): object[] {
    const { loopbackAccess } = this.source;
    const mayWithout = loopbackAccess === 'write' || (isRead && loopbackAccess === 'read');
    return [...(mayWithout ? [{}] : []), { token: [isRead ? 'read' : 'write'] }];
  }
}

interface Parameter {
  readonly name: string;
  readonly in: 'query';
  readonly schema: SchemaObject;
}

/** The parameter `names`, unless the message has a field of that name, which goes before. */
const namesOf = ({ def: { fields } }: Message) =>
  fields.some(({ name }) => name === 'names') ? [] : [{ $ref: '#/components/parameters/names' }];

/** Fields of a registration that the agent gives. */
const SWITCHES: ReadonlySet<string> = new Set(['enable_disable', 'enable', 'pid']);

/** Values of a list are separated by commas. */
const listStyle = ({ type }: SchemaObject) => (type === 'array' ? { style: 'form', explode: false } : {});

function summaryOf({ name, def: { comment = '' } }: Message): string {
  const [first] = /[^\s*@\\/][^.\n]*/.exec(comment.replace(/[@\\]brief/, '')) ?? [];
  return first === undefined ? name : first.trim().slice(0, 120);
}

/** Name of the file that defines a message. */
export const tagOf = ({ def: { file } }: Message) => file.replace(/^.*\//, '').replace(/\.api\.json$/, '');
