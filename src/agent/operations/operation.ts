/**
 * The public definition of an operation: the one declaration from which its typed call, its REST route, its command with
 * options and help, its documentation and its checks are derived.
 */

import { z } from 'zod';
import { otherKeys } from '../../zod-insides.js';
import { AgentError } from '../errors.js';

/** `read`: changes nothing. `write`: refused to clients that may only read. */
export type Access = 'read' | 'write';

export interface OperationDefinition<I extends z.ZodObject, O extends z.ZodType> {
  /** Lower-case words, at least two, joined by dots; words may have dashes: `interface.set-state`. */
  readonly name: string;
  readonly access: Access;
  /** Summary in one line, for lists and help. */
  readonly summary: string;
  /** Full description. */
  readonly description?: string;
  /**
   * A zod object; unknown keys are refused. `.describe()` explains a key, `.meta({ secret: true })` hides it in logs,
   * `.meta({ lines: true })` on a list says that each item may be a line of a file.
   */
  readonly input: I;
  /**
   * Its result, in types that JSON can carry. `.meta({ failures: true })` on a number says that it counts failures: a
   * command then exits with 1.
   */
  readonly output: O;
  /** Keys of the input that a command also takes by position, in this order. */
  readonly arguments?: readonly (keyof z.input<I> & string)[];
}

/** A checked definition, made by `operation`. */
export interface Operation<I extends z.ZodObject = z.ZodObject, O extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly access: Access;
  readonly summary: string;
  readonly description: string;
  readonly input: I;
  readonly output: O;
  readonly arguments: readonly string[];
}

const marker = Symbol.for('vppmux/operation');

const WORD = '[a-z][a-z0-9]*(-[a-z0-9]+)*';
const KEY = /^[a-z][a-zA-Z0-9]*([-_][a-zA-Z0-9]+)*$/;

const shape = z.object({
  name: z
    .string()
    .regex(new RegExp(`^${WORD}(\\.${WORD})+$`), 'must be lower-case words joined by dots, like route.list'),
  access: z.enum(['read', 'write']),
  summary: z.string().regex(/^\S.*$/, 'must be one line of text'),
  description: z.string().optional(),
  input: z.custom((value) => value instanceof z.ZodObject, 'must be a zod object: z.object({ … })'),
  output: z.custom((value) => value instanceof z.ZodType, 'must be a zod schema'),
  arguments: z.array(z.string()).optional(),
});

/** Defines an operation. Throws OPERATION_INVALID when the definition itself is wrong. */
export function operation<I extends z.ZodObject, O extends z.ZodType>(
  definition: OperationDefinition<I, O>,
): Operation<I, O> {
  const checked = shape.safeParse(definition);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw invalid(definition, `at ${issue.path.join('.') || 'the top'}: ${issue.message}`);
  }
  const keys = Object.keys(definition.input.shape);
  const odd = keys.find((key) => !KEY.test(key));
  if (odd !== undefined) throw invalid(definition, `at input.${odd}: a key must be letters, digits, - and _`);
  const unknown = definition.arguments?.find((key) => !keys.includes(key));
  if (unknown !== undefined) throw invalid(definition, `at arguments: its input has no key "${unknown}"`);
  const made: Operation<I, O> & { readonly [marker]: true } = {
    [marker]: true,
    name: definition.name,
    access: definition.access,
    summary: definition.summary,
    description: definition.description ?? '',
    input: strict(definition.input),
    output: definition.output,
    arguments: definition.arguments ?? [],
  };
  return Object.freeze(made);
}

/** Whether a value was made by `operation`, of this or another copy of the package. */
export function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && marker in value;
}

/** Input and output of an operation as JSON Schema (2020-12). Types that JSON Schema cannot express allow anything. */
export interface OperationSchemas {
  readonly input: Readonly<Record<string, unknown>>;
  readonly output: Readonly<Record<string, unknown>>;
}

const schemas = new WeakMap<Operation, OperationSchemas>();

/** The schemas of an operation, created once. */
export function schemasOf(of: Operation): OperationSchemas {
  let made = schemas.get(of);
  if (made === undefined) {
    made = {
      input: z.toJSONSchema(of.input, { io: 'input', unrepresentable: 'any' }),
      output: z.toJSONSchema(of.output, { io: 'output', unrepresentable: 'any' }),
    };
    schemas.set(of, made);
  }
  return made;
}

/** Refuses unknown keys, which zod would drop silently, unless the author chose `looseObject` or `catchall`. */
function strict<I extends z.ZodObject>(input: I): I {
  return otherKeys(input) === 'dropped' ? (input.strict() as unknown as I) : input;
}

function invalid(definition: { readonly name?: unknown }, problem: string): AgentError {
  const name = typeof definition?.name === 'string' ? definition.name : '(no name)';
  return new AgentError('OPERATION_INVALID', `operation ${name}: its definition is wrong ${problem}`);
}
