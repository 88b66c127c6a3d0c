/** The constants of enums: the one file that is no declaration, since programs compare with them as they run. */

import type { UsedType } from './used-types.js';

/** Text of `enums.ts`; empty where no enum is used. */
export function enumConstants(types: readonly UsedType[]): string {
  const constants = types.flatMap(({ type, name }) => {
    if (type.kind !== 'enum') return [];
    const lines = [...type.values].map(([key, value]) => `  ${key}: ${value},\n`);
    return [`\nexport const ${name} = {\n${lines.join('')}} as const;\n`];
  });
  if (constants.length === 0) return '';
  return `// Written by vppmux generate. Do not edit. Values of enums; name(IfType, 3) of vppmux gives a value's name.\n${constants.join('')}`;
}
