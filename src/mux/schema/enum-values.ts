/** The constants of an enum, at run time: those that `vppmux generate` writes, or those of the definitions in use. */

import { didYouMean } from '../../nearest.js';
import { VppmuxError } from '../errors.js';
import type { ApiModel, EnumType } from './model.js';

/** The name of `value` among an enum's constants; undefined where it has none. Of several names the first. */
export function name<Values extends object>(values: Values, value: number): (keyof Values & string) | undefined {
  for (const key in values) if (values[key] === (value as unknown)) return key;
  return undefined;
}

/**
 * The constants of the enum `type` (`if_type`) as these definitions have them: `enumValues<IfTypeValues>(vpp.schema, 'if_type')`.
 * Throws BAD_OPTION where there is no such enum.
 */
export function enumValues<Values extends object = Readonly<Record<string, number>>>(
  { model }: { readonly model: ApiModel },
  type: string,
): Values {
  const found = model.types.get(type);
  if (found?.kind === 'enum') return Object.freeze(Object.fromEntries(found.values)) as Values;
  const enums = [...model.types.values()].filter((each): each is EnumType => each.kind === 'enum');
  const { text } = didYouMean(
    type,
    enums.map((each) => each.name),
  );
  throw new VppmuxError('BAD_OPTION', `there is no enum ${type} in the schema${text}`);
}
