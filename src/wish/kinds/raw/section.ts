/** The form of `x-vppmux.raw`: objects that no kind knows, by the messages that make them, delete them and list them. */

import { z } from 'zod';
import { form } from '../../form-parts.js';
import type { Wish } from '../../wish.js';

export const RAW_KEY = 'raw';
const WHERE = 'where';
const ONE_MESSAGE = 'must be one message with its fields, as { ip_table_add_del: { is_add: true } }';

/** A request, or a pattern of details: names of fields with their values. */
export type GivenFields = Readonly<Record<string, unknown>>;

export interface GivenRequest {
  readonly message: string;
  readonly fields: GivenFields;
}

const isMessage = (name: string) => /^[a-z][a-z0-9_]{0,127}$/.test(name);
const fields = z.preprocess((value) => value ?? {}, z.record(z.string(), z.unknown()));

function requestOf(given: GivenFields): GivenRequest | undefined {
  const [[message, values] = ['', undefined], ...others] = Object.entries(given);
  const formed = fields.safeParse(values);
  return others.length === 0 && isMessage(message) && formed.success ? { message, fields: formed.data } : undefined;
}

const request = z
  .record(z.string(), z.unknown())
  .refine((given) => requestOf(given) !== undefined, ONE_MESSAGE)
  .transform((given) => requestOf(given) as GivenRequest);

const listing = z
  .record(z.string(), z.unknown())
  .refine(({ [WHERE]: where, ...given }) => {
    return requestOf(given) !== undefined && fields.safeParse(where).success;
  }, `${ONE_MESSAGE}, and the details to look for, as where: { name: red }`)
  .transform(({ [WHERE]: where, ...given }) => ({
    ...(requestOf(given) as GivenRequest),
    where: (where ?? {}) as GivenFields,
  }));

const entry = form(
  {
    name: z.string().regex(/^[A-Za-z0-9][\w.:-]{0,62}$/, 'must be a name of letters, digits and . : _ -'),
    create: request,
    delete: request,
    read: listing,
  },
  {
    needs: z.array(z.string().regex(/^[a-z0-9-]+\/./, 'must be the key of an object, as interface/loop0')),
    index: z.string(),
  },
);

export const rawSection = z.array(entry);

export type RawEntry = z.output<typeof entry>;

export const rawEntries = ({ extra }: Wish) => (extra[RAW_KEY] ?? []) as readonly RawEntry[];
