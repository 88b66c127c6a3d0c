/** Parts of the OpenAPI document that all of its paths share: parameters, the answer to what goes wrong, the ways to say who one is. */

import { LONGEST_MS, PROBLEM, TIMEOUT_HEADER } from './paths.js';

/** Place of the schemas in the document. */
export const SCHEMAS = '#/components/schemas/';

export const TIMEOUT_REFERENCE = { $ref: '#/components/parameters/timeout' };
export const TIMEOUT = {
  name: TIMEOUT_HEADER,
  in: 'header',
  description: 'Milliseconds that VPP may take; without it reply-timeout of govpp.conf',
  schema: { type: 'integer', minimum: 1, maximum: LONGEST_MS },
};
export const NAMES = {
  name: 'names',
  in: 'query',
  description: 'Gives enums by name in the answer, and not as numbers',
  schema: { type: 'boolean', default: false },
};
export const SUBSCRIBE = {
  name: 'subscribe',
  in: 'query',
  description: 'false: nothing is sent to VPP; events that others have it sent for are there all the same',
  schema: { type: 'boolean', default: true },
};
export const LAST_ID = {
  name: 'last-event-id',
  in: 'header',
  description: 'Goes on behind this event, where it is still kept',
  schema: { type: 'string' },
};
export const TOKEN = { type: 'http', scheme: 'bearer', description: 'read-token or write-token of http.conf' };
export const REFUSAL = {
  description: 'A problem document (RFC 9457): the status, a code, what happened; for a refusal by VPP its retval',
  headers: { 'x-request-id': { schema: { type: 'string' } } },
  content: { [PROBLEM]: { schema: { $ref: `${SCHEMAS}problem` } } },
};
export const PROBLEM_SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'error'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string', description: 'Meaning of the code' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What happened, for people' },
    instance: { type: 'string', description: 'The request, as in the header x-request-id' },
    code: { type: 'string', description: 'RETVAL for a refusal by VPP; docs/errors.md and docs/gateway.md have all' },
    messageName: { type: 'string' },
    path: { type: 'string', description: 'The field that it is about' },
    retval: { type: 'integer', description: 'Number of the refusal by VPP' },
    retvalName: { type: 'string', description: 'Its name' },
    text: { type: 'string', description: "VPP's own words" },
    outcome: { type: 'string', enum: ['not-sent', 'unknown'], description: 'unknown: VPP may have done it' },
    hint: { type: 'string' },
    error: {
      type: 'object',
      required: ['code', 'message', 'requestId'],
      properties: { code: { type: 'string' }, message: { type: 'string' }, requestId: { type: 'string' } },
    },
  },
};
